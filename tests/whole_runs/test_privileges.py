"""What the roles of the template may do is what a run does: nothing missing, nothing unused."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from emulator import Call
from organization import World
from organization.layout import AUDIT_ROLE, DEFAULT_INPUT, FUNCTIONS, OPERATOR_ROLE
from organization.roles import function_role, role_arn
from organization.sweeps import Ended, end_of, start, sweep

ALWAYS_ALLOWED = {"sts:GetCallerIdentity"}

BY_AWS_ITSELF = {
    "kms:Decrypt": "S3, DynamoDB and Lambda use the key on the caller's behalf",
    "kms:GenerateDataKey": "S3 and DynamoDB use the key on the caller's behalf",
    "logs:CreateLogStream": "Lambda writes the log",
    "logs:PutLogEvents": "Lambda writes the log",
    "xray:PutTelemetryRecords": "Lambda sends the traces",
    "xray:PutTraceSegments": "Lambda sends the traces",
}
"""What every function may do and no call shows, because the platform does it with its role."""

BY_STEP_FUNCTIONS_ITSELF = {
    "kms:Decrypt": "S3 uses the key on its behalf",
    "kms:GenerateDataKey": "S3 uses the key on its behalf",
    "logs:CreateLogDelivery": "it writes its own log",
    "logs:DeleteLogDelivery": "it writes its own log",
    "logs:DescribeLogGroups": "it writes its own log",
    "logs:DescribeResourcePolicies": "it writes its own log",
    "logs:GetLogDelivery": "it writes its own log",
    "logs:ListLogDeliveries": "it writes its own log",
    "logs:PutResourcePolicy": "it writes its own log",
    "logs:UpdateLogDelivery": "it writes its own log",
    "s3:AbortMultipartUpload": "results of Maps that are larger than one part",
    "s3:ListMultipartUploadParts": "results of Maps that are larger than one part",
    "states:DescribeExecution": "the emulator's Map looks after its children in process",
    "states:RedriveExecution": "the emulator's Map redrives its children in process",
    "states:StartExecution": "the emulator's Map starts its children in process",
    "states:StopExecution": "the emulator's Map stops its children in process",
    "xray:GetSamplingRules": "it sends its own traces",
    "xray:GetSamplingTargets": "it sends its own traces",
    "xray:PutTelemetryRecords": "it sends its own traces",
    "xray:PutTraceSegments": "it sends its own traces",
}
"""The same of the state machine's role."""

UNSEEN = {
    "enumerate": {
        # Asked only by a filter for organizational units or for account tags: see below.
        "organizations:ListAccountsForParent",
        "organizations:ListOrganizationalUnitsForParent",
        "organizations:ListTagsForResource",
    },
    "aggregate": {
        # Only when a bucket leaves the key of another account: see test_foreign_keys.
        "dynamodb:DeleteItem",
        # Never called: without it S3 answers a denial where a report is missing.
        "s3:ListBucket",
        # Written only when Security Hub refuses a finding: see below.
        "s3:PutObject",
    },
}
"""What the first run does not need."""


def used(calls: list[Call], role: str) -> set[str]:
    """IAM actions that a role was seen to use."""
    of_role = [call for call in calls if call.role and call.role.rsplit("/", 1)[1] == role]
    return {action for call in of_role for action in call.actions} - ALWAYS_ALLOWED


def granted(world: World, role: str, account: str = "management") -> set[str]:
    """IAM actions that the policies of a role allow."""
    iam = world.client("iam", account=account)
    documents = [
        iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        for name in iam.list_role_policies(RoleName=role)["PolicyNames"]
    ]
    for attached in iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]:
        arn = attached["PolicyArn"]
        version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
        answer = iam.get_policy_version(PolicyArn=arn, VersionId=version)
        documents.append(answer["PolicyVersion"]["Document"])
    return {action for document in documents for action in _allowed(document)}


def _allowed(document: dict[str, Any]) -> Iterator[str]:
    for statement in document["Statement"]:
        if statement["Effect"] == "Allow":
            actions = statement["Action"]
            yield from [actions] if isinstance(actions, str) else actions


