"""Requests to the API, as API Gateway hands them to the functions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from organization.deploy import ROOT
from organization.layout import HOME_REGION
from organization.world import World

EVENT = ROOT / "tests" / "api" / "event.json"
"""An event of API Gateway: payload format 2.0 of an HTTP API with IAM authorization."""

ANSWERED_BY = {
    "health": "orgsweep-audit-s3",
    "audit-key": "orgsweep-audit-kms",
    "key-info": "orgsweep-audit-kms",
    "audit-bucket": "orgsweep-audit-s3",
    "audit-security-group": "orgsweep-audit-sg",
}
"""The function of each route."""


@dataclass(frozen=True)
class Answer:
    """What a function answers API Gateway."""

    status: int
    headers: dict[str, str]
    body: dict[str, Any]


def event(route: str, body: object) -> dict[str, Any]:
    """The event of a request."""
    asked = json.loads(EVENT.read_text().replace("/v1/audit-key", f"/v1/{route}"))
    return {**asked, "body": body if isinstance(body, str) else json.dumps(body)}


def ask(world: World, route: str, body: object, **changes: Any) -> Answer:
    """Sends a request to the function of its route; ``changes`` replace fields of the event."""
    functions = world.client("lambda", HOME_REGION)
    payload = {**event(route, body), **changes}
    answered = functions.invoke(FunctionName=ANSWERED_BY[route], Payload=json.dumps(payload))
    assert "FunctionError" not in answered
    answer = json.load(answered["Payload"])
    return Answer(answer["statusCode"], answer["headers"], json.loads(answer["body"]))
