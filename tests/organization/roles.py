"""IAM roles: the functions', the state machine's, the operator's, every account's audit role.

Actions are listed one by one; a missing one is refused by the emulator as AWS would refuse it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from emulator import Emulator
from organization.layout import (
    AUDIT_ROLE,
    EXTERNAL_ID,
    FUNCTIONS,
    MANAGEMENT_ID,
    OPERATOR_ROLE,
    SENDER,
)

ROOT = Path(__file__).resolve().parents[2]
ACTIONS = ROOT / "crates" / "aws" / "actions.json"
MEMBER_ROLE = ROOT / "cdk" / "member-role.template.json"
PURPOSES = json.loads(ACTIONS.read_text())
AUDIT_ACTIONS = tuple(sorted({action for actions in PURPOSES.values() for action in actions}))
"""What the audit role of an account may do."""

ORGANIZATION_ACTIONS = (
    "organizations:DescribeOrganization",
    "organizations:ListAccounts",
    "organizations:ListAccountsForParent",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListTagsForResource",
)


def role_arn(name: str, account: str = MANAGEMENT_ID) -> str:
    """ARN of a role."""
    return f"arn:aws:iam::{account}:role/{name}"


def function_role(function: str) -> str:
    """Name of a function's role."""
    return f"orgsweep-{function}"


def create_role(
    emulator: Emulator,
    account: str,
    name: str,
    trust: dict[str, Any],
    statements: list[dict[str, Any]],
) -> str:
    """Creates a role with one inline policy and returns its ARN."""
    iam = emulator.client("iam", account=account)
    iam.create_role(
        RoleName=name,
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )
    iam.put_role_policy(
        RoleName=name,
        PolicyName=name,
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": statements}),
    )
    return role_arn(name, account)


def allow(actions: tuple[str, ...] | list[str], resource: str | list[str] = "*") -> dict[str, Any]:
    """One Allow statement."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource}


def _service_trust(service: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}


def function_policies(run_bucket: str, tables: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """What each function may do, and nothing else; a test holds it equal to the CDK app's."""
    objects = f"arn:aws:s3:::{run_bucket}/runs/*"
    enter_accounts = allow(["sts:AssumeRole"], f"arn:aws:iam::*:role/{AUDIT_ROLE}")
    put, get = allow(["s3:PutObject"], objects), allow(["s3:GetObject"], objects)
    return {
        "enumerate": [allow(ORGANIZATION_ACTIONS), enter_accounts, put],
        "audit-s3": [enter_accounts, put, get],
        "audit-kms": [enter_accounts, put, get],
        "audit-sg": [enter_accounts, put, get],
        "aggregate": [
            enter_accounts,
            get,
            put,
            allow(["s3:ListBucket"], f"arn:aws:s3:::{run_bucket}"),
            allow(["dynamodb:Query", "dynamodb:UpdateItem"], tables["findings"]),
            allow(["dynamodb:Query"], f"{tables['findings']}/index/changed-in-run"),
            allow(
                ["dynamodb:BatchWriteItem", "dynamodb:PutItem", "dynamodb:Query"], tables["runs"]
            ),
        ],
    }


def create_function_roles(emulator: Emulator, run_bucket: str, tables: dict[str, str]) -> None:
    """One role per function."""
    for function, statements in function_policies(run_bucket, tables).items():
        create_role(
            emulator,
            MANAGEMENT_ID,
            function_role(function),
            _service_trust("lambda.amazonaws.com"),
            statements,
        )


def create_state_machine_role(
    emulator: Emulator, run_bucket: str, functions: list[str], state_machine: str, topic: str
) -> str:
    """The state machine's role: its functions, the run bucket, and its own Map runs."""
    map_run = state_machine.replace(":stateMachine:", ":execution:") + "*"
    return create_role(
        emulator,
        MANAGEMENT_ID,
        "orgsweep-sweep",
        _service_trust("states.amazonaws.com"),
        [
            allow(["lambda:InvokeFunction"], functions),
            allow(["s3:GetObject", "s3:PutObject"], f"arn:aws:s3:::{run_bucket}/runs/*"),
            allow(["states:StartExecution"], state_machine),
            allow(
                ["states:DescribeExecution", "states:RedriveExecution", "states:StopExecution"],
                map_run,
            ),
            *_telling(topic),
        ],
    )


def _telling(topic: str) -> list[dict[str, Any]]:
    """What the state machine needs to tell people and programs what a run changed."""
    region, account = topic.split(":")[3:5]
    return [
        allow(["sns:Publish"], topic),
        allow(["events:PutEvents"], f"arn:aws:events:{region}:{account}:event-bus/default"),
        allow(["ses:SendEmail"], f"arn:aws:ses:{region}:{account}:identity/{SENDER}"),
    ]


def create_operator_role(emulator: Emulator, state_machine: str, tables: dict[str, str]) -> str:
    """The operator's role: start and watch runs, ask the tables."""
    execution = state_machine.replace(":stateMachine:", ":execution:") + ":*"
    statements = [
        allow(["states:StartExecution"], state_machine),
        allow(["states:DescribeExecution"], execution),
        allow(["states:DescribeMapRun", "states:ListMapRuns"], "*"),
        allow(
            ["dynamodb:Query"], [arn + end for arn in tables.values() for end in ("", "/index/*")]
        ),
        allow(["dynamodb:GetItem"], tables["runs"]),
    ]
    trust = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{MANAGEMENT_ID}:root"},
        "Action": "sts:AssumeRole",
    }
    return create_role(emulator, MANAGEMENT_ID, OPERATOR_ROLE, trust, statements)


def create_audit_role(
    emulator: Emulator,
    account: str,
    organization: str,
    *,
    external_id: str = EXTERNAL_ID,
    denied: list[dict[str, Any]] | None = None,
) -> None:
    """The audit role of one account, from the template; ``denied`` are Deny statements on top."""
    values = {
        "TrustedRoleArns": [role_arn(function_role(name)) for name in FUNCTIONS],
        "ExternalId": external_id,
        "OrganizationId": organization,
        "AWS::Partition": "aws",
        "AWS::AccountId": account,
    }
    role = json.loads(MEMBER_ROLE.read_text())["Resources"]["AuditRole"]["Properties"]
    [trust] = _written(role["AssumeRolePolicyDocument"], values)["Statement"]
    statements = _written(role["Policies"][0]["PolicyDocument"], values)["Statement"]
    create_role(emulator, account, AUDIT_ROLE, trust, [*statements, *(denied or [])])


def _written(value: Any, values: dict[str, Any]) -> Any:
    """A part of a template with ``Ref`` and ``Fn::Sub`` written out."""
    match value:
        case {"Ref": name}:
            return values[name]
        case {"Fn::Sub": text}:
            return re.sub(r"\$\{([^}]+)\}", lambda found: values[found[1]], text)
        case dict():
            return {key: _written(part, values) for key, part in value.items()}
        case list():
            return [_written(part, values) for part in value]
    return value