def state_machine_role(world: World) -> str:
    """Name of the state machine's role."""
    states = world.client("stepfunctions")
    arn = world.deployment.state_machine_arn
    return str(states.describe_state_machine(stateMachineArn=arn)["roleArn"].rsplit("/", 1)[1])


def test_the_audit_role_may_do_what_a_run_does_and_no_more(world: World, calls: list[Call]) -> None:
    # What only `preflight` asks is seen in its own test.
    asked_by_preflight = {"securityhub:DescribeHub"}
    for account in ("management", "payments", "analytics"):
        may = granted(world, AUDIT_ROLE, account)
        assert used(calls, AUDIT_ROLE) == may - asked_by_preflight, account


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_do_what_a_run_does_and_no_more(
    world: World, calls: list[Call], function: str
) -> None:
    role = function_role(function)
    platform = BY_AWS_ITSELF.keys()
    assert granted(world, role) >= platform
    unseen = UNSEEN.get(function, set())
    assert used(calls, role) == granted(world, role) - platform - unseen


def test_the_state_machine_may_do_what_a_run_does_and_no_more(
    world: World, calls: list[Call]
) -> None:
    role = state_machine_role(world)
    assert granted(world, role) >= BY_STEP_FUNCTIONS_ITSELF.keys()
    assert used(calls, role) == granted(world, role) - BY_STEP_FUNCTIONS_ITSELF.keys()


def test_no_call_of_a_run_was_refused_but_where_the_estate_refuses_us(
    world: World, calls: list[Call]
) -> None:
    refused = {(call.operation, call.resource) for call in calls if call.decision == "denied"}
    sealed = "arn:aws:s3:::analytics-sealed"
    assert refused == {
        ("AssumeRole", role_arn(AUDIT_ROLE, world.accounts["acquired"])),
        ("GetBucketPolicy", sealed),
        ("GetBucketPolicyStatus", sealed),
        # Another account's bucket, which logs go to: its owner's audit looks at it.
        ("HeadBucket", "arn:aws:s3:::logs-central"),
        # A stranger's, where SageMaker would look for one of this account.
        ("HeadBucket", f"arn:aws:s3:::sagemaker-us-east-1-{world.accounts['payments']}"),
    }


def test_a_filter_by_unit_and_tag_uses_the_rest(world: World) -> None:
    organizations = world.client("organizations")
    root = organizations.list_roots()["Roots"][0]["Id"]
    units = organizations.list_organizational_units_for_parent(ParentId=root)
    workloads = [unit["Id"] for unit in units["OrganizationalUnits"] if unit["Name"] == "Workloads"]
    chosen = {
        "organizational_units": {"include": workloads},
        "account_tags": {"include": {"stage": ["prod"]}},
        "regions": {"include": ["us-east-1"]},
        "services": ["sg"],
    }
    ended = sweep(world, chosen)
    assert ended.status == "SUCCEEDED", ended.cause
    assert ended.output["counts"]["accounts"] == 2
    assert used(world.emulator.calls(), function_role("enumerate")) >= UNSEEN["enumerate"]


