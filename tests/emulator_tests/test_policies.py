"""Policy documents by themselves: wildcards, statements, principals, condition operators."""

import json

import pytest

from emulator.iam.conditions import conditions_hold
from emulator.iam.policies import Effect, decide, matches

ROLE = "arn:aws:iam::111111111111:role/audit"


def document(**statement) -> str:
    whole = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"} | statement
    return json.dumps({"Statement": {k: v for k, v in whole.items() if v is not None}})


@pytest.mark.parametrize(
    ("pattern", "value", "expected"),
    [
        ("*", "anything:at/all", True),
        ("arn:aws:s3:::a*", "arn:aws:s3:::ab/c", True),
        ("arn:aws:s3:::a?", "arn:aws:s3:::ab", True),
        ("arn:aws:s3:::a?", "arn:aws:s3:::a", False),
        ("arn:aws:s3:::a.b", "arn:aws:s3:::axb", False),
    ],
)
def test_wildcards(pattern, value, expected):
    assert matches(pattern, value) is expected


def test_actions_are_compared_without_regard_to_case():
    assert decide([document(Action="S3:getobject")], "s3:GetObject", "x", {}) is Effect.ALLOW


def test_a_deny_beats_an_allow_in_another_document():
    documents = [document(), document(Effect="Deny", Action="s3:GetObject")]
    assert decide(documents, "s3:GetObject", "x", {}) is Effect.DENY
    assert decide(documents, "s3:GetBucketAcl", "x", {}) is Effect.ALLOW


def test_silence_is_neither():
    assert decide([document()], "kms:ListKeys", "*", {}) is Effect.NOTHING
    assert decide([], "kms:ListKeys", "*", {}) is Effect.NOTHING
    assert decide(["not a policy"], "kms:ListKeys", "*", {}) is Effect.NOTHING


def test_not_action_and_not_resource_select_the_rest():
    allow = document(Action=None, NotAction=["iam:*"], Resource=None, NotResource="arn:aws:s3:::a")
    assert decide([allow], "s3:GetObject", "arn:aws:s3:::b", {}) is Effect.ALLOW
    assert decide([allow], "iam:GetRole", "arn:aws:s3:::b", {}) is Effect.NOTHING
    assert decide([allow], "s3:GetObject", "arn:aws:s3:::a", {}) is Effect.NOTHING


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ("*", Effect.ALLOW),
        ({"AWS": "*"}, Effect.ALLOW),
        ({"AWS": [ROLE, "arn:aws:iam::222222222222:root"]}, Effect.ALLOW),
        ({"AWS": "111111111111"}, Effect.ALLOW),
        ({"AWS": "222222222222"}, Effect.NOTHING),
        ({"Service": "lambda.amazonaws.com"}, Effect.NOTHING),
    ],
)
def test_a_resource_policy_must_name_the_principal(principal, expected):
    names = {"*", ROLE, "111111111111"}
    policy = document(Principal=principal)
    assert decide([policy], "s3:GetObject", "x", {}, names) is expected


CONTEXT = {"aws:principalorgid": "o-1", "s3:prefix": "home/me", "aws:tagkeys": ["a", "b"]}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, True),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, True),
        ({"StringEquals": {"AWS:principalorgid": ["o-2", "o-1"]}}, True),
        ({"StringEquals": {"aws:Missing": "x"}}, False),
        ({"StringNotEquals": {"aws:Missing": "x"}}, True),
        ({"StringEqualsIfExists": {"aws:Missing": "x"}}, True),
        ({"StringLike": {"s3:prefix": "home/*"}}, True),
        ({"StringNotLike": {"s3:prefix": ["home/*", "x"]}}, False),
        ({"StringEqualsIgnoreCase": {"aws:PrincipalOrgID": "O-1"}}, True),
        ({"Null": {"aws:Missing": "true"}}, True),
        ({"Null": {"s3:prefix": "true"}}, False),
        ({"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b", "c"]}}, True),
        ({"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}, False),
        ({"ForAnyValue:StringEquals": {"aws:TagKeys": ["a"]}}, True),
        ({"ForAllValues:StringEquals": {"aws:Missing": ["a"]}}, True),
        ({"ForAnyValue:StringEquals": {"aws:Missing": ["a"]}}, False),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-1", "s3:prefix": "other"}}, False),
    ],
)
def test_condition_operators(condition, expected):
    assert conditions_hold(condition, CONTEXT) is expected


def test_an_operator_that_iam_does_not_have_is_an_error():
    with pytest.raises(NotImplementedError, match="StringSounds"):
        conditions_hold({"StringSoundsLike": {"s3:prefix": "x"}}, CONTEXT)
