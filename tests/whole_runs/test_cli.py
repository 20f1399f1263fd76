"""The command line against the emulated Organization, as its operator uses it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from organization import World
from organization.layout import AUDIT_ROLE, MANAGEMENT_ID
from organization.roles import role_arn
from organization.sweeps import Ended, findings


def orgsweep(cli: Path, environment: dict[str, str], *words: str) -> Any:
    """Runs `orgsweep … --output json` and returns what it printed."""
    answer = subprocess.run(
        [str(cli), *words, "--output", "json"],
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


@pytest.fixture
def operator(world: World) -> dict[str, str]:
    """The operator's environment."""
    return world.environment()


def test_findings_are_those_of_the_table(
    world: World, run: Ended, cli: Path, operator: dict[str, str]
) -> None:
    shown = orgsweep(cli, operator, "findings", "--severity", "CRITICAL", "--limit", "1000")
    stored = {
        row["id"]
        for row in findings(world)
        if (row["severity"], row["status"], row["state"]) == ("CRITICAL", "FAILED", "OPEN")
    }
    assert stored
    assert {row["id"] for row in shown["items"]} == stored
    assert shown["next"] is None


def test_coverage_names_what_was_not_seen(
    world: World, run: Ended, cli: Path, operator: dict[str, str]
) -> None:
    shown = orgsweep(cli, operator, "coverage", "--run", run.run_id, "--limit", "500")
    text = json.dumps(shown)
    for named in (world.accounts["acquired"], world.accounts["retired"], "AssumeRoleDenied"):
        assert named in text


def test_runs_are_listed_newest_first(run: Ended, cli: Path, operator: dict[str, str]) -> None:
    ids = [row["run"]["id"] for row in orgsweep(cli, operator, "runs")["items"]]
    assert run.run_id in ids
    assert ids == sorted(ids, reverse=True)


def as_auditor(world: World) -> dict[str, str]:
    """Credentials that may assume the audit roles: those of a function."""
    credentials = world.emulator.credentials(role_arn("orgsweep-audit-s3"), "auditor")
    return world.emulator.environment(credentials)


def audit(world: World, cli: Path, account: str, *words: str) -> Any:
    """`orgsweep audit` of one account through its audit role."""
    role = role_arn(AUDIT_ROLE, world.accounts[account])
    identity = ("--role-arn", role, "--external-id", world.external_id)
    return orgsweep(cli, as_auditor(world), "audit", *identity, *words)


def test_an_audit_of_one_account_judges_as_the_sweep_does(
    world: World, run: Ended, cli: Path
) -> None:
    answer = audit(
        world, cli, "payments", "--region", "us-east-1", "--region", "eu-west-1",
        "--region", "eu-central-1",
    )  # fmt: skip
    fields = {"control", "resource", "account", "region", "status", "severity", "reason"}
    assert {frozenset(verdict) for verdict in answer["verdicts"]} == {frozenset(fields)}
    failed = {
        (verdict["control"], verdict["resource"])
        for verdict in answer["verdicts"]
        if verdict["status"] == "FAILED"
    }
    stored = {
        (row["control"], row["resource"])
        for row in findings(world)
        if row["account"] == world.accounts["payments"]
        and row["status"] == "FAILED"
        and row["state"] == "OPEN"
    }
    assert failed == stored
    assert any(verdict["status"] == "PASSED" for verdict in answer["verdicts"])
    assert answer["gaps"] == []


def test_an_audit_names_what_it_could_not_read(world: World, cli: Path) -> None:
    answer = audit(world, cli, "analytics", "--region", "us-east-1", "--region", "eu-central-1")
    gaps = {
        (gap["service"], gap["region"], gap["resource"], gap["operation"], gap["code"])
        for gap in answer["gaps"]
    }
    sealed = "arn:aws:s3:::analytics-sealed"
    assert ("s3", "us-east-1", sealed, "GetBucketPolicy", "AccessDenied") in gaps
    assert ("kms", "eu-central-1", None, "ListKeys", "AccessDeniedException") in gaps
    told = {
        verdict["control"]: verdict["status"]
        for verdict in answer["verdicts"]
        if verdict["resource"] == sealed and verdict["control"] in ("S3.2", "S3.5", "S3.6")
    }
    # S3.2 passes: Block Public Access is on, so that no policy could publish the bucket.
    assert told == {"S3.2": "PASSED", "S3.5": "NOT_AVAILABLE", "S3.6": "NOT_AVAILABLE"}


def test_an_audit_writes_nothing(world: World, run: Ended, cli: Path) -> None:
    world.emulator.clear_calls()
    audit(world, cli, "log-archive", "--service", "s3", "--region", "us-east-1")
    operations = {call.operation for call in world.emulator.calls()}
    assert "ListBuckets" in operations
    reads = ("Get", "List", "Describe", "Head", "AssumeRole")
    assert all(operation.startswith(reads) for operation in operations), operations


def test_exit_codes_serve_pipelines(world: World, cli: Path) -> None:
    role = role_arn(AUDIT_ROLE, world.accounts["payments"])
    command = [str(cli), "audit", "--role-arn", role, "--external-id", world.external_id]
    command += ["--service", "sg", "--region", "us-east-1", "--output", "json", "--exit-code"]
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **as_auditor(world)}
    answer = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert answer.returncode == 3, answer.stderr


def test_a_refused_role_is_an_error_that_names_the_account(world: World, cli: Path) -> None:
    account = world.accounts["acquired"]
    command = [str(cli), "audit", "--role-arn", role_arn(AUDIT_ROLE, account)]
    command += ["--external-id", world.external_id, "--output", "json"]
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **as_auditor(world)}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert account in answer.stderr and "AssumeRole" in answer.stderr
    assert answer.stdout == ""


def test_a_sweep_is_started_and_watched(world: World, cli: Path, operator: dict[str, str]) -> None:
    chosen = json.dumps({"accounts": {"include": [MANAGEMENT_ID]}, "services": ["kms"]})
    command = [str(cli), "runs", "start", "--input", chosen, "--watch"]
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **operator}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert ":execution:" in answer.stdout
    newest = orgsweep(cli, operator, "runs", "--limit", "1")
    assert newest["items"][0]["accounts"] == 1
