"""Scores: how much of each standard holds, counted again from the coverage rows."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any

from organization import World
from organization.deploy import ROOT
from organization.sweeps import Ended, items

STANDARD = "cis-aws/5.0.0"


def shown(world: World, cli: Path, *words: str) -> str:
    """What `orgsweep standards` prints to the operator."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **world.environment()}
    words = (str(cli), "standards", *words)
    answer = subprocess.run(
        words, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def controls() -> set[str]:
    """The controls that the standard names."""
    standard = json.loads((ROOT / "policies/standards/cis_aws_5.0.0.json").read_text())[STANDARD]
    return {control for it in standard["requirements"] for control in it["controls"]}


def ledger(world: World, run: Ended) -> list[dict[str, Any]]:
    """The coverage rows of the run."""
    rows = items(world, world.deployment.runs_table)
    return [row["document"] for row in rows if row["pk"] == f"RUN#{run.run_id}"]


def counted(rows: list[dict[str, Any]]) -> tuple[int, int, int]:
    """Passed, failed and not available controls of the standard; scopes cut short hide some."""
    service = {"S3": "s3", "KM": "kms", "EC": "sg"}
    cut = {row["service"] for row in rows if row["status"] == "FAILED" or row["ended_early"]}
    found = {"passed": 0, "failed": 0, "not_available": 0}
    for control in controls():
        stands = [
            verdict
            for verdict in ("failed", "not_available", "passed")
            if any(row[verdict].get(control) for row in rows)
        ]
        if service[control[:2]] in cut and "failed" not in stands:
            stands = ["not_available"]
        if stands:
            found[stands[0]] += 1
    return found["passed"], found["failed"], found["not_available"]


def of_standard(scores: list[dict[str, Any]]) -> tuple[int, int, int]:
    """Passed, failed and not available controls of the standard, as a score says."""
    score = next(score for score in scores if score["standard"] == STANDARD)
    return score["passed"], score["failed"], score["not_available"]


def test_the_scores_are_those_of_the_ledger(world: World, run: Ended, cli: Path) -> None:
    scores = json.loads(shown(world, cli, "--run", run.run_id, "--output", "json"))
    rows = ledger(world, run)
    seen = [row for row in rows if row["service"]]
    for account in scores["accounts"]:
        own = [row for row in seen if row["account"] == account["account"]]
        assert of_standard(account["scores"]) == counted(own), account["account_name"]
    in_scope = {row["account"] for row in rows if row["status"] != "SKIPPED"}
    assert {account["account"] for account in scores["accounts"]} == in_scope


def test_the_organization_and_an_account_that_refused(world: World, run: Ended, cli: Path) -> None:
    scores = json.loads(shown(world, cli, "--run", run.run_id, "--output", "json"))
    assert run.output["standards"] == scores["organization"]
    passed, failed, not_available = of_standard(scores["organization"])
    assert passed + failed + not_available == len(controls())
    accounts = {it["account_name"]: of_standard(it["scores"]) for it in scores["accounts"]}
    assert accounts["acquired"] == (0, 0, 0)
    assert "nothing was judged" in shown(
        world, cli, "--run", run.run_id, "--account", world.accounts["acquired"]
    )


def test_csv_has_a_line_per_account_and_standard(world: World, run: Ended, cli: Path) -> None:
    text = shown(world, cli, "--run", run.run_id, "--output", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    standards = {row["standard"] for row in rows}
    accounts = {row["account"] for row in rows}
    assert len(rows) == len(standards) * len(accounts)
    assert STANDARD in standards and "" in accounts
