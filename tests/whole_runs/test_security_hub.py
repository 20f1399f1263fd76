"""Security Hub that takes a part of the findings, or none, or is not enabled any more."""

from __future__ import annotations

from typing import Any

import pytest

from emulator import Fault
from organization.fragile import Fragile
from organization.sweeps import Ended, findings

IMPORT = {"service": "securityhub", "operation": "BatchImportFindings"}


def untold(faulty: Fragile, bucket: str) -> list[dict[str, Any]]:
    """Findings of a bucket of which Security Hub does not know."""
    of_bucket = [row for row in findings(faulty.world) if row["resource"] == bucket]
    assert of_bucket
    return [row for row in of_bucket if not row.get("imported_at")]


def notes(faulty: Fragile, ended: Ended) -> str:
    """What the coverage of S3 notes."""
    return " ".join(note for row in faulty.rows(ended) for note in row.get("notes") or [])


def test_findings_that_fail_for_a_while_are_imported_again(faulty: Fragile) -> None:
    with faulty.news("payments-hub-once") as bucket:
        faulty.arm(Fault("InternalFailure", kind="part", items=2, **IMPORT, times=1))
        ended = faulty.sweep()
        assert faulty.struck() == [1]
        assert ended.output["status"] == "COMPLETE", (ended.cause, ended.output)
        assert not untold(faulty, bucket)
    faulty.assert_all_is_as_before()


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ({"code": "InvalidInput", "kind": "part", "items": 2}, "InvalidInput"),
        ({"code": "InternalFailure", "kind": "part", "items": 2}, "InternalFailure"),
        ({"code": "InvalidAccessException", "status": 401}, "is not enabled"),
        ({"code": "AccessDeniedException", "status": 403}, "cannot be written to"),
    ],
)
def test_findings_that_are_not_taken_are_noted_and_told_by_the_next_run(
    faulty: Fragile, fault: dict[str, Any], why: str
) -> None:
    with faulty.news(f"payments-hub-{len(why)}") as bucket:
        armed = faulty.arm(Fault(**fault, **IMPORT))
        ended = faulty.sweep()
        assert untold(faulty, bucket)
        said = notes(faulty, ended)
        assert why in said, said
        assert faulty.account in said
        faulty.assert_news_are_found(bucket)
        faulty.world.emulator.faults.remove(armed)
        assert faulty.sweep().output["status"] == "COMPLETE"
        assert not untold(faulty, bucket)
    faulty.assert_all_is_as_before()


def test_a_hub_that_throttles_for_good_costs_no_coverage(faulty: Fragile) -> None:
    with faulty.news("payments-hub-throttled") as bucket:
        armed = faulty.arm(Fault("TooManyRequestsException", 429, **IMPORT))
        ended = faulty.sweep()
        assert faulty.statuses(ended) == dict.fromkeys(("s3", "kms", "sg"), "COMPLETE")
        said = notes(faulty, ended)
        assert "BatchImportFindings" in said, said
        assert "TooManyRequestsException" in said, said
        assert untold(faulty, bucket)
        faulty.assert_news_are_found(bucket)
        faulty.world.emulator.faults.remove(armed)
        assert faulty.sweep().output["status"] == "COMPLETE"
        assert not untold(faulty, bucket)
    faulty.assert_all_is_as_before()
