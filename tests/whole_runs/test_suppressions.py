"""Failures that are accepted for a time: by an operator, by the configuration, and no longer."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from organization import Settings, World, build
from organization.layout import HOME_REGION
from organization.sweeps import Ended, findings, items, sweep
from whole_runs.conftest import BIN_DIR

WEBSITE = "arn:aws:s3:::payments-website"
ONLY_S3 = {"services": ["s3"], "regions": {"include": ["eu-west-1"]}}


def day(offset: int) -> str:
    """A day so many days from now."""
    return (datetime.now(UTC) + timedelta(days=offset)).strftime("%Y-%m-%d")


def configured(identifier: str, control: str, resource: str, **changes: str) -> dict[str, str]:
    """A suppression as a configuration has it, from yesterday for ten days."""
    return {
        "id": identifier, "control": control, "account": "*", "resource": resource,
        "reason": "known", "owner": "web@example.com", "created": day(-1), "expires": day(10),
    } | changes  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the configuration."""
    folder = tmp_path_factory.mktemp("configuration")
    accepted = [
        configured("static-site", "S3.2", WEBSITE),
        configured("nothing", "S3.2", "arn:aws:s3:::no-such-bucket", expires=day(100)),
    ]
    (folder / "suppressions.json").write_text(json.dumps(accepted))
    return folder


@pytest.fixture(scope="module")
def accepting(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[World]:
    """An Organization whose configuration accepts something."""
    environment = {"CONFIG_DIR": str(folder), "RETENTION_DAYS": "30"}
    settings = Settings(security_hub="off", sandbox_buckets=2, environment=environment)
    with build(tmp_path_factory.mktemp("accepting"), BIN_DIR, settings) as running:
        yield running


@pytest.fixture(scope="module")
def first(accepting: World) -> Ended:
    """The first sweep of its buckets."""
    ended = sweep(accepting, ONLY_S3)
    assert ended.status == "SUCCEEDED", ended.cause
    return ended


def run_cli(world: World, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs `orgsweep … --output json` as the operator."""
    return subprocess.run(
        [str(BIN_DIR / "orgsweep"), *words, "--output", "json"],
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **world.environment()},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def orgsweep(world: World, *words: str) -> list[dict[str, Any]]:
    """The items that a command answers with."""
    answer = run_cli(world, *words)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)["items"]


def stored(world: World, control: str, resource: str = WEBSITE) -> dict[str, Any]:
    """The one finding of a control on a resource."""
    (row,) = [
        row for row in findings(world) if (row["control"], row["resource"]) == (control, resource)
    ]
    return row


def shown(world: World, control: str, *words: str) -> list[str]:
    """Ids of the website's findings of a control that the command line shows."""
    rows = orgsweep(world, "findings", "--resource", WEBSITE, "--control", control, *words)
    return [row["id"] for row in rows]


def suppress(world: World, identifier: str, control: str, expires: str) -> list[dict[str, Any]]:
    """Accepts a failure of the website."""
    return orgsweep(
        world, "suppress", "--id", identifier, "--control", control, "--account", "*",
        "--resource", WEBSITE, "--reason", "public", "--owner", "web", "--expires", expires,
    )  # fmt: skip


def test_what_the_configuration_accepts_is_suppressed_and_counted_apart(
    accepting: World, first: Ended
) -> None:
    finding = stored(accepting, "S3.2")
    assert (finding["state"], finding["suppression"]) == ("SUPPRESSED", "static-site")
    assert [step["change"] for step in finding["history"]] == ["OPENED", "SUPPRESSED"]
    assert first.output["counts"]["suppressed"] == 1
    notices = first.output["suppressions"]
    assert [notice["id"] for notice in notices["expiring"]] == ["static-site"]
    assert [notice["id"] for notice in notices["matching_nothing"]] == ["nothing"]


def test_what_is_accepted_is_not_shown_as_open(accepting: World, first: Ended) -> None:
    assert shown(accepting, "S3.2") == []
    assert shown(accepting, "S3.2", "--state", "suppressed") == [stored(accepting, "S3.2")["id"]]
    rows = orgsweep(accepting, "suppressions")
    assert [(row["suppression"]["id"], row["findings"]) for row in rows] == [
        ("nothing", 0),
        ("static-site", 1),
    ]
    expiring = orgsweep(accepting, "suppressions", "--expiring")
    assert [row["suppression"]["id"] for row in expiring] == ["static-site"]


def test_the_configuration_cannot_be_taken_back_by_an_operator(
    accepting: World, first: Ended
) -> None:
    answer = run_cli(accepting, "unsuppress", "static-site")
    assert answer.returncode == 1
    assert "`static-site` is in the configuration" in answer.stderr


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--control", "S3.999", "no control `S3.999`"),
        ("--resource", "arn:*", "everything without saying so"),
        ("--expires", day(800), "more than a year"),
        ("--expires", day(-1), "over already"),
        ("--id", "static-site", "choose another id"),
    ],
)
def test_bad_input_is_named_and_writes_nothing(
    option: str, value: str, said: str, accepting: World, first: Ended
) -> None:
    chosen = {
        "--control": "S3.8", "--account": "*", "--resource": WEBSITE, "--reason": "r",
        "--owner": "o", "--expires": day(5), option: value,
    }  # fmt: skip
    before = items(accepting, accepting.deployment.runs_table)
    answer = run_cli(accepting, "suppress", *[word for pair in chosen.items() for word in pair])
    assert answer.returncode == 1, answer.stdout
    assert said in answer.stderr
    assert items(accepting, accepting.deployment.runs_table) == before


