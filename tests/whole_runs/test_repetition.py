"""A sweep of an unchanged Organization gives the same findings."""

from __future__ import annotations

from collections import Counter

from organization import World
from organization.roles import function_role
from organization.sweeps import Ended, coverage, findings, sweep

READS = {
    "dynamodb:Query",
    "s3:GetObject",
    "secretsmanager:GetSecretValue",
    "sts:AssumeRole",
    "sts:GetCallerIdentity",
}
"""What aggregate does besides writing; imports to Security Hub are writes too."""


def test_a_second_run_finds_the_same_and_duplicates_nothing(world: World, run: Ended) -> None:
    before = {row["id"]: row for row in findings(world)}
    second = sweep(world)
    assert second.status == "SUCCEEDED", second.cause
    after = findings(world)
    assert len(after) == len({row["id"] for row in after}) == len(before)
    assert {row["id"] for row in after} == set(before)
    for row in after:
        assert row["first_observed_at"] == before[row["id"]]["first_observed_at"]
        assert row["status"] == before[row["id"]]["status"], (row, before[row["id"]])


def test_a_run_in_which_nothing_changed_writes_coverage_and_markers_only(
    world: World, run: Ended
) -> None:
    # A key lists the buckets of accounts that were aggregated after it from the next run on.
    sweep(world)
    before = {row["id"]: row for row in findings(world)}
    world.emulator.clear_calls()
    ended = sweep(world)
    aggregate = [
        call
        for call in world.emulator.calls()
        if call.role and call.role.endswith(function_role("aggregate"))
    ]
    rows = coverage(world, ended.run_id)
    scopes = [row for row in rows if row["service"] and row["status"] != "SKIPPED"]
    of_account = Counter(row["account"] for row in rows)
    written = Counter(call.action for call in aggregate if call.action not in READS)
    assert written == {
        # The rows of each account, 25 at a time, and the scores.
        "dynamodb:BatchWriteItem": sum(-(-count // 25) for count in of_account.values()) + 1,
        "dynamodb:PutItem": 1,
        # The marker of each scope, when it is begun and when it has been seen.
        "dynamodb:UpdateItem": 2 * len(scopes),
    }
    assert {row["id"]: row for row in findings(world)} == before


def test_nothing_secret_is_in_logs_or_reports(world: World, run: Ended) -> None:
    logs = "".join(
        world.emulator.function_log(f"orgsweep-{name}")
        for name in ("enumerate", "audit-s3", "audit-kms", "audit-sg", "aggregate")
    )
    s3 = world.client("s3")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=world.deployment.run_bucket)
    keys = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
    assert keys
    bodies = [
        s3.get_object(Bucket=world.deployment.run_bucket, Key=key)["Body"].read().decode()
        for key in keys
    ]
    assert run.run_id in logs
    for text in (logs, *bodies):
        for secret in ("SecretAccessKey", "secret_access_key", "SessionToken", "ASIA", "FwoGZ"):
            assert secret not in text
        assert '"Principal"' not in text, "a whole policy was written down"
