"""S3: pages and regions in ListBuckets, and requests sent to the wrong region.

moto cuts ListBuckets at ``MaxBuckets`` without a token, leaves ``BucketRegion`` out, and
serves any bucket from any region.
"""

from __future__ import annotations

from typing import Any

from moto.s3.models import s3_backends

from emulator.aws_request import AwsRequest
from emulator.aws_response import AwsError
from emulator.callers import Caller
from emulator.moto_upstream import MotoUpstream
from emulator.services.paging import page

ANY_REGION = {"CreateBucket", "GetBucketLocation", "ListBuckets"}
"""Operations that S3 answers in any region."""
MAX_BUCKETS = 10_000


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


def check_region(request: AwsRequest, caller: Caller) -> None:
    """Refuses a role's request for a bucket that is signed for another region than the bucket's.

    Root users, who seed the estate, are let through.

    # Errors
    :class:`AwsError` ``PermanentRedirect``, as S3 answers a client that does not follow it.
    """
    name = request.params.get("Bucket")
    if request.service != "s3" or caller.is_root or not name or request.operation in ANY_REGION:
        return
    partition, owner = s3_backends.bucket_accounts.get(name, (caller.partition, caller.account))
    bucket = s3_backends[owner][partition].buckets.get(name)
    if bucket is not None and bucket.region_name != request.region:
        raise AwsError(
            "PermanentRedirect",
            f"The bucket `{name}` is in {bucket.region_name}, the request is for {request.region}.",
            301,
        )


OPERATIONS = {("s3", "ListBuckets"): list_buckets}
