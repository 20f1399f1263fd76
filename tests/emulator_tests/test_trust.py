"""Entering accounts: trust policies, external ids, session policies, closed accounts."""

import json

from emulator import Credentials
from emulator_tests.conftest import allow, code_of, create_role

OTHER = "222222222222"


def trust(principal: str, **condition: dict) -> dict:
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
    if condition:
        statement["Condition"] = condition
    return {"Version": "2012-10-17", "Statement": [statement]}


def session(emu, role: str, target: str, **more) -> Credentials:
    answer = emu.client("sts", role=role).assume_role(
        RoleArn=target, RoleSessionName="run-1", **more
    )["Credentials"]
    return Credentials(
        target.split(":")[4],
        answer["AccessKeyId"],
        answer["SecretAccessKey"],
        answer["SessionToken"],
    )


def test_a_role_that_does_not_exist_cannot_be_assumed(emu, name):
    role = create_role(emu, name, allow("sts:AssumeRole"))
    sts = emu.client("sts", role=role)
    target = f"arn:aws:iam::{OTHER}:role/missing"
    assert code_of(sts.assume_role, RoleArn=target, RoleSessionName="s-1") == "AccessDenied"


def test_the_trust_policy_must_name_the_caller(emu, name):
    role = create_role(emu, name, allow("sts:AssumeRole"))
    yes = create_role(emu, f"{name}-yes", trust=trust(role), account=OTHER)
    no = create_role(emu, f"{name}-no", trust=trust(role + "x"), account=OTHER)
    emu.enforce_iam()
    sts = emu.client("sts", role=role)
    assert code_of(sts.assume_role, RoleArn=yes, RoleSessionName="s-1") is None
    assert code_of(sts.assume_role, RoleArn=no, RoleSessionName="s-1") == "AccessDenied"


def test_the_caller_needs_permission_too(emu, name):
    role = create_role(emu, name)
    target = create_role(emu, f"{name}-t", trust=trust(role), account=OTHER)
    emu.enforce_iam()
    sts = emu.client("sts", role=role)
    assert code_of(sts.assume_role, RoleArn=target, RoleSessionName="s-1") == "AccessDenied"


def test_the_external_id_is_checked_in_other_accounts(emu, name):
    role = create_role(emu, name, allow("sts:AssumeRole"))
    conditioned = trust(role, StringEquals={"sts:ExternalId": "orgsweep"})
    target = create_role(emu, f"{name}-t", trust=conditioned, account=OTHER)
    emu.enforce_iam()
    assume = emu.client("sts", role=role).assume_role
    wanted = {"RoleArn": target, "RoleSessionName": "s-1"}
    assert code_of(assume, **wanted) == "AccessDenied"
    assert code_of(assume, **wanted, ExternalId="other") == "AccessDenied"
    assert code_of(assume, **wanted, ExternalId="orgsweep") is None


def test_the_organization_of_the_caller_is_a_condition(emu, name):
    management = "999999999999"
    organizations = emu.client("organizations", account=management)
    organization = organizations.create_organization(FeatureSet="ALL")["Organization"]["Id"]
    inside = create_role(emu, name, allow("sts:AssumeRole"), account=management)
    outside = create_role(emu, name, allow("sts:AssumeRole"))
    conditioned = trust("*", StringEquals={"aws:PrincipalOrgID": organization})
    target = create_role(emu, f"{name}-t", trust=conditioned, account=OTHER)
    emu.enforce_iam()
    for role, expected in ((inside, None), (outside, "AccessDenied")):
        assume = emu.client("sts", role=role).assume_role
        assert code_of(assume, RoleArn=target, RoleSessionName="s-1") == expected


