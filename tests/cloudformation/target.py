"""Where a template's resources are made, and what is known of one that was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator import Emulator


@dataclass(frozen=True)
class Made:
    """A resource that was made."""

    ref: str
    """What ``Ref`` gives."""

    attributes: dict[str, Any] = field(default_factory=dict)
    """What ``Fn::GetAtt`` gives."""


def _no_asset(key: str, _: str) -> bytes:
    raise LookupError(f"there is no asset `{key}`")


@dataclass(frozen=True)
class Target:
    """An account and region of the emulator, and the stack's name in it."""

    emulator: Emulator
    account: str
    region: str
    stack: str
    asset: Callable[[str, str], bytes] = _no_asset
    """The zip that an S3 key of the template stands for; also told the name of the resource."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Variables laid over those of every function, for what a configuration does not hold."""
    timeouts: Mapping[str, int] = field(default_factory=dict)
    """Seconds that a function may run where they differ from the template's, by its name."""

    def client(self, service: str) -> Any:
        """A client with the root credentials of the account."""
        return self.emulator.client(service, self.region, account=self.account)

    def name(self, logical_id: str) -> str:
        """A name for a resource whose template gives none."""
        return f"{self.stack}-{logical_id}"[:64]

    def arn(self, service: str, resource: str, *, region: bool = True) -> str:
        """ARN of a resource of the account."""
        where = self.region if region else ""
        return f"arn:aws:{service}:{where}:{self.account}:{resource}"

    def pseudo_parameters(self) -> dict[str, str]:
        """Those of CloudFormation."""
        return {
            "AWS::AccountId": self.account,
            "AWS::Partition": "aws",
            "AWS::Region": self.region,
            "AWS::StackId": self.arn("cloudformation", f"stack/{self.stack}/1"),
            "AWS::StackName": self.stack,
            "AWS::URLSuffix": "amazonaws.com",
        }
