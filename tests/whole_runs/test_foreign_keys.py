"""A bucket of one account on a key of another: the key names the bucket while it is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from organization import World
from organization.sweeps import findings, sweep

BUCKET = "analytics-borrows"
ARN = f"arn:aws:s3:::{BUCKET}"
CHOSEN = {"regions": {"include": ["us-east-1"]}, "services": ["s3", "kms"]}


@pytest.fixture
def borrowing(world: World) -> Iterator[str]:
    """A bucket of analytics on a key of payments that is not rotated; the ARN of the key."""
    s3 = world.client("s3", account="analytics")
    key = world.keys["payments-static"]
    rule = {
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    }
    s3.create_bucket(Bucket=BUCKET)
    s3.put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration={"Rules": [rule]})
    yield key
    if BUCKET in {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}:
        s3.delete_bucket(Bucket=BUCKET)


def buckets_of(world: World, key: str) -> list[str]:
    """The buckets that the finding of the key's missing rotation names."""
    (row,) = [
        row for row in findings(world) if row["resource"] == key and row["control"] == "KMS.4"
    ]
    return list(row.get("buckets", []))


def test_a_key_names_the_bucket_of_another_account_until_it_is_gone(
    world: World, borrowing: str
) -> None:
    # In whichever order the accounts are aggregated, the second run knows.
    sweep(world, CHOSEN)
    sweep(world, CHOSEN)
    assert buckets_of(world, borrowing) == [ARN, "arn:aws:s3:::payments-static"]
    (lent,) = [
        row for row in findings(world) if row["resource"] == ARN and row["control"] == "SK-003"
    ]
    assert lent["key"] == borrowing and lent["kms_security_status"] == "Foreign"

    # A run that leaves the buckets out knows nothing new of them.
    sweep(world, {**CHOSEN, "services": ["kms"]})
    assert buckets_of(world, borrowing) == [ARN, "arn:aws:s3:::payments-static"]

    world.client("s3", account="analytics").delete_bucket(Bucket=BUCKET)
    sweep(world, CHOSEN)
    sweep(world, CHOSEN)
    assert buckets_of(world, borrowing) == ["arn:aws:s3:::payments-static"]
