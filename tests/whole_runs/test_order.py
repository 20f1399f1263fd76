"""Runs that end in another order than they began, at once, or twice: the newest decides."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from organization import World
from organization.sweeps import Ended, coverage, findings, sweep

BUCKET = "payments-comes-and-goes"
CHOSEN = {"regions": {"include": ["us-east-1"]}, "services": ["s3", "kms"]}
CLOSED = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}


@pytest.fixture
def runs(world: World) -> Iterator[tuple[Ended, Ended]]:
    """An older run that sees a flawed bucket, and a newer one that sees it mended."""
    s3 = world.client("s3", account="payments")
    s3.create_bucket(Bucket=BUCKET)
    s3.delete_public_access_block(Bucket=BUCKET)
    older = sweep(world, CHOSEN)
    s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=CLOSED)
    newer = sweep(world, CHOSEN)
    yield older, newer
    s3.delete_bucket(Bucket=BUCKET)


def aggregate(world: World, ended: Ended) -> dict[str, Any]:
    """Aggregates payments again for a run, as a retry or a redrive of its child execution does."""
    account, run = world.accounts["payments"], ended.output["run"]
    prefix = f"runs/{run['id']}/accounts/{account}"
    s3 = world.client("s3")

    def parts(scope: str) -> dict[str, Any]:
        listed = s3.list_objects_v2(
            Bucket=world.deployment.run_bucket, Prefix=f"{prefix}/{scope}/part-"
        )
        return {"next": None, "parts": listed["KeyCount"]}

    state = {
        "run": run,
        "account": account,
        "services": ["s3", "kms"],
        "scopes": {
            "partition": "aws",
            "regions": ["us-east-1"],
            "skipped_regions": [],
            "audit": {"s3": True, "kms": True, "sg": False},
        },
        "audits": {
            "s3": parts("s3/global"),
            "kms": [{"region": "us-east-1", "progress": parts("kms/us-east-1")}],
            "sg": [],
        },
    }
    payload = json.dumps({"task": "account", "state": state})
    answer = world.client("lambda").invoke(FunctionName="orgsweep-aggregate", Payload=payload)
    return dict(json.loads(answer["Payload"].read()))


def standing(world: World) -> dict[str, Any]:
    """Every finding but what Security Hub knows of it."""
    rows = {row["id"]: dict(row) for row in findings(world)}
    for row in rows.values():
        row.pop("imported_at", None)
    return rows


def test_the_newest_run_decides_whatever_is_repeated_late_or_at_once(
    world: World, runs: tuple[Ended, Ended]
) -> None:
    older, newer = runs
    settled = standing(world)
    mended = [
        row
        for row in settled.values()
        if row["resource"].endswith(BUCKET) and row["control"] == "S3.8"
    ]
    assert [(row["state"], row["resolution"]) for row in mended] == [("RESOLVED", "FIXED")]

    again = aggregate(world, newer)
    assert again["findings"]["resolved"] > 0, "a repeated invocation answers what the first did"
    assert standing(world) == settled

    late = aggregate(world, older)
    assert sum(late["findings"].values()) == 0
    assert standing(world) == settled
    noted = [row for row in coverage(world, older.run_id) if row.get("notes")]
    notes = [note for row in noted for note in row["notes"]]
    assert any("a newer run writes" in note for note in notes)

    turns = [older, newer, older, newer]
    threads = [threading.Thread(target=aggregate, args=(world, ended)) for ended in turns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert standing(world) == settled
