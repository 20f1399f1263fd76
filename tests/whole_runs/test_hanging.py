"""Services of one region that do not answer."""

from __future__ import annotations

from emulator import Fault
from organization.fragile import OTHER_REGION, REGION, Fragile
from organization.versions import changed


def test_a_region_that_hangs_is_a_gap_and_its_neighbour_is_seen(faulty: Fragile) -> None:
    for service in ("ec2", "kms"):
        faulty.arm(
            Fault(
                kind="delay",
                delay_seconds=120,
                service=service,
                account=faulty.account,
                region=OTHER_REGION,
            )  # fmt: skip
        )
    with changed(faulty.world, "audit-kms", "audit-sg", Timeout=40):
        ended = faulty.sweep(REGION, OTHER_REGION)
    assert ended.output["status"] == "PARTIAL", (ended.cause, ended.output)
    rows = {(row["service"], row["region"]): row for row in faulty.rows(ended)}
    for service in ("kms", "sg"):
        assert rows[service, REGION]["status"] == "COMPLETE"
        assert rows[service, OTHER_REGION]["status"] == "FAILED"
        assert "Sandbox.Timedout" in rows[service, OTHER_REGION]["reason"]
    faulty.assert_nothing_is_lost()
    faulty.assert_all_is_as_before(REGION, OTHER_REGION)


def test_one_call_that_hangs_is_asked_again(faulty: Fragile) -> None:
    for service, operation in (("ec2", "DescribeSecurityGroups"), ("s3", "GetBucketPolicy")):
        faulty.arm(
            Fault(
                kind="delay",
                delay_seconds=30,
                service=service,
                operation=operation,
                account=faulty.account,
                times=1,
            )  # fmt: skip
        )
    ended = faulty.sweep()
    assert faulty.struck() == [1, 1]
    assert ended.output["status"] == "COMPLETE", (ended.cause, ended.output)
    faulty.assert_findings_are_as_before()
