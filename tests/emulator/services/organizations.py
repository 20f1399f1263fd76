"""Organizations: pages of 20, ``State`` without ``Status``, and account ids of one's own choice.

moto lists all accounts in one page unless asked for fewer, still answers the ``Status`` that
AWS retired on 2026-09-09, does not know Security Hub as a service that may be delegated, and
gives new accounts random ids.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from moto.organizations import models, utils
from moto.organizations.models import organizations_backends

from emulator.aws_request import AwsRequest
from emulator.callers import Caller
from emulator.moto_upstream import MotoUpstream
from emulator.services.paging import page

PAGED = {
    "ListAccounts": "Accounts",
    "ListAccountsForParent": "Accounts",
    "ListChildren": "Children",
    "ListDelegatedAdministrators": "DelegatedAdministrators",
    "ListOrganizationalUnitsForParent": "OrganizationalUnits",
    "ListParents": "Parents",
    "ListRoots": "Roots",
    "ListTagsForResource": "Tags",
}
PAGE = 20
ACCOUNT_ID_TAG = "emulator:account-id"
"""A tag of CreateAccount that chooses the new account's id; it is not kept."""

_creating = threading.Lock()


def install() -> None:
    """Lets Security Hub be delegated."""
    services = (
        models.FakeServiceAccess.TRUSTED_SERVICES,
        models.FakeDelegatedAdministrator.SUPPORTED_SERVICES,
    )
    for names in services:
        if "securityhub.amazonaws.com" not in names:
            names.append("securityhub.amazonaws.com")


def _listing(members: str) -> Callable[..., dict[str, Any]]:
    def operation(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
        asked = dict(request.params)
        size, token = asked.pop("MaxResults", None), asked.pop("NextToken", None)
        answer = _without_status(moto.call(request, caller.account, asked))
        default = PAGE if members == "Accounts" else 100
        listed, following = page(
            answer.get(members, []), size, token, default, "InvalidInputException"
        )
        return {members: listed, "NextToken": following}

    return operation


def describe_account(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """The account, with its ``State``."""
    return _without_status(moto.call(request, caller.account))


def _without_status(answer: dict[str, Any]) -> dict[str, Any]:
    for account in [*answer.get("Accounts", []), answer.get("Account", {})]:
        account.pop("Status", None)
    return answer


def create_account(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """Creates the account, under the id that the tag ``emulator:account-id`` chooses."""
    tags = request.params.get("Tags", [])
    chosen = {tag["Key"]: tag["Value"] for tag in tags}.get(ACCOUNT_ID_TAG)
    if chosen is None:
        return moto.call(request, caller.account)
    kept = [tag for tag in tags if tag["Key"] != ACCOUNT_ID_TAG]
    with _creating:
        random_id = utils.make_random_account_id
        utils.make_random_account_id = lambda: chosen
        try:
            return moto.call(request, caller.account, {**request.params, "Tags": kept})
        finally:
            utils.make_random_account_id = random_id


def is_suspended(account: str) -> bool:
    """Whether the account has been closed."""
    return any(
        member.id == account and member.state == "SUSPENDED"
        for _, backends in list(organizations_backends.items())
        for backend in list(backends.values())
        for member in backend.accounts
    )


OPERATIONS = {
    **{("organizations", name): _listing(members) for name, members in PAGED.items()},
    ("organizations", "CreateAccount"): create_account,
    ("organizations", "DescribeAccount"): describe_account,
}
