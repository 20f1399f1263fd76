"""What the emulated Organization consists of: names, units, regions, and settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MANAGEMENT_ID = "111122223333"
"""The management account; orgsweep is deployed here."""

HOME_REGION = "us-east-1"
REGIONS = ("us-east-1", "eu-west-1", "eu-central-1")
"""The regions that hold resources and that a run sweeps; the others are left out by its input."""

DEFAULT_INPUT: dict[str, Any] = {"regions": {"include": list(REGIONS)}}
"""The input of a run that sweeps what there is."""

AUDIT_ROLE = "orgsweep-audit"
TAG_VALUE = "a-tag-value-that-is-nobodys-business"
"""The value of the tags in the estate: a test looks for it where it must not be."""

OPERATOR_ROLE = "orgsweep-operator"
"""The person who starts runs and asks questions."""

SENDER = "orgsweep@example.com"
"""Who sends the mail about what runs change; SES has verified the address."""

RECIPIENTS = ("security@example.com", "platform@example.com")

FUNCTIONS = ("enumerate", "audit-s3", "audit-kms", "audit-sg", "aggregate")


@dataclass(frozen=True)
class Account:
    """One member account."""

    name: str
    unit: str
    stage: str
    suspended: bool = False


ACCOUNTS = (
    Account("payments", "Workloads", "prod"),
    Account("analytics", "Workloads", "prod"),
    Account("log-archive", "Security", "prod"),
    Account("sandbox", "Playground", "dev"),
    Account("acquired", "Playground", "prod"),
    Account("retired", "Playground", "dev", suspended=True),
)
"""Member accounts, in the order in which they are created. ``acquired`` refuses the audit role."""


@dataclass(frozen=True)
class Settings:
    """How orgsweep is deployed into the Organization."""

    page_size: int | None = None
    """Buckets, keys or groups per page of an audit; their own number unless given."""

    audit_timeout: int | None = None
    """Seconds an auditor may run; the template's unless given. Less than its reserve makes it hand
    over after every page."""

    security_hub: str = "member"
    """Where findings are imported: ``member``, ``central`` or ``off``."""

    sandbox_buckets: int = 60
    """Ordinary buckets in the sandbox account."""

    parameters: dict[str, Any] = field(default_factory=dict)
    """Parameters of the controls."""

    environment: dict[str, str] = field(default_factory=dict)
    """More environment variables for every function."""
