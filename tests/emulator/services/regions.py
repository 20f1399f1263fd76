"""Which regions are enabled, for all accounts or for one.

moto has every region enabled everywhere. A test may narrow that with
``POST /emulator/regions``; then DescribeRegions and ListRegions say so, and calls to other
regions are refused as AWS refuses them.
"""

from __future__ import annotations

import threading
from typing import Any

from moto.ec2.models import ec2_backends

from emulator.aws_request import AwsRequest
from emulator.aws_response import AwsError
from emulator.callers import Caller
from emulator.moto_upstream import MotoUpstream
from emulator.services.paging import page

GLOBAL_SERVICES = {"account", "iam", "organizations", "s3", "s3control", "sts"}
"""Services that one may ask from any region."""

_lock = threading.Lock()
_enabled: dict[str | None, frozenset[str]] = {}


def enable_regions(regions: list[str] | None, account: str | None = None) -> None:
    """Enables exactly ``regions`` in ``account``, or in all accounts that have no own list.

    ``None`` for ``regions`` lifts the restriction.
    """
    with _lock:
        if regions is None:
            _enabled.pop(account, None)
        else:
            _enabled[account] = frozenset(regions)


def enabled_regions(account: str) -> frozenset[str] | None:
    """The enabled regions of an account; ``None`` if nobody restricted them."""
    with _lock:
        return _enabled.get(account, _enabled.get(None))


def check_enabled(request: AwsRequest, caller: Caller) -> None:
    """Refuses calls to a region that is not enabled.

    # Errors
    :class:`AwsError`: AWS does not know the caller's credentials in such a region.
    """
    enabled = enabled_regions(caller.account)
    if enabled is None or request.region in enabled or request.service in GLOBAL_SERVICES:
        return
    message = f"the region {request.region} is not enabled in account {caller.account}"
    if request.service == "ec2":
        raise AwsError("AuthFailure", message, 401)
    raise AwsError("UnrecognizedClientException", message, 400)


def list_regions(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """``account:ListRegions``, which moto does not have."""
    account = request.params.get("AccountId", caller.account)
    enabled = enabled_regions(account)
    regions = [
        {"RegionName": region.name, "RegionOptStatus": _status(region, enabled)}
        for region in ec2_backends[account]["us-east-1"].describe_regions()
    ]
    if wanted := request.params.get("RegionOptStatusContains"):
        regions = [region for region in regions if region["RegionOptStatus"] in wanted]
    listed, token = page(
        regions,
        request.params.get("MaxResults"),
        request.params.get("NextToken"),
        50,
        "ValidationException",
    )
    return {"Regions": listed, "NextToken": token}


def _status(region: Any, enabled: frozenset[str] | None) -> str:
    if enabled is not None and region.name not in enabled:
        return "DISABLED"
    by_default = region.opt_in_status == "opt-in-not-required"
    return "ENABLED_BY_DEFAULT" if by_default else "ENABLED"


OPERATIONS = {("account", "ListRegions"): list_regions}
