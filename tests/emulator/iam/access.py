"""What a request needs: IAM's name of each action, on which resource."""

from __future__ import annotations

from dataclasses import dataclass

from emulator.aws_request import AwsRequest
from emulator.callers import Caller
from emulator.iam.actions import actions_of
from emulator.iam.resources import resources_of


@dataclass(frozen=True)
class Need:
    """One action on one resource. ``resource`` is ``None`` where it cannot be told."""

    action: str
    resource: str | None


@dataclass(frozen=True)
class Access:
    """Everything one request needs, in the order in which AWS lists it."""

    needs: tuple[Need, ...]

    @property
    def action(self) -> str:
        """The first action."""
        return self.needs[0].action

    @property
    def resource(self) -> str:
        """The first resource, ``*`` if the request is about none in particular."""
        return self.needs[0].resource or "*"

    @classmethod
    def of(cls, request: AwsRequest, caller: Caller) -> Access:
        """Reads the needs off a request."""
        if request.service == "dynamodb" and "TransactItems" in request.params:
            return cls(_transaction(request, caller))
        resources = resources_of(request, caller)
        actions = actions_of(request.service, request.operation, request.signing_name)
        if request.operation == "AssumeRole" and request.params.get("Tags"):
            actions = [*actions, "sts:TagSession"]
        return cls(tuple(Need(action, resource) for action in actions for resource in resources))


def _transaction(request: AwsRequest, caller: Caller) -> tuple[Need, ...]:
    """A transaction needs the action of each of its items; there is no TransactWriteItems."""
    needs = []
    for item in request.params["TransactItems"]:
        for kind, body in item.items():
            action = f"{kind}Item"
            table = body["TableName"]
            arn = table if table.startswith("arn:") else _table(request, caller, table)
            needs.append(Need(f"dynamodb:{action}", arn))
    return tuple(dict.fromkeys(needs))


def _table(request: AwsRequest, caller: Caller, name: str) -> str:
    return f"arn:{caller.partition}:dynamodb:{request.region}:{caller.account}:table/{name}"
