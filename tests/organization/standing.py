"""What the findings table says, so that two moments can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from organization.sweeps import items
from organization.world import World

SAID = ("control", "resource", "status", "state", "severity", "reason", "first_observed_at")
"""What a finding says. When it was evaluated or imported is not among it."""


@dataclass(frozen=True)
class Standing:
    """The open findings by id, the ids of all others, and which run last saw each scope whole."""

    open: dict[str, dict[str, Any]]
    closed: frozenset[str]
    complete_in: dict[tuple[str, str], str]


def standing(world: World) -> Standing:
    """The findings table as it is."""
    rows = items(world, world.deployment.findings_table)
    found = [row for row in rows if "id" in row]
    return Standing(
        {
            row["id"]: {name: row.get(name) for name in SAID}
            for row in found
            if row["state"] != "RESOLVED"
        },
        frozenset(row["id"] for row in found if row["state"] == "RESOLVED"),
        {
            (row["account"], row["place"]): row["complete_in"]
            for row in rows
            if "id" not in row and "complete_in" in row
        },
    )
