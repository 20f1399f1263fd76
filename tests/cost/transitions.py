"""State transitions of a run, counted on the definition itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DEFINITION = ROOT / "statemachine" / "sweep.asl.json"


def definition() -> dict[str, Any]:
    """The definition as it runs."""
    return dict(json.loads(DEFINITION.read_text()))


def of_account(regions: int) -> int:
    """Transitions of the child execution of one account: no failure, one page of each service."""
    return _walk(definition()["States"]["SweepAccounts"]["ItemProcessor"], regions)


def of_run() -> int:
    """Transitions of the execution itself, children left out."""
    return _walk(definition(), 0)


def _walk(machine: dict[str, Any], regions: int) -> int:
    """States entered from the start to the end of a machine."""
    name, entered = machine["StartAt"], 0
    while name is not None:
        state = machine["States"][name]
        entered += 1
        if state["Type"] == "Parallel":
            entered += sum(_walk(branch, regions) for branch in state["Branches"])
        elif state["Type"] == "Map":
            entered += regions * _walk(state["ItemProcessor"], regions) if regions else 0
        name = _next(state)
    return entered


def _next(state: dict[str, Any]) -> str | None:
    """Where a run goes on that sweeps everything: audits are wanted, listings have ended."""
    if state["Type"] != "Choice":
        return state.get("Next")
    for choice in state["Choices"]:
        if choice.get("IsNull") or choice.get("BooleanEquals"):
            return str(choice["Next"])
    return str(state["Default"])
