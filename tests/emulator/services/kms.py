"""KMS: pages, rotation periods, AWS managed keys, and keys that are created quickly.

moto ignores ``Limit`` and ``Marker``, knows no rotation period, calls the keys behind
``alias/aws/*`` customer keys, leaves out the usage of a key that was created without one, and
makes an RSA key for every symmetric key (50 ms each).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from moto.kms import models
from moto.kms.models import Key, kms_backends

from emulator.aws_request import AwsRequest
from emulator.aws_response import AwsError
from emulator.callers import Caller
from emulator.iam.resources import key_arn
from emulator.moto_upstream import MotoUpstream
from emulator.services.paging import page

DAY = 86_400
DEFAULT_PERIOD_DAYS = 365
PERIODS = range(90, 2561)


def install() -> None:
    """Makes no RSA key for symmetric and HMAC keys, and gives keys their default usage."""
    generate = models.generate_private_key

    def generate_private_key(key_spec: str) -> Any:
        return None if key_spec.startswith(("SYMMETRIC", "HMAC")) else generate(key_spec)

    models.generate_private_key = generate_private_key
    moto_init = Key.__init__

    def init(self: Key, *args: Any, **kwargs: Any) -> None:
        moto_init(self, *args, **kwargs)
        self.key_usage = self.key_usage or "ENCRYPT_DECRYPT"
        self.multi_region = bool(self.multi_region)

    Key.__init__ = init  # type: ignore[method-assign]


def _listing(members: str, default: int) -> Callable[..., dict[str, Any]]:
    """A list operation in pages of ``Limit``, from ``Marker`` to ``NextMarker``."""

    def operation(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
        asked = {k: v for k, v in request.params.items() if k not in ("Limit", "Marker")}
        answer = moto.call(request, caller.account, asked)
        listed, marker = page(
            answer.get(members, []),
            request.params.get("Limit"),
            request.params.get("Marker"),
            default,
            "InvalidMarkerException",
        )
        return {members: listed, "NextMarker": marker, "Truncated": marker is not None}

    return operation


def describe_key(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """The key's metadata; AWS is the manager of the keys behind ``alias/aws/*``."""
    answer = moto.call(request, caller.account)
    key = _held(answer["KeyMetadata"]["Arn"])
    if key is not None and _is_aws_managed(key):
        answer["KeyMetadata"]["KeyManager"] = "AWS"
    return answer


def enable_rotation(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """Turns rotation on, for a period between 90 and 2560 days.

    # Errors
    ``UnsupportedOperationException`` for keys that cannot rotate, ``ValidationException`` for
    other periods.
    """
    days = int(request.params.get("RotationPeriodInDays", DEFAULT_PERIOD_DAYS))
    if days not in PERIODS:
        raise AwsError("ValidationException", f"rotation period of {days} days is not 90 to 2560")
    key = _asked(request, caller)
    if key is not None and (key.key_spec != "SYMMETRIC_DEFAULT" or key.origin != "AWS_KMS"):
        raise AwsError("UnsupportedOperationException", f"{key.arn} cannot rotate by itself")
    answer = moto.call(request, caller.account)
    if key is not None:
        key.rotation_days, key.rotation_since = days, time.time()
    return answer


def rotation_status(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """Whether the key rotates, how often, and when next."""
    key = _asked(request, caller)
    if key is not None and key.key_spec != "SYMMETRIC_DEFAULT":
        raise AwsError("UnsupportedOperationException", f"{key.arn} cannot rotate")
    if key is not None and key.key_state.startswith("Pending"):
        raise AwsError("KMSInvalidStateException", f"{key.arn} is {key.key_state}")
    answer = moto.call(request, caller.account)
    if key is None:
        return answer
    enabled = _is_aws_managed(key) or bool(answer["KeyRotationEnabled"])
    answer |= {"KeyId": key.arn, "KeyRotationEnabled": enabled}
    if enabled:
        days = getattr(key, "rotation_days", DEFAULT_PERIOD_DAYS)
        since = getattr(key, "rotation_since", key.creation_date)
        answer |= {"RotationPeriodInDays": days, "NextRotationDate": since + days * DAY}
    return answer


def _asked(request: AwsRequest, caller: Caller) -> Key | None:
    return _held(key_arn(str(request.params.get("KeyId")), request.region, caller))


def asked_key(name: str, request: AwsRequest, caller: Caller) -> Key:
    """The key that ``name`` leads to.

    # Errors
    ``NotFoundException``.
    """
    key = _held(key_arn(name, request.region, caller))
    if key is None:
        raise AwsError("NotFoundException", f"Key `{name}` does not exist")
    return key


def _held(arn: str) -> Key | None:
    _, _, _, region, account, name = arn.split(":", 5)
    return kms_backends[account][region].keys.get(name.removeprefix("key/"))


def _is_aws_managed(key: Key) -> bool:
    return any(alias.startswith("alias/aws/") for alias in key.aliases)


OPERATIONS = {
    ("kms", "DescribeKey"): describe_key,
    ("kms", "EnableKeyRotation"): enable_rotation,
    ("kms", "GetKeyRotationStatus"): rotation_status,
    ("kms", "ListAliases"): _listing("Aliases", 50),
    ("kms", "ListGrants"): _listing("Grants", 50),
    ("kms", "ListKeyPolicies"): _listing("PolicyNames", 100),
    ("kms", "ListKeys"): _listing("Keys", 100),
    ("kms", "ListResourceTags"): _listing("Tags", 50),
}
