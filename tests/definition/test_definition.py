"""The state machine's definition is one that AWS accepts, as far as a static validator can tell.

The emulator accepts definitions that AWS rejects, so this is held apart from the whole runs.
"""

from __future__ import annotations

import copy
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cloudformation.resources.code import definition

VALIDATOR = Path(__file__).parent / "node_modules" / ".bin" / "asl-validator"
DEFINITION = Path(__file__).resolve().parents[2] / "statemachine" / "sweep.asl.json"
FUNCTION_ARN = "arn:aws:lambda:us-east-1:111122223333:function:orgsweep-"
FUNCTIONS = ("Enumerate", "AuditS3", "AuditKms", "AuditSg", "Aggregate")


@pytest.fixture(scope="module")
def sweep() -> dict[str, Any]:
    """The definition with its substitutions filled in."""
    arns = {f"{name}FunctionArn": FUNCTION_ARN + name for name in FUNCTIONS}
    machine = {
        "DefinitionString": DEFINITION.read_text(),
        "DefinitionSubstitutions": {
            "Partition": "aws",
            "TopicArn": "arn:aws:sns:us-east-1:111122223333:orgsweep-notifications",
            "EventBusName": "default",
            **arns,
        },
    }
    return dict(json.loads(definition(machine)))


def is_valid(machine: dict[str, Any], folder: Path) -> bool:
    """Whether the validator accepts a definition."""
    path = folder / "definition.json"
    path.write_text(json.dumps(machine))
    command = [str(VALIDATOR), "--json-path", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_definition_is_valid(sweep: dict[str, Any], tmp_path: Path) -> None:
    assert is_valid(sweep, tmp_path)


def test_no_substitution_is_left_over(sweep: dict[str, Any]) -> None:
    assert "${" not in json.dumps(sweep)


def _lead_nowhere(machine: dict[str, Any]) -> None:
    machine["States"]["EnumerateAccounts"]["Next"] = "Nowhere"


def _never_end(machine: dict[str, Any]) -> None:
    del machine["States"]["RunEnded"], machine["States"]["RunFailed"]


def _lose_the_resource(machine: dict[str, Any]) -> None:
    del machine["States"]["AggregateRun"]["Resource"]


def _misspell_a_field(machine: dict[str, Any]) -> None:
    retry = machine["States"]["AggregateRun"]["Retry"][0]
    retry["ErrorEqual"] = retry.pop("ErrorEquals")


@pytest.mark.parametrize(
    "spoil", [_lead_nowhere, _never_end, _lose_the_resource, _misspell_a_field]
)
def test_the_validator_would_see_a_mistake(
    sweep: dict[str, Any], tmp_path: Path, spoil: Callable[[dict[str, Any]], None]
) -> None:
    spoilt = copy.deepcopy(sweep)
    spoil(spoilt)
    assert not is_valid(spoilt, tmp_path)
