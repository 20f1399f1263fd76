"""A sweep that an OPA server judges finds the same, and loses nothing when the server is down."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from organization import REGIONS, Settings, World, build
from organization.deploy import ROOT
from organization.sweeps import Ended, coverage, findings, sweep
from organization.versions import changed, variables
from whole_runs.conftest import BIN_DIR

SERVER = ROOT / "tests" / "opa" / "server.py"
TOKEN = "a-token-that-no-log-may-hold"
SWEPT = ("payments", "analytics", "log-archive")
JUDGES = ("audit-s3", "audit-kms", "audit-sg", "aggregate")


@dataclass(frozen=True)
class Seen:
    """A sweep, and the findings and coverage that it left."""

    ended: Ended
    findings: dict[str, dict[str, Any]]
    coverage: list[dict[str, Any]]


@dataclass(frozen=True)
class Judged:
    """A world that its own functions judge first, then an OPA server, then one that is down."""

    world: World
    embedded: Seen
    served: Seen
    down: Seen


@contextmanager
def served() -> Iterator[str]:
    """The address of an OPA server that demands the token."""
    server = subprocess.Popen(
        [sys.executable, str(SERVER)],
        env={"OPA_TOKEN": TOKEN},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout and server.stdin
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        server.stdin.close()
        server.wait(timeout=30)
    finally:
        server.kill()


def seen(world: World) -> Seen:
    """What a sweep of a part of the Organization finds."""
    accounts = [world.accounts[name] for name in SWEPT]
    chosen = {"accounts": {"include": accounts}, "regions": {"include": list(REGIONS)}}
    ended = sweep(world, chosen)
    assert ended.status == "SUCCEEDED", ended.cause
    rows = {row["id"]: row for row in findings(world)}
    return Seen(ended, rows, coverage(world, ended.run_id))


@contextmanager
def handed_over(world: World, **more: str) -> Iterator[None]:
    """Deploys the functions that judge with more variables."""
    with ExitStack() as deployed:
        for name in JUDGES:
            environment = variables(world, name, **more)
            deployed.enter_context(changed(world, name, Environment=environment))
        yield


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    folder: Path = tmp_path_factory.mktemp("opa")
    token = folder / "token"
    token.write_text(TOKEN)
    settings = Settings(security_hub="off", sandbox_buckets=2)
    with build(folder / "world", BIN_DIR, settings) as world:
        embedded = seen(world)
        with ExitStack() as until_it_is_down:
            url = until_it_is_down.enter_context(served())
            with handed_over(world, OPA_URL=url, OPA_TOKEN_FILE=str(token)):
                asked = seen(world)
                until_it_is_down.close()
                down = seen(world)
        yield Judged(world, embedded, asked, down)


def test_the_server_finds_what_the_functions_find(judged: Judged) -> None:
    assert len(judged.embedded.findings) > 100
    assert judged.served.findings == judged.embedded.findings
    assert verdicts(judged.served) == verdicts(judged.embedded)


def verdicts(seen: Seen) -> dict[tuple[str, str, str], tuple[Any, ...]]:
    """How many verdicts of each status every scope has."""
    return {
        (row["account"], row.get("region", ""), row.get("service", "")): (
            row["status"],
            row["passed"],
            row["failed"],
        )
        for row in seen.coverage
    }


def test_without_the_server_nothing_passes_and_nothing_is_resolved(judged: Judged) -> None:
    assert judged.down.ended.output["status"] == "PARTIAL"
    for identity, row in judged.served.findings.items():
        after = judged.down.findings[identity]
        assert after["status"] in {"FAILED", "NOT_AVAILABLE"}
        assert after["state"] == row["state"], identity


def test_without_the_server_every_scope_is_partial_and_says_what_was_not_answered(
    judged: Judged,
) -> None:
    looked_at = [row for row in judged.down.coverage if row["status"] != "SKIPPED"]
    looked_at = [row for row in looked_at if row["resources"]]
    assert len(looked_at) > 5
    for row in looked_at:
        assert row["status"] == "PARTIAL", (row["region"], row["service"], row["reason"])
        assert "Unreachable" in row["reason"], row["reason"]
        assert row["passed"] == {}, row


def test_no_log_holds_the_token(judged: Judged) -> None:
    logs = list((judged.world.emulator.data_dir / "logs").glob("lambda-*"))
    assert logs
    assert not [path for path in logs if TOKEN in path.read_text(errors="ignore")]
