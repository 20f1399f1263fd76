"""The operator's own policies: a folder of the layer, judged beside ours, whatever is in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from organization import Settings, World, build
from organization.deploy import ROOT
from organization.layout import AUDIT_ROLE
from organization.roles import role_arn
from organization.sweeps import Ended, coverage, findings, sweep
from whole_runs.conftest import BIN_DIR
from whole_runs.test_cli import as_auditor

EXAMPLE = ROOT / "docs" / "custom-policies"
CONTROL = "ACME-S3.1"
HOSTILE = {
    "s3/nested.rego": "package controls.s3.nested\n\nx := " + "[" * 9000,
    "kms/endless.rego": """package controls.kms.endless

control := {"id": "ACME-KMS.1", "title": "Endless", "severity": "LOW", "resource_type": "AwsKmsKey",
  "reads": ["tags"], "rationale": "It calls itself.",
  "remediation": {"text": "Mend it.", "url": "https://docs.example.com/"}}

f(x) := f(x)

verdict := {"status": "FAILED", "reason": f(1)}
""",
}


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the functions read: the documented example, and two hostile policies."""
    layer = tmp_path_factory.mktemp("layer")
    shutil.copytree(EXAMPLE, layer / "policies")
    for path, text in HOSTILE.items():
        (layer / "policies" / path).parent.mkdir(exist_ok=True)
        (layer / "policies" / path).write_text(text)
    return layer


@pytest.fixture(scope="module")
def world(layer: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A small Organization whose functions read this folder."""
    settings = Settings(sandbox_buckets=2, environment={"CONFIG_DIR": str(layer)})
    with build(tmp_path_factory.mktemp("world"), BIN_DIR, settings) as running:
        yield running


@pytest.fixture(scope="module")
def run(world: World) -> Ended:
    """Its first sweep."""
    return sweep(world)


def own(world: World, state: str) -> list[dict]:
    """Findings of the custom control in this state."""
    return [it for it in findings(world) if it["control"] == CONTROL and it["state"] == state]


def test_the_example_judges_and_nothing_else_is_lost(world: World, run: Ended) -> None:
    assert run.status == "SUCCEEDED", run.cause
    assert own(world, "OPEN")
    assert len({it["control"] for it in findings(world)}) > 50


def test_what_is_hostile_is_named_in_the_coverage_and_nothing_is_less_complete(
    world: World, run: Ended
) -> None:
    account = world.accounts["payments"]
    rows = [row for row in coverage(world, run.run_id) if row["account"] == account]
    for row in (row for row in rows if row["status"] != "SKIPPED"):
        notes = "\n".join(row.get("notes", []))
        assert row["status"] == "COMPLETE", row
        assert ("s3/nested.rego" in notes) == (row["service"] == "s3")
        assert ("kms/endless.rego" in notes) == (row["service"] == "kms")


def test_security_hub_is_told_of_the_custom_control(world: World, run: Ended) -> None:
    hub = world.client("securityhub", "eu-west-1", "payments")
    pages = hub.get_paginator("get_findings").paginate()
    titles = {it["Title"] for page in pages for it in page["Findings"]}
    assert any("name the team that owns them" in title for title in titles)


def test_the_command_line_judges_by_the_same_folder(world: World, run: Ended, cli: Path) -> None:
    role = role_arn(AUDIT_ROLE, world.accounts["payments"])
    command = [str(cli), "audit", "--role-arn", role, "--external-id", world.external_id]
    command += ["--service", "s3", "--region", "eu-west-1", "--output", "json"]
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **as_auditor(world)}
    answer = subprocess.run(
        [*command, "--policies", str(EXAMPLE)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    account = world.accounts["payments"]
    seen = {
        it["resource"]
        for it in json.loads(answer.stdout)["verdicts"]
        if (it["control"], it["status"], it["region"]) == (CONTROL, "FAILED", "eu-west-1")
    }
    assert seen
    assert seen <= {it["resource"] for it in own(world, "OPEN") if it["account"] == account}
