"""S3: pages and regions in ListBuckets, root elements, and requests sent to the wrong region.

moto cuts ListBuckets at ``MaxBuckets`` without a token, leaves ``BucketRegion`` out, serves any
bucket from any region, puts some answers under a root element that the Rust SDK refuses, wants
a bucket that receives access logs to say so before any bucket logs to it, and reads bucket policies
once more without their conditions.
"""

from __future__ import annotations

import re
from typing import Any

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket, s3_backends

from emulator.aws_request import AwsRequest
from emulator.aws_response import Answer, AwsError, result_answer
from emulator.callers import Caller
from emulator.moto_upstream import MotoUpstream
from emulator.services.paging import page

ANY_REGION = {"GetBucketLocation", "ListBuckets"}
"""Operations that S3 answers in any region."""
MAX_BUCKETS = 10_000
REGION_HEADER = "x-amz-bucket-region"


def install() -> None:
    """Lets a bucket without ACLs receive logs: its policy is looked at when logs are delivered.
    Leaves bucket policies to ``emulator.iam``."""
    by_policy = FakeBucket._log_permissions_enabled_policy

    def may_receive_logs(target_bucket: FakeBucket, target_prefix: str | None) -> bool:
        has_acls = target_bucket.ownership_rule != "BucketOwnerEnforced"
        return not has_acls or bool(by_policy(target_bucket, target_prefix))

    FakeBucket._log_permissions_enabled_policy = staticmethod(may_receive_logs)  # type: ignore
    FakeBucket.get_permission = lambda *_: PermissionResult.NEUTRAL  # type: ignore


def list_buckets(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """All buckets of the account by name, in pages, each with its region."""
    wanted = request.params
    answer = moto.call(request, caller.account, {})
    held = s3_backends[caller.account][caller.partition].buckets
    buckets = [
        {**bucket, "BucketRegion": held[bucket["Name"]].region_name}
        for bucket in sorted(answer.get("Buckets", []), key=lambda bucket: bucket["Name"])
        if bucket["Name"].startswith(wanted.get("Prefix", ""))
    ]
    if region := wanted.get("BucketRegion"):
        buckets = [bucket for bucket in buckets if bucket["BucketRegion"] == region]
    listed, token = page(
        buckets,
        wanted.get("MaxBuckets"),
        wanted.get("ContinuationToken"),
        MAX_BUCKETS,
        "InvalidArgument",
    )
    return {
        "Buckets": listed,
        "Owner": answer.get("Owner"),
        "Prefix": wanted.get("Prefix"),
        "ContinuationToken": token,
    }


def check_bucket(request: AwsRequest, caller: Caller) -> None:
    """Refuses a request for a bucket of another owner than expected, or of another region.

    Root users, who seed the estate, may ask in any region.

    # Errors
    :class:`AwsError` ``AccessDenied``, or ``PermanentRedirect`` as S3 answers a client that
    does not follow it.
    """
    name = request.params.get("Bucket")
    if request.service != "s3" or not name:
        return
    partition, owner = s3_backends.bucket_accounts.get(name, (caller.partition, caller.account))
    bucket = s3_backends[owner][partition].buckets.get(name)
    if bucket is None or request.operation == "CreateBucket":
        return
    if request.params.get("ExpectedBucketOwner", owner) != owner:
        raise AwsError("AccessDenied", f"the owner of `{name}` is not the expected one", 403)
    if caller.is_root or request.operation in ANY_REGION or bucket.region_name == request.region:
        return
    raise AwsError(
        "PermanentRedirect",
        f"The bucket `{name}` is in {bucket.region_name}, the request is for {request.region}.",
        301,
    )


def tell_region(request: AwsRequest, answer: Answer) -> None:
    """S3 names the bucket's region to whoever asks for its head or asks in the wrong region,
    also when it refuses them."""
    name = request.params.get("Bucket")
    if request.service != "s3" or not name:
        return
    if request.operation != "HeadBucket" and answer.status != 301:
        return
    partition, owner = s3_backends.bucket_accounts.get(name, ("", ""))
    if owner and (bucket := s3_backends[owner][partition].buckets.get(name)):
        kept = [header for header in answer.headers if header[0] != REGION_HEADER]
        answer.headers[:] = [*kept, (REGION_HEADER, bucket.region_name)]


ROOTS = {
    "GetBucketAccelerateConfiguration": b"AccelerateConfiguration",
    "GetBucketNotificationConfiguration": b"NotificationConfiguration",
    "GetBucketVersioning": b"VersioningConfiguration",
    "ListBucketIntelligentTieringConfigurations": (
        b"ListBucketIntelligentTieringConfigurationsOutput"
    ),
    "ListBucketInventoryConfigurations": b"ListInventoryConfigurationsResult",
}
"""Root elements that S3 gives its answers."""


def under_its_root(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> Answer:
    """moto's answer, under the root element of S3."""
    return _rooted(request, moto.answer(request, caller.account))


def no_tierings(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> Answer:
    """No Intelligent-Tiering configuration: moto keeps none, and lists objects instead."""
    return _rooted(request, result_answer(request, {"IsTruncated": False}))


def _rooted(request: AwsRequest, answer: Answer) -> Answer:
    root = rb"\b(?:Get|List)Bucket\w+Response\b"
    answer.body = re.sub(root, ROOTS[request.operation], answer.body)
    return answer


OPERATIONS = {
    ("s3", "ListBuckets"): list_buckets,
    **{("s3", operation): under_its_root for operation in ROOTS},
    ("s3", "ListBucketIntelligentTieringConfigurations"): no_tierings,
}
