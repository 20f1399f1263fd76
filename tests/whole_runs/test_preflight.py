"""What must be in place before a first run, with several things that are not."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from emulator import Credentials
from organization import REGIONS, World
from organization.layout import AUDIT_ROLE, MANAGEMENT_ID
from organization.roles import allow, create_role, role_arn

STACK_SETS = "member.org.stacksets.cloudformation.amazonaws.com"
NOT_READY = 6


def preflight(
    world: World, cli: Path, credentials: Credentials, *words: str
) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and points of `orgsweep preflight` with these credentials."""
    regions = [word for region in REGIONS for word in ("--region", region)]
    answer = subprocess.run(
        [str(cli), "preflight", *regions, "--output", "json", *words],
        env={
            "PATH": os.environ["PATH"],
            "HOME": "/nonexistent",
            **world.emulator.environment(credentials),
            "AUDIT_ROLE_NAME": AUDIT_ROLE,
            "EXTERNAL_ID": world.external_id,
            "FINDINGS_TABLE": world.deployment.findings_table,
            "RUNS_TABLE": world.deployment.runs_table,
            "RUN_BUCKET": world.deployment.run_bucket,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert answer.stdout, answer.stderr
    return answer.returncode, json.loads(answer.stdout)


def states(points: list[dict[str, Any]], about: str) -> dict[str, str]:
    """State by place of the points about something."""
    return {point["place"]: point["state"] for point in points if point["about"] == about}


def function(world: World) -> Credentials:
    """The credentials of a function that may list accounts and enter them."""
    return world.emulator.credentials(role_arn("orgsweep-enumerate"), "preflight")


def test_what_stands_in_the_way_is_named_with_what_to_do(world: World, cli: Path) -> None:
    world.emulator.clear_calls()
    code, points = preflight(world, cli, function(world))
    assert code == NOT_READY
    roles = states(points, "audit_role")
    shut = [place for place, state in roles.items() if state == "NOT_READY"]
    assert shut == [f"{world.accounts['acquired']} (acquired)"]
    (todo,) = [point["todo"] for point in points if point["place"] == shut[0]]
    assert AUDIT_ROLE in todo

    assert set(states(points, "organization").values()) == {"READY"}
    assert states(points, "trusted_access") == {STACK_SETS: "UNKNOWN"}
    assert states(points, "delegation") == {MANAGEMENT_ID: "READY"}
    hubs = states(points, "security_hub")
    assert len(hubs) == (len(roles) - 1) * len(REGIONS)
    assert {call.action for call in world.emulator.calls()} >= {"securityhub:DescribeHub"}
    # The role of a function may not ask the tables: that says nothing of them.
    assert states(points, "table")[world.deployment.runs_table] == "UNKNOWN"
    assert all(point["todo"] for point in points if point["state"] != "READY")


def test_hubs_are_told_apart_and_a_missing_bucket_is_named(world: World, cli: Path) -> None:
    _, points = preflight(world, cli, function(world))
    enabled = {f"{world.accounts['payments']} (payments), {region}" for region in REGIONS}
    hubs = states(points, "security_hub")
    assert {place for place, state in hubs.items() if state == "READY"} == enabled
    assert set(hubs.values()) == {"READY", "NOT_READY"}

    root = Credentials.root(MANAGEMENT_ID)
    missing = ("--run-bucket", "nobody-made-this", "--sample", "0")
    code, points = preflight(world, cli, root, *missing)
    assert code == NOT_READY
    assert states(points, "bucket") == {"nobody-made-this": "NOT_READY"}
    assert states(points, "table")[world.deployment.findings_table] == "READY"


def stranger(world: World) -> Credentials:
    """Credentials that may ask everything, and that no audit role trusts."""
    asks = ["DescribeOrganization", "ListAWSServiceAccessForOrganization", "ListAccounts"]
    trust = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}}
    role = create_role(
        world.emulator,
        MANAGEMENT_ID,
        "stranger",
        {**trust, "Action": "sts:AssumeRole"},
        [allow([f"organizations:{ask}" for ask in asks]), allow(["sts:AssumeRole"])],
    )
    return world.emulator.credentials(role, "preflight")


def test_trusted_access_is_seen_and_that_nobody_lets_a_stranger_in(world: World, cli: Path) -> None:
    asks = stranger(world)
    code, points = preflight(world, cli, asks, "--no-security-hub", "--sample", "2")
    assert code == NOT_READY
    assert states(points, "trusted_access") == {STACK_SETS: "NOT_READY"}
    roles = states(points, "audit_role")
    assert set(roles.values()) == {"NOT_READY"}
    assert len(roles) == 3
    assert "all accounts" in roles


def test_a_table_of_points_is_printed_for_people(world: World, cli: Path) -> None:
    environment = {**world.emulator.environment(function(world)), "EXTERNAL_ID": world.external_id}
    answer = subprocess.run(
        [str(cli), "preflight", "--region", REGIONS[0], "--sample", "1", "--no-security-hub"],
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert answer.stdout.startswith("STATE")
    assert "L-B99A9384" in answer.stdout
