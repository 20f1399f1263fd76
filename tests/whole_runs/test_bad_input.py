"""Bad input ends a run with an error that names it, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from organization import World
from organization.sweeps import Ended, items, sweep


def written(world: World) -> tuple[int, int, int]:
    """How much the run bucket and the tables hold."""
    pages = world.client("s3").get_paginator("list_objects_v2")
    objects = sum(
        page.get("KeyCount", 0) for page in pages.paginate(Bucket=world.deployment.run_bucket)
    )
    tables = (world.deployment.findings_table, world.deployment.runs_table)
    findings, runs = (len(items(world, table)) for table in tables)
    return objects, findings, runs


@pytest.mark.parametrize(
    ("bad", "error", "named"),
    [
        ({"acounts": {"include": []}}, "InvalidRequest", "acounts"),
        ({"accounts": {"include": ["12345"]}}, "InvalidRequest", "`12345` is not an account id"),
        ({"accounts": {"include": ["000000000000"]}}, "InvalidRequest", "000000000000"),
        ({"regions": {"include": ["mars"]}}, "InvalidRequest", "`mars` is not a region"),
        ({"services": ["rds"]}, "InvalidRequest", "rds"),
        ({"organizational_units": {"include": ["ou-1"]}}, "InvalidRequest", "ou-1"),
    ],
)
def test_a_bad_input_is_named_and_writes_nothing(
    world: World, run: Ended, bad: dict[str, Any], error: str, named: str
) -> None:
    before = written(world)
    ended = sweep(world, bad)
    assert ended.status == "FAILED"
    assert ended.error == error
    assert named in ended.cause
    assert written(world) == before


def test_a_sweep_of_nobody_is_an_error(world: World, run: Ended) -> None:
    before = written(world)
    ended = sweep(world, {"accounts": {"include": [world.accounts["retired"]]}})
    assert ended.status == "FAILED"
    assert ended.error == "NoAccounts"
    assert written(world) == before
