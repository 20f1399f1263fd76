"""The examples of docs/TABLES.md, run as they are written: parsed as the AWS CLI parses them."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

import pytest

from organization import World
from organization.deploy import ROOT
from organization.layout import HOME_REGION
from organization.sweeps import Ended, findings

DOCUMENT = (ROOT / "docs" / "TABLES.md").read_text()
EXAMPLES = re.findall(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL)
SHARDED = re.compile(r"#0\"")

OPTIONS = {
    "--table-name": "TableName",
    "--index-name": "IndexName",
    "--key-condition-expression": "KeyConditionExpression",
    "--expression-attribute-names": "ExpressionAttributeNames",
    "--expression-attribute-values": "ExpressionAttributeValues",
    "--key": "Key",
    "--max-items": "Limit",
}


def request(example: str, variables: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """The operation and the parameters of an `aws dynamodb` command line."""
    for name, value in variables.items():
        example = example.replace(f"${name}", value)
    assert "$" not in example, example
    program, service, operation, *words = shlex.split(example.replace("\\\n", " "))
    assert (program, service) == ("aws", "dynamodb")
    parameters: dict[str, Any] = {}
    while words:
        option = words.pop(0)
        if option == "--no-scan-index-forward":
            parameters["ScanIndexForward"] = False
            continue
        text = words.pop(0)
        value = int(text) if text.isdigit() else json.loads(text) if text[0] == "{" else text
        parameters[OPTIONS[option]] = value
    return operation.replace("-", "_"), parameters


def rows(world: World, example: str, variables: dict[str, str]) -> list[dict[str, Any]]:
    """What the operator gets for an example, over all shards."""
    shards = range(8) if SHARDED.search(example) else range(1)
    dynamodb = world.emulator.client("dynamodb", HOME_REGION, credentials=world.operator())
    found = []
    for shard in shards:
        operation, parameters = request(SHARDED.sub(f'#{shard}"', example), variables)
        answer = getattr(dynamodb, operation)(**parameters)
        found += answer.get("Items", [answer["Item"]] if "Item" in answer else [])
    return found


@pytest.fixture(scope="module")
def variables(world: World, run: Ended) -> dict[str, str]:
    """What the examples look for: a finding that is open."""
    finding = next(
        row
        for row in findings(world)
        if row["state"] == "OPEN" and row["account"] == world.accounts["payments"]
    )
    return {
        "FINDINGS_TABLE": world.deployment.findings_table,
        "RUNS_TABLE": world.deployment.runs_table,
        "ACCOUNT": finding["account"],
        "RESOURCE": finding["resource"],
        "CONTROL": finding["control"],
        "RUN": run.run_id,
    }


def test_the_document_holds_examples() -> None:
    assert len(EXAMPLES) == 16


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_answers(example: str, world: World, variables: dict[str, str]) -> None:
    world.emulator.clear_calls()
    found = rows(world, example, variables)
    if "SUPPRESSIONS#" not in example and "by-suppression" not in example:
        assert found, example
    operations = {call.operation for call in world.emulator.calls(service="dynamodb")}
    assert operations <= {"Query", "GetItem"}


def test_the_index_of_a_severity_holds_all_its_open_failures(
    world: World, variables: dict[str, str]
) -> None:
    found = {row["id"]["S"] for row in rows(world, EXAMPLES[0], variables)}
    stored = {
        row["id"]
        for row in findings(world)
        if (row["severity"], row["status"], row["state"]) == ("HIGH", "FAILED", "OPEN")
    }
    assert found == stored
