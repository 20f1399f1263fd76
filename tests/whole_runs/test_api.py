"""One resource on demand: the functions that swept answer the events of API Gateway."""

from __future__ import annotations

import json
from typing import Any

from emulator import Fault
from organization import World
from organization.deploy import ROOT
from organization.requests import Answer, ask
from organization.sweeps import Ended, findings

DOCUMENT = json.loads((ROOT / "docs" / "openapi.json").read_text())


def as_documented(answer: Answer, schema: str) -> dict[str, Any]:
    """The body, which has the fields that the document promises and no others."""
    promised = DOCUMENT["components"]["schemas"][schema]
    assert set(answer.body) == set(promised["required"]) == set(promised["properties"])
    return answer.body


def stored(world: World, resource: str) -> set[tuple[str, str]]:
    """Control and status of the open findings on a resource, but those of bucket and key."""
    return {
        (row["control"], row["status"])
        for row in findings(world)
        if row["resource"] == resource
        and row["state"] == "OPEN"
        and not row["control"].startswith("SK-")
    }


def told(body: dict[str, Any]) -> set[tuple[str, str]]:
    """Control and status of what did not pass."""
    rows = {(row["control"], row["status"]) for row in body["verdicts"]}
    return {row for row in rows if row[1] != "PASSED"}


def test_a_bucket_is_judged_as_the_sweep_judged_it(world: World, run: Ended) -> None:
    s3 = world.client("s3", account="payments")
    for bucket in s3.list_buckets()["Buckets"]:
        body = {"bucket": bucket["Name"], "account_id": world.accounts["payments"]}
        answer = ask(world, "audit-bucket", body)
        assert answer.status == 200, answer.body
        judged = as_documented(answer, "Judged")
        assert told(judged) == stored(world, judged["resource"])
        assert judged["counts"]["PASSED"] > 0


def test_a_group_is_judged_as_the_sweep_judged_it(world: World, run: Ended) -> None:
    groups = world.client("ec2", "eu-west-1", account="payments").describe_security_groups()
    for group in groups["SecurityGroups"]:
        answer = ask(
            world,
            "audit-security-group",
            {
                "group_id": group["GroupId"],
                "account_id": world.accounts["payments"],
                "region": "eu-west-1",
            },
        )
        assert answer.status == 200, answer.body
        judged = as_documented(answer, "Judged")
        assert told(judged) == stored(world, judged["resource"])


def key_of(world: World, account: str, region: str) -> dict[str, str]:
    """A body that asks about the first customer key of an account and region."""
    kms = world.client("kms", region, account=account)
    ids = [key["KeyId"] for key in kms.list_keys()["Keys"]]
    customers = [
        key for key in ids if kms.describe_key(KeyId=key)["KeyMetadata"]["KeyManager"] == "CUSTOMER"
    ]
    return {"key_id": customers[0], "account_id": world.accounts[account], "region": region}


def test_a_key_is_judged_as_the_sweep_judged_it_and_nothing_is_written(
    world: World, run: Ended
) -> None:
    body = key_of(world, "payments", "eu-west-1")
    world.emulator.clear_calls()
    answer = ask(world, "audit-key", body)
    assert answer.status == 200, answer.body
    judged = as_documented(answer, "Judged")
    assert told(judged) == stored(world, judged["resource"])
    wrote = [
        call.action
        for call in world.emulator.calls()
        if call.role and ":Put" in call.action or "Update" in call.action
    ]
    assert wrote == []


def test_a_keys_policy_is_analysed_and_not_told(world: World, run: Ended) -> None:
    answer = ask(world, "key-info", key_of(world, "payments", "eu-west-1"))
    facts = as_documented(answer, "Facts")
    assert "key_policy" in facts["withheld"]
    assert "policy" in facts["observation"]["analysis"]
    assert '"Statement"' not in json.dumps(facts)


def test_what_may_not_be_asked_is_refused_with_its_status(world: World, run: Ended) -> None:
    known = key_of(world, "payments", "eu-west-1")
    missing = {**known, "key_id": "00000000-0000-0000-0000-000000000000"}
    stranger = {**known, "account_id": "999999999999"}
    shut = {"bucket": "some-bucket", "account_id": world.accounts["acquired"]}
    for route, body, status, code in (
        ("audit-key", "{", 400, "InvalidRequest"),
        ("audit-key", {**known, "colour": "red"}, 400, "InvalidRequest"),
        ("audit-key", {**known, "region": "moon"}, 400, "InvalidRequest"),
        ("key-info", stranger, 403, "OutOfScope"),
        ("audit-key", missing, 404, "NotFound"),
        ("audit-bucket", {**shut, "account_id": known["account_id"]}, 404, "NotFound"),
        ("audit-bucket", shut, 502, "AwsRefused"),
    ):
        answer = ask(world, route, body)
        assert answer.status == status, answer.body
        assert as_documented(answer, "Error")["error"]["code"] == code


def test_a_suspended_account_is_not_in_scope(world: World, run: Ended) -> None:
    body = {"bucket": "some-bucket", "account_id": world.accounts["retired"]}
    assert ask(world, "audit-bucket", body).status == 403


def test_throttling_is_told_as_such(world: World, run: Ended) -> None:
    body = key_of(world, "payments", "eu-west-1")
    fault = Fault(
        code="ThrottlingException",
        message="Rate exceeded",
        service="kms",
        operation="DescribeKey",
        account=world.accounts["payments"],
    )
    armed = world.emulator.faults.add(fault)
    try:
        answer = ask(world, "audit-key", body)
    finally:
        world.emulator.faults.remove(armed)
    assert answer.status == 503, answer.body
    assert int(answer.headers["retry-after"]) > 0


def test_a_function_tells_that_it_can_work(world: World) -> None:
    health = as_documented(ask(world, "health", {}), "Health")
    assert health["controls"] > 100
    binary = ask(world, "health", "e30=", isBase64Encoded=True)
    assert binary.status == 415
