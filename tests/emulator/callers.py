"""Who is calling: access keys to accounts, root users, users and role sessions.

moto puts a request whose key it does not know into account 123456789012 and lets any account
be entered through roles that do not exist. Here a key belongs to exactly one principal:
``AKIAROOT`` plus the account id is the root user of that account; keys given out by STS and IAM
are found in moto's backends; any other key is unknown.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.iam.models import iam_backends
from moto.sts.models import AssumedRole, STSBackend, sts_backends
from moto.utilities.utils import PARTITION_NAMES, get_partition

from emulator.records import ROOT_KEY_PREFIX

_sessions: dict[str, AssumedRole] = {}
_sessions_lock = threading.Lock()


@dataclass(frozen=True)
class Caller:
    """A principal. ``role`` is the ARN of the role behind a role session."""

    account: str
    arn: str
    partition: str
    is_root: bool = False
    role: str | None = None
    session_policy: str | None = None
    user: str | None = None
    known: bool = True

    @cached_property
    def principals(self) -> set[str]:
        """Every way a policy may name this caller."""
        names = {"*", self.account, f"arn:{self.partition}:iam::{self.account}:root", self.arn}
        return names | ({self.role} if self.role else set())


def install() -> None:
    """Keeps an index of role sessions; moto searches a list for each request."""
    assume = STSBackend.assume_role

    def assume_role(self: STSBackend, *args: Any, **kwargs: Any) -> AssumedRole:
        session = assume(self, *args, **kwargs)
        with _sessions_lock:
            _sessions[session.access_key_id] = session
        return session

    STSBackend.assume_role = assume_role  # type: ignore[method-assign]


def given_out() -> list[dict[str, str]]:
    """The credentials of every role session so far."""
    with _sessions_lock:
        sessions = list(_sessions.values())
    return [
        {
            "account": session.account_id,
            "access_key_id": session.access_key_id,
            "secret_access_key": session.secret_access_key,
            "session_token": session.session_token,
        }
        for session in sessions
    ]


def caller_of(access_key_id: str | None, region: str) -> Caller:
    """The principal that holds an access key."""
    partition = get_partition(region)
    if access_key_id and access_key_id.startswith(ROOT_KEY_PREFIX):
        account = access_key_id.removeprefix(ROOT_KEY_PREFIX)
        return Caller(account, f"arn:{partition}:iam::{account}:root", partition, is_root=True)
    if access_key_id in _sessions:
        session = _sessions[access_key_id]
        return Caller(
            session.account_id,
            session.arn,
            session.partition,
            role=session.role_arn,
            session_policy=session.policy,
        )
    return _user(access_key_id) or Caller(
        DEFAULT_ACCOUNT_ID,
        f"arn:{partition}:iam::{DEFAULT_ACCOUNT_ID}:user/unknown",
        partition,
        known=False,
    )


def _user(access_key_id: str | None) -> Caller | None:
    if access_key_id is None:
        return None
    for account, backends in list(iam_backends.items()):
        for partition in PARTITION_NAMES:
            key = backends[partition].access_keys.get(access_key_id)
            if key is not None and key.user_name:
                user = backends[partition].get_user(key.user_name)
                return Caller(account, user.arn, partition, user=user.name)
    return None


def role_session(role_arn: str, session_name: str) -> AssumedRole:
    """Credentials of a role as an AWS service gets them.

    # Errors
    :class:`LookupError` if the role does not exist.
    """
    _, partition, _, _, account, _ = role_arn.split(":", 5)
    try:
        iam_backends[account][partition].get_role_by_arn(role_arn)
    except Exception as error:
        raise LookupError(f"role `{role_arn}` does not exist") from error
    return sts_backends[account][partition].assume_role(
        region_name="us-east-1" if partition == "aws" else "cn-north-1",
        role_session_name=session_name,
        role_arn=role_arn,
        policy=None,
        duration=43200,
        external_id=None,
    )
