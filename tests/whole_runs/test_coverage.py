"""What a run says it saw, and what it says it did not see and why."""

from __future__ import annotations

from typing import Any

from emulator import Call
from organization import REGIONS, World
from organization.sweeps import Ended, coverage, sweep


def rows_of(world: World, run: Ended, account: str) -> list[dict[str, Any]]:
    """The coverage rows of one account, by its name."""
    rows = coverage(world, run.run_id)
    return [row for row in rows if row["account"] == world.accounts[account]]


def scopes(rows: list[dict[str, Any]]) -> dict[tuple[str | None, str | None], str]:
    """Status by region and service."""
    return {(row.get("region"), row.get("service")): row["status"] for row in rows}


def test_a_run_that_did_not_see_everything_is_partial_and_says_why(run: Ended) -> None:
    assert run.status == "SUCCEEDED", run.cause
    assert run.output["status"] == "PARTIAL"
    assert any("AssumeRoleDenied" in reason for reason in run.output["reasons"])


def test_every_scope_of_a_readable_account_is_complete(world: World, run: Ended) -> None:
    wanted = {(None, "s3"): "COMPLETE"}
    wanted |= {(region, service): "COMPLETE" for region in REGIONS for service in ("kms", "sg")}
    seen = scopes(rows_of(world, run, "payments"))
    assert {scope: status for scope, status in seen.items() if status != "SKIPPED"} == wanted


def test_every_row_names_its_account(world: World, run: Ended) -> None:
    names = {
        (row["account"], row["account_name"])
        for row in coverage(world, run.run_id)
        if row["account"] != world.accounts["management"]
    }
    ids = {(number, name) for name, number in world.accounts.items() if name != "management"}
    assert names == ids


def test_regions_left_out_by_the_input_are_skipped_rows(world: World, run: Ended) -> None:
    skipped = [row for row in rows_of(world, run, "payments") if row["status"] == "SKIPPED"]
    assert {row["region"] for row in skipped}.isdisjoint(REGIONS)
    assert len(skipped) > 5
    assert all(row["reason"] for row in skipped)


def test_an_account_that_refuses_the_role_is_one_failed_row(world: World, run: Ended) -> None:
    (row,) = rows_of(world, run, "acquired")
    assert row["status"] == "FAILED"
    assert row["reason"].startswith("AssumeRoleDenied")
    assert world.accounts["acquired"] in row["reason"]
    assert "AssumeRole" in row["reason"]


def test_a_suspended_account_is_skipped_with_its_state(world: World, run: Ended) -> None:
    (row,) = rows_of(world, run, "retired")
    assert row["status"] == "SKIPPED"
    assert "SUSPENDED" in row["reason"]


def test_a_region_where_kms_is_denied_fails_alone(world: World, run: Ended) -> None:
    seen = scopes(rows_of(world, run, "analytics"))
    assert seen["eu-central-1", "kms"] == "FAILED"
    assert seen["eu-west-1", "kms"] == "COMPLETE"
    assert seen["eu-central-1", "sg"] == "COMPLETE"
    (row,) = [
        row
        for row in rows_of(world, run, "analytics")
        if row["service"] == "kms" and row["region"] == "eu-central-1"
    ]
    for part in ("AccessDenied", "ListKeys", "eu-central-1", world.accounts["analytics"]):
        assert part in row["reason"], row["reason"]


def test_a_denied_bucket_policy_is_a_gap_of_that_bucket(world: World, run: Ended) -> None:
    (row,) = [row for row in rows_of(world, run, "analytics") if row["service"] == "s3"]
    assert row["status"] == "PARTIAL"
    gaps = [(gap["resource"], gap["operation"], gap["code"]) for gap in row["gaps"]]
    assert ("arn:aws:s3:::analytics-sealed", "GetBucketPolicy", "AccessDenied") in gaps
    assert {resource for resource, _, _ in gaps} == {"arn:aws:s3:::analytics-sealed"}


def test_a_sweep_of_readable_accounts_is_complete(world: World, run: Ended) -> None:
    accounts = [world.accounts["payments"], world.accounts["log-archive"]]
    chosen = {"accounts": {"include": accounts}, "regions": {"include": list(REGIONS)}}
    ended = sweep(world, chosen)
    assert ended.status == "SUCCEEDED", ended.cause
    assert ended.output["status"] == "COMPLETE", ended.output
    assert ended.run_id > run.run_id
    swept = {row["account"] for row in coverage(world, ended.run_id) if row["service"]}
    assert swept == set(accounts)


def test_no_permission_was_missing_but_those_denied_on_purpose(
    world: World, calls: list[Call]
) -> None:
    refused = {
        (call.action, call.account)
        for call in calls
        if call.decision == "denied" or (call.error or "").startswith("AccessDenied")
    }
    analytics, acquired = world.accounts["analytics"], world.accounts["acquired"]
    on_purpose = {
        ("s3:GetBucketPolicy", analytics),
        ("s3:GetBucketPolicyStatus", analytics),
        ("s3:ListBucket", analytics),
        # the bucket under a name of SageMaker AI that somebody else took
        ("s3:ListBucket", world.accounts["payments"]),
        ("kms:ListKeys", analytics),
        ("kms:ListAliases", analytics),
        ("sts:AssumeRole", world.accounts["management"]),
        ("sts:AssumeRole", acquired),
    }
    assert refused <= on_purpose
