"""Faults of AWS during a run: what passes is retried, what does not is a gap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from emulator import Fault
from organization import World
from organization.sweeps import Ended, coverage, findings, sweep

LOGS = "arn:aws:s3:::logs-central"


@pytest.fixture
def faulty(world: World, run: Ended) -> Iterator[World]:
    """The world, without the faults that a test arms as soon as it ends."""
    before = {fault["id"] for fault in world.emulator.faults.list()}
    yield world
    for fault in world.emulator.faults.list():
        if fault["id"] not in before:
            world.emulator.faults.remove(fault["id"])


def sweep_logs(world: World) -> Ended:
    """Sweeps the log archive in one region."""
    account = world.accounts["log-archive"]
    return sweep(world, {"accounts": {"include": [account]}, "regions": {"include": ["us-east-1"]}})


def test_throttling_that_passes_leaves_no_gap(faulty: World) -> None:
    for service, operation, code in (
        ("kms", "DescribeKey", "ThrottlingException"),
        ("ec2", "DescribeSecurityGroups", "RequestLimitExceeded"),
        ("s3", "GetBucketPolicy", "SlowDown"),
        ("dynamodb", "Query", "ProvisionedThroughputExceededException"),
    ):
        status = 503 if service in ("ec2", "s3") else 400
        fault = Fault(code, status, service=service, operation=operation, times=2)
        faulty.emulator.faults.add(fault)
    ended = sweep_logs(faulty)
    assert ended.status == "SUCCEEDED", ended.cause
    assert ended.output["status"] == "COMPLETE", ended.output


def of_logs(world: World) -> dict[str, str]:
    """Status of every open finding on the bucket, by control."""
    return {
        finding["control"]: finding["status"]
        for finding in findings(world)
        if finding["resource"] == LOGS and finding["state"] == "OPEN"
    }


def test_one_bucket_that_is_denied_in_all_reads_takes_nothing_else_down(faulty: World) -> None:
    before = of_logs(faulty)
    fault = faulty.emulator.faults.add(Fault("AccessDenied", 403, service="s3", resource=LOGS))
    ended = sweep_logs(faulty)
    assert ended.output["status"] == "PARTIAL"
    (row,) = [row for row in coverage(faulty, ended.run_id) if row["service"] == "s3"]
    assert row["status"] == "PARTIAL"
    assert {gap["resource"] for gap in row["gaps"]} == {LOGS}
    denied = of_logs(faulty)
    # S3-069 says that nothing keeps the audit from reading the bucket, which the denials disprove.
    assert denied.pop("S3-069") == "FAILED"
    assert set(denied.values()) == {"NOT_AVAILABLE"}

    faulty.emulator.faults.remove(fault)
    assert sweep_logs(faulty).output["status"] == "COMPLETE"
    assert of_logs(faulty) == before