def test_a_finding_that_security_hub_refuses_is_written_down(world: World, run: Ended) -> None:
    account, late = world.accounts["payments"], "payments-late"
    hub, s3 = (world.client(service, "us-east-1", "payments") for service in ("securityhub", "s3"))
    s3.create_bucket(Bucket=late)
    ahead = datetime.now(UTC) + timedelta(seconds=60)
    newer = {
        "SchemaVersion": "2018-10-08",
        "Id": f"{account}/us-east-1/S3.5/arn:aws:s3:::{late}",
        "ProductArn": f"arn:aws:securityhub:us-east-1:{account}:product/{account}/default",
        "GeneratorId": "another",
        "AwsAccountId": account,
        "CreatedAt": ahead.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "UpdatedAt": ahead.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Severity": {"Label": "LOW"},
        "Title": "newer than ours",
        "Description": "newer than ours",
        "Resources": [{"Type": "AwsS3Bucket", "Id": f"arn:aws:s3:::{late}"}],
    }
    assert hub.batch_import_findings(Findings=[newer])["FailedCount"] == 0
    world.emulator.clear_calls()
    only = {"accounts": {"include": [account]}, "regions": {"include": ["us-east-1"]}}
    ended = sweep(world, {**only, "services": ["s3"]})
    assert "s3:PutObject" in used(world.emulator.calls(), function_role("aggregate"))
    objects = world.client("s3").list_objects_v2(
        Bucket=world.deployment.run_bucket, Prefix=f"runs/{ended.run_id}/"
    )["Contents"]
    assert any("refused-findings" in it["Key"] for it in objects)
    s3.delete_bucket(Bucket=late)
    time.sleep(max(0.0, (ahead - datetime.now(UTC)).total_seconds() + 1))
    world.emulator.clear_calls()
    assert sweep(world, {**only, "services": ["s3"]}).status == "SUCCEEDED"
    assert "s3:PutObject" not in used(world.emulator.calls(), function_role("aggregate"))


def test_the_schedule_may_start_a_run_with_the_input_of_the_template(world: World) -> None:
    stack = world.deployment.stack
    [schedule] = stack.of_type("AWS::Scheduler::Schedule")
    target = stack.properties(schedule)["Target"]
    assert target["Arn"] == world.deployment.state_machine_arn
    who = world.emulator.credentials(target["RoleArn"], "schedule")
    assert json.loads(target["Input"])["regions"]["include"] == DEFAULT_INPUT["regions"]["include"]
    world.emulator.clear_calls()
    ended = end_of(world, start(world, target["Input"], who), 900)
    assert ended.status == "SUCCEEDED", ended.cause
    sqs = world.emulator.client("sqs", "us-east-1", credentials=who)
    queues = {it.attributes["Arn"]: it for it in stack.of_type("AWS::SQS::Queue").values()}
    queue = queues[target["DeadLetterConfig"]["Arn"]]
    sqs.send_message(QueueUrl=queue.ref, MessageBody="a start that failed")
    role = target["RoleArn"].rsplit("/", 1)[1]
    encrypting = {"kms:Decrypt", "kms:GenerateDataKey"}
    assert used(world.emulator.calls(), role) == granted(world, role) - encrypting


def test_the_operator_may_do_what_the_command_line_does_and_no_more(
    world: World, run: Ended, cli: Path
) -> None:
    world.emulator.clear_calls()
    bucket = "arn:aws:s3:::payments-website"
    expires = (datetime.now(UTC) + timedelta(days=30)).strftime("%Y-%m-%d")
    accepting = [
        "--control",
        "S3.13",
        "--account",
        "*",
        "--resource",
        "arn:aws:s3:::nothing",
        "--owner",
        "us",
    ]
    accepting += ["--reason", "a test", "--expires", expires, "--id", "a-test"]
    chosen = json.dumps({"accounts": {"include": [world.accounts["payments"]]}, "services": ["sg"]})
    for words in (
        ("runs",),
        ("runs", "start", "--watch", "--input", chosen),
        ("coverage",),
        ("coverage", "--run", run.run_id),
        ("report",),
        ("report", "--run", run.run_id),
        ("findings", "--severity", "critical"),
        ("findings", "--account", world.accounts["payments"]),
        ("findings", "--control", "S3.2"),
        ("findings", "--resource", bucket),
        ("suppress", *accepting),
        ("suppressions",),
        ("unsuppress", "a-test"),
    ):
        environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **world.environment()}
        answer = subprocess.run(
            [str(cli), *words], env=environment, capture_output=True, text=True, check=False
        )
        assert answer.returncode == 0, answer.stderr
    seen = used(world.emulator.calls(), OPERATOR_ROLE)
    decrypting = {"kms:Decrypt", "kms:GenerateDataKey"}
    assert seen == granted(world, OPERATOR_ROLE) - decrypting
