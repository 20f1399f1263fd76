"""Writes to the tables of which only a part is done, or none."""

from __future__ import annotations

import json

from emulator import Fault
from organization.fragile import Fragile

LEFT_OVER = {"kind": "part", "items": 1, "service": "dynamodb", "operation": "BatchWriteItem"}
CONFLICT = {
    "code": "TransactionCanceledException",
    "service": "dynamodb",
    "operation": "TransactWriteItems",
    "body": json.dumps(
        {
            "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
            "Message": "Transaction cancelled",
            "CancellationReasons": [{"Code": "None"}, {"Code": "TransactionConflict"}],
        }
    ),
}


def test_rows_that_a_batch_leaves_over_are_written_again(faulty: Fragile) -> None:
    whole = faulty.sweep()
    faulty.arm(Fault(**LEFT_OVER, times=3))
    ended = faulty.sweep()
    assert faulty.struck() == [3]
    assert ended.output["status"] == "COMPLETE", (ended.cause, ended.output)
    assert faulty.statuses(ended) == faulty.statuses(whole)
    assert ended.output["counts"]["scopes"] == whole.output["counts"]["scopes"]
    faulty.assert_findings_are_as_before()


def test_a_ledger_that_cannot_be_written_whole_is_no_run_at_all(faulty: Fragile) -> None:
    faulty.arm(Fault(**LEFT_OVER))
    ended = faulty.sweep()
    assert (ended.status, ended.error) == ("FAILED", "Throttled")
    assert "UnprocessedItems" in ended.cause
    faulty.assert_nothing_is_lost()
    faulty.assert_all_is_as_before()


def test_transactions_that_conflict_for_a_while_are_tried_again(faulty: Fragile) -> None:
    with faulty.news("payments-conflict") as bucket:
        faulty.arm(Fault(**CONFLICT, times=3))
        ended = faulty.sweep()
        assert faulty.struck() == [3]
        assert ended.output["status"] == "COMPLETE", (ended.cause, ended.output)
        faulty.assert_news_are_found(bucket)
    faulty.assert_all_is_as_before()


def test_an_account_whose_transactions_conflict_for_good_is_not_aggregated(
    faulty: Fragile,
) -> None:
    with faulty.news("payments-conflicts") as bucket:
        armed = faulty.arm(Fault(**CONFLICT))
        ended = faulty.sweep()
        assert ended.output["status"] == "PARTIAL", (ended.cause, ended.output)
        (row,) = faulty.rows(ended)
        assert (row["status"], row["service"]) == ("FAILED", None)
        assert "not aggregated" in row["reason"]
        faulty.assert_nothing_is_lost()
        faulty.world.emulator.faults.remove(armed)
        assert faulty.sweep().output["status"] == "COMPLETE"
        faulty.assert_news_are_found(bucket)
    faulty.assert_all_is_as_before()
