"""Credentials, faults and calls, as the Python API shows them."""

from __future__ import annotations

from dataclasses import dataclass

ROOT_KEY_PREFIX = "AKIAROOT"
"""An access key made of this prefix and a 12 digit account id is that account's root user."""


@dataclass(frozen=True)
class Credentials:
    """One set of AWS credentials, and the account they belong to."""

    account: str
    access_key_id: str
    secret_access_key: str
    session_token: str | None = None

    @classmethod
    def root(cls, account: str) -> Credentials:
        """The root user of ``account``; it may do everything, also while IAM is enforced."""
        return cls(account, f"{ROOT_KEY_PREFIX}{account}", "root")


@dataclass(frozen=True)
class Fault:
    """An error that the emulator answers instead of doing what was asked.

    A field that is ``None`` matches every call. ``resource`` matches when it equals, or is a
    whole ``/`` or ``:`` separated part of, the ARN or name the call is about. ``times`` limits
    how often the fault strikes; ``None`` is for ever.
    """

    code: str
    status: int = 400
    message: str = "refused by a fault of the emulator"
    service: str | None = None
    operation: str | None = None
    account: str | None = None
    region: str | None = None
    resource: str | None = None
    times: int | None = None


@dataclass(frozen=True)
class Call:
    """One AWS call that the emulator answered.

    ``service`` and ``operation`` are botocore's names (``s3``, ``ListBuckets``); ``action`` is
    what IAM calls it (``s3:ListAllMyBuckets``), ``actions`` all of them where
    one call needs several (a DynamoDB transaction). ``decision`` is ``allowed``, ``denied`` or
    ``unchecked`` (IAM not enforced).
    """

    account: str
    principal: str
    role: str | None
    service: str
    operation: str
    action: str
    actions: list[str]
    region: str
    resource: str
    decision: str
    status: int
    error: str | None
    fault: bool
