"""Runs: starts an execution, waits for its end, and reads what it left behind."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from emulator import Credentials
from organization.layout import DEFAULT_INPUT, HOME_REGION
from organization.world import World


@dataclass(frozen=True)
class Ended:
    """An execution that has ended."""

    status: str
    output: dict[str, Any]
    error: str
    cause: str

    @property
    def run_id(self) -> str:
        """Id of the run."""
        return str(self.output["run"]["id"])


class StillRunning(RuntimeError):
    """The execution did not end in time."""


def sweep(world: World, sweep_input: dict[str, Any] | None = None, seconds: int = 300) -> Ended:
    """Runs the state machine to its end, as the operator."""
    chosen = DEFAULT_INPUT if sweep_input is None else sweep_input
    return end_of(world, start(world, json.dumps(chosen), world.operator()), seconds)


def start(world: World, text: str, who: Credentials) -> str:
    """Starts an execution with this input; returns its ARN."""
    states = world.emulator.client("stepfunctions", HOME_REGION, credentials=who)
    machine = world.deployment.state_machine_arn
    return str(states.start_execution(stateMachineArn=machine, input=text)["executionArn"])


def end_of(world: World, execution: str, seconds: int = 300) -> Ended:
    """Waits for the end of an execution, as the operator."""
    states = world.emulator.client("stepfunctions", HOME_REGION, credentials=world.operator())
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = states.describe_execution(executionArn=execution)
        if answer["status"] != "RUNNING":
            output = json.loads(answer.get("output") or "{}")
            return Ended(answer["status"], output, answer.get("error", ""), answer.get("cause", ""))
        time.sleep(0.2)
    raise StillRunning(f"`{execution}` did not end within {seconds} seconds")


def items(world: World, table: str) -> list[dict[str, Any]]:
    """Every item of a table, as plain values. A test's view; orgsweep itself never scans."""
    from boto3.dynamodb.types import TypeDeserializer

    plain = TypeDeserializer().deserialize
    pages = world.client("dynamodb").get_paginator("scan").paginate(TableName=table)
    return [
        {key: plain(value) for key, value in item.items()}
        for page in pages
        for item in page["Items"]
    ]


def findings(world: World) -> list[dict[str, Any]]:
    """Every finding of the findings table; it also holds a marker for each scope."""
    return [item for item in items(world, world.deployment.findings_table) if "id" in item]


def coverage(world: World, run_id: str) -> list[dict[str, Any]]:
    """The coverage rows of a run."""
    rows = items(world, world.deployment.runs_table)
    return [row["document"] for row in rows if row["pk"] == f"RUN#{run_id}"]