def test_a_session_policy_narrows_the_role(emu, name):
    role = create_role(emu, name, allow("sts:AssumeRole"))
    target = create_role(
        emu, f"{name}-t", allow("s3:ListAllMyBuckets", "kms:*"), trust(role), OTHER
    )
    emu.enforce_iam()
    narrowed = session(emu, role, target, Policy=json.dumps(allow("s3:*")))
    assert code_of(emu.client("s3", credentials=narrowed).list_buckets) is None
    kms = emu.client("kms", credentials=narrowed)
    assert code_of(kms.list_keys) == "AccessDeniedException"
    ec2 = emu.client("s3control", credentials=narrowed)
    assert code_of(ec2.get_public_access_block, AccountId=OTHER) == "AccessDenied"


def test_a_chained_session_lasts_at_most_an_hour(emu, name):
    role = create_role(emu, name, allow("sts:AssumeRole"))
    target = create_role(emu, f"{name}-t", trust=trust(role), account=OTHER)
    assume = emu.client("sts", role=role).assume_role
    wanted = {"RoleArn": target, "RoleSessionName": "s-1"}
    assert code_of(assume, **wanted, DurationSeconds=3601) == "ValidationError"
    assert code_of(assume, **wanted, DurationSeconds=3600) is None


def test_a_closed_account_cannot_be_entered(emu, name):
    organizations = emu.client("organizations", account="888888888888")
    organizations.create_organization(FeatureSet="ALL")
    created = organizations.create_account(AccountName="gone", Email="gone@example.com")
    account = created["CreateAccountStatus"]["AccountId"]
    role = create_role(emu, name, allow("sts:AssumeRole"))
    target = create_role(emu, f"{name}-t", trust=trust(role), account=account)
    assume = emu.client("sts", role=role).assume_role
    wanted = {"RoleArn": target, "RoleSessionName": "s-1"}
    assert code_of(assume, **wanted) is None
    organizations.close_account(AccountId=account)
    assert code_of(assume, **wanted) == "AccessDenied"


def test_the_role_that_organizations_makes_can_be_entered(emu, name):
    organizations = emu.client("organizations", account="777777777777")
    organizations.create_organization(FeatureSet="ALL")
    created = organizations.create_account(
        AccountName="new",
        Email="new@example.com",
        Tags=[{"Key": "emulator:account-id", "Value": "777777777771"}],
    )
    assert created["CreateAccountStatus"]["AccountId"] == "777777777771"
    role = create_role(emu, name, allow("sts:AssumeRole"), account="777777777777")
    emu.enforce_iam()
    target = "arn:aws:iam::777777777771:role/OrganizationAccountAccessRole"
    assume = emu.client("sts", role=role).assume_role
    assert code_of(assume, RoleArn=target, RoleSessionName="s-1") is None


def test_session_tags_take_a_permission_of_their_own_on_both_sides(emu, name):
    role = create_role(emu, name, allow("sts:AssumeRole", "sts:TagSession"))
    entering = trust(role)["Statement"]
    only_run = {"ForAllValues:StringEquals": {"aws:TagKeys": ["run"]}}
    tagging = [{**entering[0], "Action": "sts:TagSession", "Condition": only_run}]
    closed = create_role(emu, f"{name}-closed", trust=trust(role), account=OTHER)
    both = {"Version": "2012-10-17", "Statement": entering + tagging}
    opened = create_role(emu, f"{name}-open", trust=both, account=OTHER)
    emu.enforce_iam()
    assume = emu.client("sts", role=role).assume_role

    def code(target: str, *keys: str) -> str | None:
        tags = [{"Key": key, "Value": "1"} for key in keys]
        return code_of(assume, RoleArn=target, RoleSessionName="s-1", Tags=tags)

    assert code(closed) is None
    assert code(closed, "run") == "AccessDenied"
    assert code(opened, "run") is None
    assert code(opened, "run", "more") == "AccessDenied"
    (tagged,) = [call for call in emu.calls(operation="AssumeRole") if call.resource == opened][:1]
    assert tagged.actions == ["sts:AssumeRole", "sts:TagSession"]
