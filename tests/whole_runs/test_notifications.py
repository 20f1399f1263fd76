"""Whom a run tells what it changed: a topic, a bus, a mail; and that a failure to tell is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from emulator import Fault
from organization import Settings, World, build
from organization.layout import HOME_REGION, MANAGEMENT_ID, RECIPIENTS, SENDER
from organization.sweeps import Ended, sweep
from whole_runs.conftest import BIN_DIR


class Ears:
    """A queue that hears the topic, and one that hears the bus."""

    def __init__(self, world: World) -> None:
        """Subscribes both."""
        self.world = world
        self._queues = world.client("sqs")
        self.topic, self.bus = self._queue("topic"), self._queue("bus")
        world.client("sns").subscribe(
            TopicArn=world.deployment.topic,
            Protocol="sqs",
            Endpoint=self._arn("topic"),
        )
        events = world.client("events")
        pattern = {"source": ["orgsweep"], "detail-type": ["orgsweep Run Changed"]}
        events.put_rule(Name="ears", EventPattern=json.dumps(pattern))
        events.put_targets(Rule="ears", Targets=[{"Id": "1", "Arn": self._arn("bus")}])

    def _queue(self, name: str) -> str:
        return str(self._queues.create_queue(QueueName=f"ears-{name}")["QueueUrl"])

    def _arn(self, name: str) -> str:
        return f"arn:aws:sqs:{HOME_REGION}:{MANAGEMENT_ID}:ears-{name}"

    def heard(self, queue: str) -> list[dict[str, Any]]:
        """The messages that have arrived since this was asked for last."""
        answer = self._queues.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
        messages = answer.get("Messages", [])
        for message in messages:
            self._queues.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in messages]

    def mails(self) -> list[dict[str, Any]]:
        """Every mail that SES has sent."""
        return self.world.emulator.mails()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Ears, Ended]]:
    """An Organization that is heard, and its first sweep."""
    settings = Settings(security_hub="off", sandbox_buckets=3)
    with build(tmp_path_factory.mktemp("told"), BIN_DIR, settings) as world:
        ears = Ears(world)
        yield world, ears, sweep(world)


def test_a_first_run_tells_all_three(told: tuple[World, Ears, Ended]) -> None:
    world, ears, ended = told
    assert ended.status == "SUCCEEDED", ended.cause
    assert ended.output["notification"] == [
        {"channel": "topic", "sent": True},
        {"channel": "bus", "sent": True},
        {"channel": "mail", "sent": True},
    ]
    (message,) = ears.heard(ears.topic)
    assert message["Subject"].startswith("orgsweep: ")
    assert ended.run_id in message["Message"]
    assert "New findings: " in message["Message"]
    assert "CRITICAL" in message["Message"]

    (event,) = ears.heard(ears.bus)
    assert event["detail-type"] == "orgsweep Run Changed"
    assert event["detail"]["run"]["id"] == ended.run_id
    assert event["detail"]["findings"]["opened"]["CRITICAL"] > 0
    assert event["detail"]["coverage"]["previous_percent"] is None

    (mail,) = ears.mails()
    assert mail["from"] == SENDER
    assert mail["to"] == list(RECIPIENTS)
    assert mail["body"].startswith("<!DOCTYPE html>")
    assert ended.run_id in mail["body"]


def test_what_is_told_is_what_the_table_holds(told: tuple[World, Ears, Ended]) -> None:
    world, _, ended = told
    log = world.emulator.function_log("orgsweep-aggregate").splitlines()
    opened = {
        line["Severity"]: line["FindingsOpened"]
        for line in map(json.loads, filter(lambda it: "FindingsOpened" in it, log))
    }
    failed = ended.output["counts"]["failed"]
    assert opened == {severity: float(count) for severity, count in failed.items()}


def test_a_second_run_that_finds_the_same_tells_nobody(told: tuple[World, Ears, Ended]) -> None:
    world, ears, _ = told
    before = len(ears.mails())
    ended = sweep(world)
    assert ended.output["notification"] == {"changed": False, "failure": None}
    assert ears.heard(ears.topic) == []
    assert ears.heard(ears.bus) == []
    assert len(ears.mails()) == before


def test_a_failure_to_tell_is_said_and_fails_no_run(told: tuple[World, Ears, Ended]) -> None:
    world, ears, _ = told
    bucket = world.client("s3", account="payments")
    bucket.create_bucket(Bucket="payments-news")
    armed = world.emulator.faults.add(Fault("AuthorizationError", 403, service="sns"))
    try:
        ended = sweep(world)
    finally:
        world.emulator.faults.remove(armed)
    assert ended.status == "SUCCEEDED", ended.cause
    topic, bus, mail = ended.output["notification"]
    assert topic["sent"] is False
    assert "Authorization" in topic["error"] + topic["cause"]
    assert bus["sent"] is True and mail["sent"] is True
    assert ears.heard(ears.topic) == []
    (event,) = ears.heard(ears.bus)
    assert event["detail"]["findings"]["opened"]


def test_the_functions_tell_what_they_measured(
    told: tuple[World, Ears, Ended], tmp_path: Path
) -> None:
    world, _, _ = told
    metrics = json.loads(
        (Path(__file__).parents[2] / "crates" / "audit" / "metrics.json").read_text()
    )
    found = set()
    for function in ("enumerate", "audit-s3", "audit-kms", "audit-sg", "aggregate"):
        for line in world.emulator.function_log(f"orgsweep-{function}").splitlines():
            if '"_aws"' not in line:
                continue
            document = json.loads(line)
            (group,) = document["_aws"]["CloudWatchMetrics"]
            assert group["Namespace"] == metrics["namespace"]
            for metric in group["Metrics"]:
                promised = metrics["metrics"][metric["Name"]]
                assert metric["Unit"] == promised["unit"]
                assert group["Dimensions"] == [promised["dimensions"]]
                assert isinstance(document[metric["Name"]], float)
                found.add(metric["Name"])
    seldom = {"ApiThrottles", "FindingsResolved"}
    assert found - seldom == set(metrics["metrics"]) - seldom
