"""IAM: roles and their policies."""

from __future__ import annotations

import json
from typing import Any

from cloudformation.target import Made, Target


def _role(target: Target, name: str, properties: dict[str, Any]) -> Made:
    iam, role = target.client("iam"), properties.get("RoleName", target.name(name))
    optional = {
        key: properties[key]
        for key in ("Description", "MaxSessionDuration", "PermissionsBoundary", "Tags")
        if key in properties
    }
    answer = iam.create_role(
        RoleName=role,
        AssumeRolePolicyDocument=json.dumps(properties["AssumeRolePolicyDocument"]),
        **optional,
    )
    for policy in properties.get("Policies", []):
        _put(iam, role, policy)
    for arn in properties.get("ManagedPolicyArns", []):
        if ":iam::aws:" not in arn:  # of AWS's own policies moto knows old versions, or none
            iam.attach_role_policy(RoleName=role, PolicyArn=arn)
    return Made(role, {"Arn": answer["Role"]["Arn"], "RoleId": answer["Role"]["RoleId"]})


def _policy(target: Target, name: str, properties: dict[str, Any]) -> Made:
    iam = target.client("iam")
    for role in properties["Roles"]:
        _put(iam, role, properties)
    return Made(properties.get("PolicyName", name))


def _put(iam: Any, role: str, policy: dict[str, Any]) -> None:
    iam.put_role_policy(
        RoleName=role,
        PolicyName=policy["PolicyName"],
        PolicyDocument=json.dumps(policy["PolicyDocument"]),
    )


def _managed_policy(target: Target, name: str, properties: dict[str, Any]) -> Made:
    iam = target.client("iam")
    arn = iam.create_policy(
        PolicyName=properties.get("ManagedPolicyName", target.name(name)),
        PolicyDocument=json.dumps(properties["PolicyDocument"]),
    )["Policy"]["Arn"]
    for role in properties.get("Roles", []):
        iam.attach_role_policy(RoleName=role, PolicyArn=arn)
    return Made(arn, {"PolicyArn": arn})


MAKERS = {
    "AWS::IAM::ManagedPolicy": _managed_policy,
    "AWS::IAM::Policy": _policy,
    "AWS::IAM::Role": _role,
}
