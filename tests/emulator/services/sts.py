"""STS: only roles that exist can be assumed, and not in closed accounts.

moto assumes any role, in any account, for any time.
"""

from __future__ import annotations

import json
import re
from typing import Any

from moto.iam.models import iam_backends

from emulator.aws_request import AwsRequest
from emulator.aws_response import AwsError
from emulator.callers import Caller
from emulator.moto_upstream import MotoUpstream
from emulator.services.organizations import is_suspended

SESSION_NAME = re.compile(r"[\w+=,.@-]{2,64}")
EXTERNAL_ID = re.compile(r"[\w+=,.@:/-]{2,1224}")
CHAINED_SECONDS = 3600
"""A role session may assume another role for at most one hour."""
POLICY_CHARACTERS = 2048


def assume_role(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """Credentials of a role.

    # Errors
    ``AccessDenied`` as for a missing permission, ``ValidationError`` and
    ``MalformedPolicyDocument`` for values that STS refuses.
    """
    params = request.params
    _check_values(params, caller)
    role = params["RoleArn"]
    account = role.split(":")[4]
    if not _exists(role) or is_suspended(account) or is_suspended(caller.account):
        raise AwsError(
            "AccessDenied",
            f"User: {caller.arn} is not authorized to perform: sts:AssumeRole on resource: {role}",
            403,
        )
    return moto.call(request, caller.account)


def _check_values(params: dict[str, Any], caller: Caller) -> None:
    if not re.fullmatch(r"arn:[\w-]+:iam::\d{12}:role/.+", params.get("RoleArn", "")):
        raise AwsError("ValidationError", f"`{params.get('RoleArn')}` is not the ARN of a role")
    for name, pattern in (("RoleSessionName", SESSION_NAME), ("ExternalId", EXTERNAL_ID)):
        if name in params and not pattern.fullmatch(params[name]):
            raise AwsError("ValidationError", f"{name} `{params[name]}` is malformed")
    if caller.role and int(params.get("DurationSeconds", CHAINED_SECONDS)) > CHAINED_SECONDS:
        raise AwsError(
            "ValidationError",
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed "
            "by role chaining",
        )
    _check_policy(params.get("Policy"))


def _check_policy(policy: str | None) -> None:
    if policy is None:
        return
    if len(policy) > POLICY_CHARACTERS:
        raise AwsError("ValidationError", "the session policy has more than 2048 characters")
    try:
        json.loads(policy)["Statement"]
    except (ValueError, KeyError, TypeError) as error:
        raise AwsError(
            "MalformedPolicyDocument", f"the session policy is malformed: {error}"
        ) from error


def _exists(role: str) -> bool:
    _, partition, _, _, account, _ = role.split(":", 5)
    try:
        iam_backends[account][partition].get_role_by_arn(role)
    except Exception:  # moto raises a NotFoundException of its own
        return False
    return True


def get_caller_identity(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """Who is asking; moto calls root users ``user/moto``."""
    if caller.is_root:
        return {"Account": caller.account, "UserId": caller.account, "Arn": caller.arn}
    return moto.call(request, caller.account)


OPERATIONS = {
    ("sts", "AssumeRole"): assume_role,
    ("sts", "GetCallerIdentity"): get_caller_identity,
}
