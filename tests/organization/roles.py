"""Roles besides those that the template makes: the operator's, and members that differ.

What the roles of the template may do is the template's business; a missing action is refused by
the emulator as AWS would refuse it.
"""

from __future__ import annotations

import json
from typing import Any

from cloudformation import Stack
from emulator import Emulator
from organization.layout import AUDIT_ROLE, MANAGEMENT_ID, OPERATOR_ROLE


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
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=_document([trust]))
    iam.put_role_policy(RoleName=name, PolicyName=name, PolicyDocument=_document(statements))
    return role_arn(name, account)


def allow(actions: tuple[str, ...] | list[str], resource: str | list[str] = "*") -> dict[str, Any]:
    """One Allow statement."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource}


def create_operator_role(emulator: Emulator, stack: Stack) -> None:
    """The person who starts runs and asks questions, with the template's policy for them."""
    iam = emulator.client("iam", account=MANAGEMENT_ID)
    trust = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{MANAGEMENT_ID}:root"},
        "Action": "sts:AssumeRole",
    }
    iam.create_role(RoleName=OPERATOR_ROLE, AssumeRolePolicyDocument=_document([trust]))
    for policy in stack.of_type("AWS::IAM::ManagedPolicy").values():
        iam.attach_role_policy(RoleName=OPERATOR_ROLE, PolicyArn=policy.ref)


def demand_another_external_id(emulator: Emulator, account: str) -> None:
    """Makes the account refuse us: its audit role demands an external id that we do not have."""
    iam = emulator.client("iam", account=account)
    trust = iam.get_role(RoleName=AUDIT_ROLE)["Role"]["AssumeRolePolicyDocument"]
    for statement in trust["Statement"]:
        statement["Condition"]["StringEquals"]["sts:ExternalId"] = "another"
    iam.update_assume_role_policy(RoleName=AUDIT_ROLE, PolicyDocument=json.dumps(trust))


def deny(emulator: Emulator, account: str, actions: list[str], resource: str) -> None:
    """Takes actions from the account's audit role."""
    statement = {"Effect": "Deny", "Action": actions, "Resource": resource}
    emulator.client("iam", account=account).put_role_policy(
        RoleName=AUDIT_ROLE, PolicyName="denied", PolicyDocument=_document([statement])
    )


def _document(statements: list[dict[str, Any]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})
