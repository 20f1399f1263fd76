"""What a run leaves behind holds no credentials, external id, tag value or policy document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from emulator import Credentials
from organization import World
from organization.layout import FUNCTIONS, TAG_VALUE
from organization.sweeps import Ended, items

ACCESS_KEY = re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{16}\b")
POLICY = re.compile(r"\\*\"(Statement|Principal|NotPrincipal)\\*\"\s*:")


def executions(world: World) -> Iterator[str]:
    """Every event of every execution; input and output of every child."""
    states = world.client("stepfunctions")
    machine = world.deployment.state_machine_arn
    for execution in states.list_executions(stateMachineArn=machine)["executions"]:
        arn = execution["executionArn"]
        pages = states.get_paginator("get_execution_history").paginate(executionArn=arn)
        yield from (json.dumps(page["events"], default=str) for page in pages)
        for map_run in states.list_map_runs(executionArn=arn)["mapRuns"]:
            children = states.list_executions(mapRunArn=map_run["mapRunArn"])["executions"]
            for child in children:
                described = states.describe_execution(executionArn=child["executionArn"])
                yield json.dumps(described, default=str)


def logs(world: World) -> Iterator[str]:
    """What the functions wrote."""
    for name in FUNCTIONS:
        yield world.emulator.function_log(f"orgsweep-{name}")


def reports(world: World) -> Iterator[str]:
    """Every object of the run bucket."""
    s3, bucket = world.client("s3"), world.deployment.run_bucket
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for held in page["Contents"]:
            yield s3.get_object(Bucket=bucket, Key=held["Key"])["Body"].read().decode()


def tables(world: World) -> Iterator[str]:
    """Every item of the tables."""
    for table in (world.deployment.findings_table, world.deployment.runs_table):
        yield from (json.dumps(item, default=str) for item in items(world, table))


def security_hub(world: World) -> Iterator[str]:
    """Every finding in a member's Security Hub."""
    hub = world.client("securityhub", "us-east-1", "payments")
    for page in hub.get_paginator("get_findings").paginate():
        yield json.dumps(page["Findings"], default=str)


def leaks(text: str, credentials: list[Credentials], external_id: str) -> list[str]:
    """What a text tells that it must not."""
    secrets = [secret for it in credentials for secret in (it.secret_access_key, it.session_token)]
    found = ["credentials"] if any(secret and secret in text for secret in secrets) else []
    found += ["an access key"] if ACCESS_KEY.search(text) else []
    found += ["the external id"] if external_id in text else []
    found += ["a tag value"] if TAG_VALUE in text else []
    found += ["a policy document"] if POLICY.search(text) else []
    return found


@pytest.mark.parametrize("place", [executions, logs, reports, tables, security_hub])
def test_nothing_secret_is_left(place, world: World, run: Ended, external_id: str) -> None:
    assert run.status == "SUCCEEDED", run.cause
    texts = list(place(world))
    assert sum(len(text) for text in texts) > 1000
    credentials = world.emulator.credentials_given_out()
    assert {leak for text in texts for leak in leaks(text, credentials, external_id)} == set()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_leaves_nothing_on_disk(function: str, world: World, run: Ended) -> None:
    assert world.emulator.function_log(f"orgsweep-{function}")
    assert world.emulator.temporary_files(f"orgsweep-{function}") == []


@pytest.mark.parametrize(
    ("text", "leak"),
    [
        ("key ASIAABCDEFGHIJKLMNOP", "an access key"),
        ("token tok", "credentials"),
        ("secret sec", "credentials"),
        ("ticket", "the external id"),
        (f'{{"owner": "{TAG_VALUE}"}}', "a tag value"),
        (json.dumps({"policy": json.dumps({"Statement": []})}), "a policy document"),
    ],
)
def test_a_leak_would_be_seen(text: str, leak: str) -> None:
    held = [Credentials("1", "ASIA", "sec", "tok")]
    assert leak in leaks(text, held, "ticket")
