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
    """What the emulator does to a call instead of, or besides, what was asked.

    A field that is ``None`` matches every call. ``resource`` matches when it equals, or is a
    whole ``/`` or ``:`` separated part of, the ARN or name the call is about. The first ``after``
    calls that match pass; ``times`` limits how often the fault strikes, ``None`` is for ever.

    Each call that is struck is held for ``delay_seconds``. Then, by ``kind``:

    * ``error``: ``code``, ``status`` and ``message`` are the answer, or ``body`` where an error
      says more than these, and nothing is done;
    * ``delay``: nothing else, it is done late;
    * ``answer``: it is done, and if that succeeds ``body`` is the answer;
    * ``part``: it is done but for its last ``items``, which are refused with ``code`` and
      ``message`` (``BatchWriteItem`` of DynamoDB, ``BatchImportFindings``);
    * ``kill``: it is done, and the function that asked is killed before it has the answer. Only
      calls with the credentials of the function's own role are known to be a function's.
    """

    code: str | None = None
    status: int = 400
    message: str = "refused by a fault of the emulator"
    service: str | None = None
    operation: str | None = None
    account: str | None = None
    region: str | None = None
    resource: str | None = None
    times: int | None = None
    kind: str = "error"
    after: int = 0
    delay_seconds: float = 0
    body: str | None = None
    items: int | None = None


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
