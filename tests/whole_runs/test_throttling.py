"""Throttling on every service that a run uses: what passes leaves no trace, what lasts is a gap."""

from __future__ import annotations

from emulator import Fault
from organization.fragile import Fragile
from organization.versions import changed

OURS = "111122223333"
"""The account of orgsweep's own tables, bucket, secret and functions."""

TOO_MANY = "TooManyRequestsException"
SLOW_DOWN = {"code": "SlowDown", "status": 503, "service": "s3"}
TABLE = {"code": "ProvisionedThroughputExceededException", "service": "dynamodb"}

PASSING = (
    {"code": TOO_MANY, "service": "organizations", "operation": "ListAccounts"},
    {"code": "Throttling", "service": "sts", "operation": "AssumeRole"},
    {"code": "ThrottlingException", "service": "secretsmanager"},
    {"code": TOO_MANY, "status": 429, "service": "lambda", "operation": "Invoke"},
    {**SLOW_DOWN, "operation": "GetBucketPolicy"},
    {**SLOW_DOWN, "operation": "GetObject", "resource": "accounts.json"},
    {**SLOW_DOWN, "operation": "GetObject", "resource": "organization.json"},
    {**SLOW_DOWN, "operation": "PutObject", "account": OURS},
    {"code": "SlowDown", "status": 503, "service": "s3control", "operation": "ListAccessPoints"},
    {"code": "ThrottlingException", "service": "kms", "operation": "DescribeKey"},
    {"code": "RequestLimitExceeded", "status": 503, "service": "ec2"},
    {**TABLE, "operation": "Query"},
    {**TABLE, "operation": "UpdateItem"},
    {**TABLE, "operation": "TransactWriteItems"},
    {**TABLE, "operation": "BatchWriteItem"},
    {**TABLE, "operation": "PutItem"},
    {"code": TOO_MANY, "status": 429, "service": "securityhub"},
)
"""One fault for each service, and for each way in which the run uses it."""


def test_throttling_that_passes_leaves_no_trace_on_any_service(faulty: Fragile) -> None:
    # New processes, so that they read their secret again; and news, to be written and told.
    with (
        faulty.news("payments-throttled") as bucket,
        changed(faulty.world, "audit-s3", "audit-kms", "audit-sg", "aggregate", Timeout=600),
    ):
        for fault in PASSING:
            faulty.arm(Fault(**fault, times=2))
        ended = faulty.sweep()
        assert faulty.struck() == [2] * len(PASSING)
        assert ended.output["status"] == "COMPLETE", (ended.cause, ended.output)
        faulty.assert_news_are_found(bucket)
    faulty.assert_all_is_as_before()


def test_throttling_that_lasts_is_a_gap_of_each_scope_that_it_strikes(faulty: Fragile) -> None:
    bucket = "payments-alias"
    report = f"{faulty.account}/sg/us-east-1"
    for fault in (
        {**SLOW_DOWN, "operation": "GetBucketPolicy", "resource": bucket},
        {"code": "ThrottlingException", "service": "kms", "operation": "ListKeys",
         "account": faulty.account},
        {**SLOW_DOWN, "operation": "PutObject", "resource": report},
    ):  # fmt: skip
        faulty.arm(Fault(**fault))
    ended = faulty.sweep()
    faulty.assert_named(ended, "s3", bucket, "GetBucketPolicy", "SlowDown")
    faulty.assert_named(ended, "kms", "us-east-1", "ListKeys", "ThrottlingException")
    faulty.assert_named(ended, "sg", "us-east-1", "PutObject", "SlowDown")
    faulty.assert_nothing_is_lost()
    faulty.assert_all_is_as_before()


def test_ec2_and_s3_control_that_throttle_for_good_are_named(faulty: Fragile) -> None:
    for fault in (
        {"code": "RequestLimitExceeded", "service": "ec2", "operation": "DescribeSecurityGroups"},
        {"code": "SlowDown", "service": "s3control", "operation": "ListAccessPoints"},
    ):
        faulty.arm(Fault(**fault, status=503, account=faulty.account))
    ended = faulty.sweep()
    faulty.assert_named(ended, "sg", "us-east-1", "DescribeSecurityGroups", "RequestLimitExceeded")
    faulty.assert_named(ended, "s3", "ListAccessPoints", "SlowDown")
    faulty.assert_nothing_is_lost()
    faulty.assert_all_is_as_before()


def test_a_run_whose_external_id_cannot_be_read_for_throttling_changes_nothing(
    faulty: Fragile,
) -> None:
    faulty.arm(Fault("ThrottlingException", service="secretsmanager"))
    with changed(faulty.world, "enumerate", Timeout=600):
        ended = faulty.sweep()
        assert ended.status == "FAILED"
        assert "GetSecretValue" in ended.cause, (ended.error, ended.cause)
        faulty.assert_findings_are_as_before()
        faulty.disarm()
    faulty.assert_all_is_as_before()


def test_a_function_that_lambda_throttles_for_good_is_a_gap(faulty: Fragile) -> None:
    faulty.arm(Fault(TOO_MANY, 429, service="lambda", resource="orgsweep-audit-sg"))
    ended = faulty.sweep()
    assert faulty.struck()[0] > 6
    faulty.assert_named(ended, "sg", "us-east-1", TOO_MANY)
    assert faulty.statuses(ended) == {"s3": "COMPLETE", "kms": "COMPLETE", "sg": "FAILED"}
    faulty.assert_nothing_is_lost()
    faulty.assert_all_is_as_before()


def test_an_account_that_cannot_be_entered_for_throttling_is_one_failed_row(
    faulty: Fragile,
) -> None:
    role = f"arn:aws:iam::{faulty.account}:role/orgsweep-audit"
    faulty.arm(Fault("Throttling", service="sts", operation="AssumeRole", resource=role))
    ended = faulty.sweep()
    assert ended.output["status"] == "PARTIAL"
    (row,) = faulty.rows(ended)
    assert (row["status"], row["service"]) == ("FAILED", None)
    for name in (faulty.account, "AssumeRole", "Throttl"):
        assert name in row["reason"], row
    faulty.assert_nothing_is_lost()
    faulty.assert_all_is_as_before()


def test_a_run_that_cannot_list_the_accounts_for_throttling_changes_nothing(
    faulty: Fragile,
) -> None:
    faulty.arm(Fault(TOO_MANY, service="organizations"))
    ended = faulty.sweep()
    assert (ended.status, ended.error) == ("FAILED", "Throttled")
    assert "ListAccounts" in ended.cause or "Organization" in ended.cause
    faulty.assert_findings_are_as_before()
    faulty.assert_all_is_as_before()
