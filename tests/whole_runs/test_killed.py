"""Functions that are killed after they have written something and before they return."""

from __future__ import annotations

import pytest

from emulator import Fault
from organization.fragile import Fragile


@pytest.mark.parametrize("scope", ["s3/global", "kms/us-east-1", "sg/us-east-1"])
def test_an_auditor_killed_between_report_and_return_is_run_again(
    faulty: Fragile, scope: str
) -> None:
    report = f"{faulty.account}/{scope}"
    faulty.arm(Fault(kind="kill", service="s3", operation="PutObject", resource=report, times=1))
    ended = faulty.sweep()
    assert faulty.struck() == [1]
    assert ended.output["status"] == "COMPLETE", ended.output
    faulty.assert_findings_are_as_before()


def test_an_auditor_that_is_killed_again_and_again_is_a_gap_of_its_scope(faulty: Fragile) -> None:
    report = f"{faulty.account}/sg/us-east-1"
    faulty.arm(Fault(kind="kill", service="s3", operation="PutObject", resource=report))
    ended = faulty.sweep()
    assert ended.output["status"] == "PARTIAL"
    (row,) = faulty.rows(ended, "FAILED")
    assert (row["region"], row["service"]) == ("us-east-1", "sg")
    assert "Runtime.ExitError" in row["reason"], row
    faulty.assert_nothing_is_lost()
    seen = faulty.seen_whole(ended)
    assert not seen["us-east-1#sg"]
    assert seen["us-east-1#kms"]
    faulty.assert_all_is_as_before()


@pytest.mark.parametrize("operation", ["TransactWriteItems", "BatchWriteItem"])
def test_an_aggregation_killed_after_its_writes_is_run_again(
    faulty: Fragile, operation: str
) -> None:
    with faulty.news(f"payments-killed-{operation.lower()}") as bucket:
        faulty.arm(Fault(kind="kill", service="dynamodb", operation=operation, times=1))
        ended = faulty.sweep()
        assert faulty.struck() == [1]
        assert ended.output["status"] == "COMPLETE", ended.output
        faulty.assert_news_are_found(bucket)
    faulty.assert_all_is_as_before()


def test_a_run_killed_after_its_summary_is_summed_up_again(faulty: Fragile) -> None:
    faulty.arm(Fault(kind="kill", service="dynamodb", operation="PutItem", times=1))
    ended = faulty.sweep()
    assert faulty.struck() == [1]
    assert ended.output["status"] == "COMPLETE", ended.output
    faulty.assert_findings_are_as_before()


def test_an_enumeration_killed_after_it_wrote_the_accounts_is_run_again(faulty: Fragile) -> None:
    faulty.arm(
        Fault(kind="kill", service="s3", operation="PutObject", resource="accounts.json", times=1)
    )
    ended = faulty.sweep()
    assert faulty.struck() == [1]
    assert ended.output["status"] == "COMPLETE", ended.output
    faulty.assert_findings_are_as_before()