def test_an_operator_accepts_and_takes_back(accepting: World, first: Ended) -> None:
    accepting.emulator.clear_calls()
    (made,) = suppress(accepting, "website", "S3.8", day(5))
    assert (made["findings"], made["created_by"]) == (1, "operator")
    assert shown(accepting, "S3.8") == [], "it is hidden before any run"
    assert stored(accepting, "S3.8")["state"] == "OPEN"
    second = sweep(accepting, ONLY_S3)
    assert second.output["counts"]["suppressed"] == 2
    assert stored(accepting, "S3.8")["state"] == "SUPPRESSED"

    (taken,) = orgsweep(accepting, "unsuppress", "website")
    assert (taken["status"], taken["withdrawn_by"]) == ("WITHDRAWN", "operator")
    assert len(shown(accepting, "S3.8")) == 1, "it is open before any run"
    high = orgsweep(accepting, "findings", "--severity", stored(accepting, "S3.8")["severity"])
    assert stored(accepting, "S3.8")["id"] in [row["id"] for row in high]
    third = sweep(accepting, ONLY_S3)
    finding = stored(accepting, "S3.8")
    assert (finding["state"], finding["history"][-1]["change"]) == ("OPEN", "REOPENED")
    changed = orgsweep(accepting, "changes", "--run", third.run_id, "--change", "reopened")
    assert [row["finding"]["id"] for row in changed] == [finding["id"]]
    operations = {call.operation for call in accepting.emulator.calls(service="dynamodb")}
    assert "Scan" not in {
        call.operation
        for call in accepting.emulator.calls(service="dynamodb")
        if call.role and call.role.endswith(("operator", "aggregate"))
    }
    assert {"Query", "PutItem"} <= operations


def test_one_that_expires_opens_its_findings_at_once(accepting: World, first: Ended) -> None:
    end = datetime.now(UTC) + timedelta(seconds=60)
    suppress(accepting, "for-a-minute", "S3.15", end.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert shown(accepting, "S3.15") == []
    assert sweep(accepting, ONLY_S3).status == "SUCCEEDED"
    assert stored(accepting, "S3.15")["state"] == "SUPPRESSED"
    time.sleep(max(0.0, (end - datetime.now(UTC)).total_seconds() + 1))
    assert len(shown(accepting, "S3.15")) == 1, "no run has been since"
    assert sweep(accepting, ONLY_S3).status == "SUCCEEDED"
    assert stored(accepting, "S3.15")["history"][-1]["change"] == "REOPENED"


def test_an_operator_may_write_suppressions_and_nothing_else(
    accepting: World, first: Ended
) -> None:
    dynamodb = accepting.emulator.client("dynamodb", HOME_REGION, credentials=accepting.operator())
    for partition in ("RUNS", "SUPPRESSIONS#CONFIGURATION"):
        with pytest.raises(dynamodb.exceptions.ClientError, match="AccessDenied"):
            dynamodb.put_item(
                TableName=accepting.deployment.runs_table,
                Item={"pk": {"S": partition}, "sk": {"S": "x"}},
            )


def test_what_is_fixed_while_it_is_accepted_resolves(accepting: World, first: Ended) -> None:
    accepting.client("s3", account="payments").delete_bucket_policy(Bucket="payments-website")
    only_tls = {
        "Effect": "Deny", "Principal": "*", "Action": "s3:*",
        "Resource": [WEBSITE, f"{WEBSITE}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }  # fmt: skip
    accepting.client("s3", account="payments").put_bucket_policy(
        Bucket="payments-website",
        Policy=json.dumps({"Version": "2012-10-17", "Statement": [only_tls]}),
    )
    assert sweep(accepting, ONLY_S3).status == "SUCCEEDED"
    finding = stored(accepting, "S3.2")
    assert (finding["state"], finding["resolution"]) == ("RESOLVED", "FIXED")
    assert "suppression" not in finding
    kept = float(finding["expires_at"]) - time.time()
    assert timedelta(days=29) < timedelta(seconds=kept) <= timedelta(days=30)


def test_a_broken_suppression_of_the_configuration_fails_the_run_and_is_named(
    tmp_path: Path,
) -> None:
    broken = [configured("unknown", "S3.999", WEBSITE)]
    (tmp_path / "suppressions.json").write_text(json.dumps(broken))
    settings = Settings(
        security_hub="off", sandbox_buckets=2, environment={"CONFIG_DIR": str(tmp_path)}
    )
    with build(tmp_path / "world", BIN_DIR, settings) as world:
        ended = sweep(world, ONLY_S3)
        assert (ended.status, ended.error) == ("FAILED", "ConfigurationBroken")
        assert "suppressions.json" in ended.cause and "S3.999" in ended.cause
