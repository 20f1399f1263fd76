"""The resources that a request is about, as ARNs.

``*`` means that AWS checks the action against every resource (``ec2:DescribeVpcs``): only a
policy with ``"Resource": "*"`` allows it. ``None`` means that this module does not know the
service, and that any resource of a policy will do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.kms.models import kms_backends
from moto.s3control.models import s3control_backends

from emulator.aws_request import AwsRequest
from emulator.callers import Caller

ALWAYS_ALL = {"cloudwatch", "organizations", "account", "resourcegroupstaggingapi"}
"""Services whose read actions cannot be narrowed to a resource."""


def resources_of(request: AwsRequest, caller: Caller) -> list[str | None]:
    """The ARNs that the request is about; never empty."""
    if request.service in ALWAYS_ALL:
        return ["*"]
    find = FINDERS.get(request.service)
    if find is None:
        return [None]
    return find(request, caller) or ["*"]


def _arn(request: AwsRequest, caller: Caller, service: str, rest: str) -> str:
    return f"arn:{caller.partition}:{service}:{request.region}:{caller.account}:{rest}"


def _s3(request: AwsRequest, caller: Caller) -> list[str | None]:
    bucket, key = request.params.get("Bucket"), request.params.get("Key")
    if not bucket:
        return [f"arn:{caller.partition}:s3:::*"]
    if str(bucket).startswith("arn:"):
        return [bucket]
    base = f"arn:{caller.partition}:s3:::{bucket}"
    if request.operation == "DeleteObjects":
        objects = request.params.get("Delete", {}).get("Objects", [])
        return [f"{base}/{item['Key']}" for item in objects]
    return [f"{base}/{key}" if key else base]


def _s3_control(request: AwsRequest, caller: Caller) -> list[str | None]:
    name = request.params.get("Name")
    if not name or request.operation == "GetAccessPoint":
        return ["*"]
    if "MultiRegion" in request.operation:
        points = s3control_backends[caller.account][caller.partition].multi_region_access_points
        point = points[caller.account].get(name)
        alias = point.alias if point else name
        return [f"arn:{caller.partition}:s3::{caller.account}:accesspoint/{alias}"]
    return [_arn(request, caller, "s3", f"accesspoint/{name}")]


def _kms(request: AwsRequest, caller: Caller) -> list[str | None]:
    if request.operation in ("ListKeys", "ListAliases", "CreateKey"):
        return ["*"]
    key = request.params.get("KeyId") or request.params.get("TargetKeyId")
    return [key_arn(str(key), request.region, caller)] if key else ["*"]


def key_arn(key: str, region: str, caller: Caller) -> str:
    """The ARN of a key given by id, ARN, alias or alias ARN."""
    if key.startswith("arn:") and ":key/" in key:
        return key
    alias = key.rpartition(":")[2]
    if alias.startswith("alias/"):
        region, account = (key.split(":")[3:5]) if key.startswith("arn:") else (region, None)
        backend = kms_backends[account or caller.account][region]
        for held in list(backend.keys.values()):
            if alias in held.aliases:
                return str(held.arn)
    return f"arn:{caller.partition}:kms:{region}:{caller.account}:key/{key}"


def _dynamodb(request: AwsRequest, caller: Caller) -> list[str | None]:
    def table(name: str) -> str:
        return (
            name if name.startswith("arn:") else _arn(request, caller, "dynamodb", f"table/{name}")
        )

    if "RequestItems" in request.params:
        return [table(name) for name in request.params["RequestItems"]]
    name = request.params.get("TableName")
    if not name:
        return ["*"]
    index = request.params.get("IndexName")
    return [f"{table(name)}/index/{index}" if index else table(name)]


def _lambda(request: AwsRequest, caller: Caller) -> list[str | None]:
    name = request.params.get("FunctionName")
    if not name:
        return ["*"]
    if name.startswith("arn:"):
        return [name]
    return [_arn(request, caller, "lambda", f"function:{name}")]


def _states(request: AwsRequest, caller: Caller) -> list[str | None]:
    names = ("stateMachineArn", "executionArn", "mapRunArn", "resourceArn", "activityArn")
    return [request.params[name] for name in names if name in request.params]


def _first(*names: str) -> Callable[[AwsRequest, Caller], list[str | None]]:
    def find(request: AwsRequest, caller: Caller) -> list[str | None]:
        return [request.params[name] for name in names if request.params.get(name)][:1]

    return find


def _sqs(request: AwsRequest, caller: Caller) -> list[str | None]:
    url = request.params.get("QueueUrl")
    return [_arn(request, caller, "sqs", url.rpartition("/")[2])] if url else ["*"]


def _security_hub(request: AwsRequest, caller: Caller) -> list[str | None]:
    if request.operation == "BatchImportFindings":
        products = {f.get("ProductArn") for f in request.params.get("Findings", [])}
        return sorted(product for product in products if product)
    return [_arn(request, caller, "securityhub", "hub/default")]


def _iam(request: AwsRequest, caller: Caller) -> list[str | None]:
    for member, kind in (("RoleName", "role"), ("UserName", "user"), ("GroupName", "group")):
        if name := request.params.get(member):
            return [f"arn:{caller.partition}:iam::{caller.account}:{kind}/{name}"]
    return [request.params.get("PolicyArn", "*")]


def _ec2(request: AwsRequest, caller: Caller) -> list[str | None]:
    # Describe* takes no resource, but for one; of the rest the resource is not told apart
    if request.operation == "DescribeSecurityGroupReferences":
        groups: list[str] = request.params.get("GroupId", [])
        return [_arn(request, caller, "ec2", f"security-group/{group}") for group in groups] or [
            "*"
        ]
    return ["*"] if request.operation.startswith("Describe") else [None]


def _events(request: AwsRequest, caller: Caller) -> list[str | None]:
    entries: list[dict[str, Any]] = request.params.get("Entries", [])
    if request.operation != "PutEvents":
        return [None]
    buses = {entry.get("EventBusName", "default") for entry in entries}
    return [
        bus if bus.startswith("arn:") else _arn(request, caller, "events", f"event-bus/{bus}")
        for bus in sorted(buses)
    ]


def _email(request: AwsRequest, caller: Caller) -> list[str | None]:
    sender = request.params.get("FromEmailAddress")
    return [_arn(request, caller, "ses", f"identity/{sender}")] if sender else [None]


FINDERS: dict[str, Callable[[AwsRequest, Caller], list[str | None]]] = {
    "dynamodb": _dynamodb,
    "ec2": _ec2,
    "events": _events,
    "iam": _iam,
    "kms": _kms,
    "lambda": _lambda,
    "s3": _s3,
    "s3control": _s3_control,
    "secretsmanager": _first("SecretId"),
    "securityhub": _security_hub,
    "sesv2": _email,
    "sns": _first("TopicArn", "TargetArn", "ResourceArn"),
    "sqs": _sqs,
    "stepfunctions": _states,
    "sts": _first("RoleArn"),
}
