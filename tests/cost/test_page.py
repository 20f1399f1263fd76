"""The page is what the program says, and the program counts what the definition does."""

from __future__ import annotations

import json

import pytest

from cost import transitions
from cost.__main__ import MEASURED, PAGE
from cost.page import page
from cost.sums import amounts, dollars

MEASUREMENTS = json.loads(MEASURED.read_text())


def test_the_committed_page_is_the_programs() -> None:
    assert PAGE.read_text() == page(MEASUREMENTS), "run `make docs`"


@pytest.mark.parametrize("regions", [1, 3, 17])
def test_an_account_has_so_many_transitions_for_each_region(regions: int) -> None:
    per_region = transitions.of_account(2) - transitions.of_account(1)
    assert per_region == 6
    assert transitions.of_account(regions) == transitions.of_account(1) + per_region * (regions - 1)


def test_a_steady_run_reads_as_much_and_writes_little() -> None:
    first, steady = (amounts(MEASUREMENTS, 100, steady) for steady in (False, True))
    assert steady.calls == first.calls
    assert steady.transitions == first.transitions
    assert steady.written * 50 < first.written
    assert sum(dollars(steady).values()) < sum(dollars(first).values())


def test_ten_times_the_accounts_cost_ten_times_as_much() -> None:
    small, large = (sum(dollars(amounts(MEASUREMENTS, n, False)).values()) for n in (100, 1_000))
    assert large == pytest.approx(10 * small, rel=0.01)
