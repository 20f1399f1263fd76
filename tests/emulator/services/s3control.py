"""S3 Control: access points of a region, and those that span regions in the one that keeps them.

moto lists every access point in every region, does not say who owns the bucket behind it, and puts
the answers under root elements that the Rust SDK refuses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from moto.s3.models import s3_backends
from moto.s3control.models import AccessPoint, MultiRegionAccessPoint, s3control_backends

from emulator.aws_request import AwsRequest
from emulator.aws_response import Answer, AwsError, result_answer
from emulator.callers import Caller
from emulator.moto_upstream import MotoUpstream
from emulator.services.paging import page

KEPT_IN = "us-west-2"
"""The region that answers for Multi-Region Access Points."""
MOST = 1_000


def create_access_point(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """A new access point of the region of the request."""
    answer = moto.call(request, caller.account)
    point = _points(caller)[request.params["Name"]]
    point.region = request.region
    point.arn = answer["AccessPointArn"] = _arn(request, caller, point.name)
    owners = s3_backends.bucket_accounts
    _, owner = owners.get(point.bucket, (caller.partition, caller.account))
    point.bucket_account = request.params.get("BucketAccountId", owner)
    return answer


def get_access_point(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """The access point, with the owner of its bucket.

    # Errors
    ``NoSuchAccessPoint`` in other regions.
    """
    point = _points(caller).get(request.params["Name"])
    if point is None or point.region != request.region:
        name = request.params["Name"]
        raise AwsError("NoSuchAccessPoint", f"no access point `{name}` in {request.region}", 404)
    answer = moto.call(request, caller.account)
    switches = {name: str(on).lower() == "true" for name, on in point.pubc.items()}
    return answer | {
        "BucketAccountId": point.bucket_account,
        "PublicAccessBlockConfiguration": switches,
    }


def list_access_points(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """The access points of the region, in pages."""
    points = [point for point in _points(caller).values() if point.region == request.region]
    listed, token = page(
        sorted(points, key=lambda point: point.name),
        request.params.get("MaxResults"),
        request.params.get("NextToken"),
        MOST,
    )
    return {"AccessPointList": [_listed(point) for point in listed], "NextToken": token}


def list_multi_region(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """The Multi-Region Access Points, in pages.

    # Errors
    ``InvalidRequest`` in any region but one.
    """
    _check_region(request)
    listed, token = page(
        [point.to_dict() for point in spanning(caller).values()],
        request.params.get("MaxResults"),
        request.params.get("NextToken"),
        MOST,
    )
    return {"AccessPoints": listed, "NextToken": token}


def policy_of_multi_region(
    request: AwsRequest, caller: Caller, moto: MotoUpstream
) -> dict[str, Any]:
    """The policy in force.

    # Errors
    ``NoSuchMultiRegionAccessPointPolicy`` without one, ``InvalidRequest`` in any region but one.
    """
    _check_region(request)
    return moto.call(request, caller.account)


def _check_region(request: AwsRequest) -> None:
    if request.region != KEPT_IN:
        raise AwsError("InvalidRequest", f"{request.operation} is served in {KEPT_IN} only")


def spanning(caller: Caller) -> dict[str, MultiRegionAccessPoint]:
    """The account's Multi-Region Access Points by name."""
    backend = s3control_backends[caller.account][caller.partition]
    return backend.multi_region_access_points[caller.account]


def _points(caller: Caller) -> dict[str, AccessPoint]:
    backend = s3control_backends[caller.account][caller.partition]
    return backend.access_points[caller.account]


def _arn(request: AwsRequest, caller: Caller, name: str) -> str:
    return f"arn:{caller.partition}:s3:{request.region}:{caller.account}:accesspoint/{name}"


def _listed(point: AccessPoint) -> dict[str, Any]:
    return {
        "Name": point.name,
        "NetworkOrigin": point.network_origin,
        "VpcConfiguration": {"VpcId": point.vpc_id} if point.vpc_id else None,
        "Bucket": point.bucket,
        "AccessPointArn": point.arn,
        "Alias": point.alias,
        "BucketAccountId": point.bucket_account,
    }


def policy_of_access_point(
    request: AwsRequest, caller: Caller, moto: MotoUpstream
) -> dict[str, Any]:
    """The policy.

    # Errors
    ``NoSuchAccessPointPolicy`` without one.
    """
    return moto.call(request, caller.account)


def _under_its_root(
    operation: Callable[[AwsRequest, Caller, MotoUpstream], dict[str, Any]],
) -> Callable[[AwsRequest, Caller, MotoUpstream], Answer]:
    """The operation's answer, under the root element of S3 Control: `<operation>Result`."""

    def rooted(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> Answer:
        answer = result_answer(request, operation(request, caller, moto))
        name = request.operation.encode()
        answer.body = re.sub(rb"(</?)" + name + rb"\w+", rb"\1" + name + b"Result", answer.body)
        return answer

    return rooted


READS = {
    "GetAccessPoint": get_access_point,
    "GetAccessPointPolicy": policy_of_access_point,
    "GetMultiRegionAccessPointPolicy": policy_of_multi_region,
    "ListAccessPoints": list_access_points,
    "ListMultiRegionAccessPoints": list_multi_region,
}

OPERATIONS = {
    ("s3control", "CreateAccessPoint"): create_access_point,
    **{("s3control", name): _under_its_root(operation) for name, operation in READS.items()},
}
