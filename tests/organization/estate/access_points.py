"""Access points: sound ones, and one for every flaw, in front of one bucket or of several."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from emulator import Emulator
from organization.estate.buckets import ALL_BLOCKED, control_client

KEPT_IN = "us-west-2"
"""The region where S3 Control keeps Multi-Region Access Points."""
NOTHING_BLOCKED = dict.fromkeys(ALL_BLOCKED, False)
STRANGER = "999988887777"


@dataclass(frozen=True)
class AccessPoint:
    """An access point and what is wrong with it."""

    name: str
    account: str
    bucket: str
    region: str = "us-east-1"
    vpc: bool = False
    open: bool = False
    bucket_account: str | None = None


ACCESS_POINTS = (
    AccessPoint("payments-desk", "payments", "payments-ledger", vpc=True),
    # S3.19, S3AP-003, S3AP-004: everyone may read through it.
    AccessPoint("payments-window", "payments", "payments-website", "eu-west-1", open=True),
    # S3AP-005: the bucket belongs to nobody that we know.
    AccessPoint("analytics-feed", "analytics", "feed-of-a-vendor", bucket_account=STRANGER),
)

MULTI_REGION = {"payments-global": False, "payments-everywhere": True}
"""Multi-Region Access Points of payments by name, and whether everyone may read through them:
S3.24, S3AP-006."""


def build(emulator: Emulator, ids: dict[str, str]) -> None:
    """Creates every access point."""
    for point in ACCESS_POINTS:
        _create(emulator, point, ids[point.account])
    for name, is_open in MULTI_REGION.items():
        _create_multi_region(emulator, ids["payments"], name, is_open)


def _create(emulator: Emulator, point: AccessPoint, account: str) -> None:
    control = control_client(emulator, point.region, account)
    more: dict[str, Any] = {"VpcConfiguration": {"VpcId": "vpc-1234abcd"}} if point.vpc else {}
    if point.bucket_account:
        more["BucketAccountId"] = point.bucket_account
    created = control.create_access_point(
        AccountId=account,
        Name=point.name,
        Bucket=point.bucket,
        PublicAccessBlockConfiguration=NOTHING_BLOCKED if point.open else ALL_BLOCKED,
        **more,
    )
    if point.open:
        policy = json.dumps(_everyone_reads(created["AccessPointArn"]))
        control.put_access_point_policy(AccountId=account, Name=point.name, Policy=policy)


def _create_multi_region(emulator: Emulator, account: str, name: str, is_open: bool) -> None:
    control = control_client(emulator, KEPT_IN, account)
    control.create_multi_region_access_point(
        AccountId=account,
        Details={
            "Name": name,
            "PublicAccessBlock": NOTHING_BLOCKED if is_open else ALL_BLOCKED,
            "Regions": [{"Bucket": "payments-ledger"}, {"Bucket": "payments-eu-ledger"}],
        },
    )
    if is_open:
        point = control.get_multi_region_access_point(AccountId=account, Name=name)["AccessPoint"]
        arn = f"arn:aws:s3::{account}:accesspoint/{point['Alias']}"
        policy = json.dumps(_everyone_reads(arn))
        control.put_multi_region_access_point_policy(
            AccountId=account, Details={"Name": name, "Policy": policy}
        )


def _everyone_reads(arn: str) -> dict[str, Any]:
    statement = {
        "Sid": "Everyone",
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"{arn}/object/*",
    }
    return {"Version": "2012-10-17", "Statement": [statement]}
