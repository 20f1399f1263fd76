"""A sweep that an OPA server judges finds the same, and loses nothing when the server is down."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from organization import Settings, World, build
from organization.deploy import ROOT
from organization.sweeps import Ended, coverage, findings, sweep
from whole_runs.conftest import BIN_DIR

SERVER = ROOT / "tests" / "opa" / "server.py"
TOKEN = "a-token-that-no-log-may-hold"
COMPARED = ("payments", "analytics", "log-archive")
"""The accounts whose estate does not depend on the settings of the world."""


@dataclass
class Judged:
    """A world whose functions ask an OPA server, its first sweep, and one without the server."""

    world: World
    first: Ended
    found: list[dict[str, Any]]
    down: Ended


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    folder = tmp_path_factory.mktemp("opa")
    token = folder / "token"
    token.write_text(TOKEN)
    server = subprocess.Popen(
        [sys.executable, str(SERVER)],
        env={"OPA_TOKEN": TOKEN},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout and server.stdin
        url = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        environment = {"OPA_URL": url, "OPA_TOKEN_FILE": str(token)}
        settings = Settings(security_hub="off", sandbox_buckets=2, environment=environment)
        with build(folder / "world", BIN_DIR, settings) as world:
            first = sweep(world)
            found = findings(world)
            server.stdin.close()
            server.wait(timeout=30)
            yield Judged(world, first, found, sweep(world))
    finally:
        server.kill()


def verdicts(world: World, found: list[dict[str, Any]]) -> dict[str, tuple[str, str, str]]:
    """Status, severity and reason by id."""
    accounts = {world.accounts[name] for name in COMPARED}
    return {
        row["id"]: (row["status"], row["severity"], row["reason"])
        for row in found
        if row["account"] in accounts
    }


def test_the_server_finds_what_the_functions_find(judged: Judged, world: World, run: Ended) -> None:
    assert run.status == judged.first.status == "SUCCEEDED", judged.first.cause
    expected = verdicts(world, findings(world))
    assert len(expected) > 100
    assert verdicts(judged.world, judged.found) == expected


def test_without_the_server_nothing_passes_and_nothing_is_resolved(judged: Judged) -> None:
    assert judged.down.status == "SUCCEEDED", judged.down.cause
    assert judged.down.output["status"] == "PARTIAL"
    after = {row["id"]: row for row in findings(judged.world)}
    for row in judged.found:
        assert after[row["id"]]["status"] in {"FAILED", "NOT_AVAILABLE"}
        assert after[row["id"]]["state"] == row["state"], row["id"]


def test_without_the_server_every_scope_is_partial_and_says_what_was_not_answered(
    judged: Judged,
) -> None:
    rows = coverage(judged.world, judged.down.run_id)
    seen = [row for row in rows if row["status"] != "SKIPPED" and row["resources"]]
    assert len(seen) > 5
    for row in seen:
        assert row["status"] == "PARTIAL", row
        assert "Unreachable" in row["reason"], row["reason"]
        assert row["passed"] == {}, row


def test_no_log_holds_the_token(judged: Judged) -> None:
    logs = list((judged.world.emulator.data_dir / "logs").glob("lambda-*"))
    assert logs
    assert not [path for path in logs if TOKEN in path.read_text(errors="ignore")]
