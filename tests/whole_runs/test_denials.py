"""Accounts that refuse reads, from the beginning or from the middle of a run on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from emulator import Fault
from organization import World
from organization.fragile import Fragile
from organization.sweeps import Ended, coverage, findings, sweep

LOGS = "arn:aws:s3:::logs-central"


@pytest.fixture
def spoilt(world: World, run: Ended) -> Iterator[World]:
    """The world, without the faults that a test arms as soon as it ends."""
    before = {fault["id"] for fault in world.emulator.faults.list()}
    yield world
    world.emulator.faults.keep_only(before)


def sweep_logs(world: World) -> Ended:
    """Sweeps the log archive in one region."""
    account = world.accounts["log-archive"]
    return sweep(world, {"accounts": {"include": [account]}, "regions": {"include": ["us-east-1"]}})


def of_logs(world: World) -> dict[str, str]:
    """Status of every open finding on the bucket, by control."""
    return {
        finding["control"]: finding["status"]
        for finding in findings(world)
        if finding["resource"] == LOGS and finding["state"] == "OPEN"
    }


def test_one_bucket_that_is_denied_in_all_reads_takes_nothing_else_down(spoilt: World) -> None:
    before = of_logs(spoilt)
    fault = spoilt.emulator.faults.add(Fault("AccessDenied", 403, service="s3", resource=LOGS))
    ended = sweep_logs(spoilt)
    assert ended.output["status"] == "PARTIAL"
    (row,) = [row for row in coverage(spoilt, ended.run_id) if row["service"] == "s3"]
    assert row["status"] == "PARTIAL"
    assert {gap["resource"] for gap in row["gaps"]} == {LOGS}
    denied = of_logs(spoilt)
    # S3-069 says that nothing keeps the audit from reading the bucket, which the denials disprove.
    assert denied.pop("S3-069") == "FAILED"
    assert set(denied.values()) == {"NOT_AVAILABLE"}

    spoilt.emulator.faults.remove(fault)
    assert sweep_logs(spoilt).output["status"] == "COMPLETE"
    assert of_logs(spoilt) == before


def test_denials_from_the_middle_of_a_run_on_are_gaps_that_name_the_place(
    faulty: Fragile,
) -> None:
    for service, after in (("s3", 60), ("kms", 12), ("ec2", 3)):
        code = "UnauthorizedOperation" if service == "ec2" else "AccessDenied"
        faulty.arm(Fault(code, 403, service=service, account=faulty.account, after=after))
    ended = faulty.sweep()
    assert min(faulty.struck()) > 0
    faulty.assert_named(ended, "s3", "AccessDenied", "GetBucket")
    faulty.assert_named(ended, "kms", "AccessDenied", "us-east-1")
    faulty.assert_named(ended, "sg", "UnauthorizedOperation", "us-east-1", "Describe")
    faulty.assert_nothing_is_lost()
    faulty.assert_all_is_as_before()


def test_a_session_that_expires_in_the_middle_is_a_gap_and_the_next_run_assumes_again(
    faulty: Fragile,
) -> None:
    for service, operation, code in (
        ("s3", "GetBucketVersioning", "ExpiredToken"),
        ("kms", "ListKeys", "ExpiredTokenException"),
        ("ec2", "DescribeSecurityGroupRules", "RequestExpired"),
    ):
        faulty.arm(
            Fault(code, 400, service=service, operation=operation, account=faulty.account, times=1)
        )
    ended = faulty.sweep()
    assert faulty.struck() == [1, 1, 1]
    faulty.assert_named(ended, "s3", "ExpiredToken", "GetBucketVersioning")
    faulty.assert_named(ended, "kms", "ExpiredTokenException", "ListKeys", "us-east-1")
    faulty.assert_named(ended, "sg", "RequestExpired", "DescribeSecurityGroupRules", "us-east-1")
    faulty.assert_nothing_is_lost()
    faulty.assert_all_is_as_before()
