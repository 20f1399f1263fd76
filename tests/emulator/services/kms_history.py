"""KMS: when keys were made, rotated and used.

moto knows no last use, and rotations of any kind of key. The tag ``emulator:made-days-ago`` of
CreateKey chooses the age of the new key; it is not kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from moto.kms.models import Key

from emulator.aws_request import AwsRequest
from emulator.aws_response import Answer, AwsError
from emulator.callers import Caller
from emulator.moto_upstream import MotoUpstream
from emulator.services.kms import DAY, asked_key
from emulator.services.paging import page

AGE_TAG = "emulator:made-days-ago"
USES = (
    "Decrypt",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateMac",
    "ReEncrypt",
    "Sign",
    "Verify",
    "VerifyMac",
)
"""Operations that count as use of a key."""


def create_key(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """A new key, made as many days ago as its tag says."""
    tags = request.params.get("Tags", [])
    days = [int(tag["TagValue"]) for tag in tags if tag["TagKey"] == AGE_TAG]
    kept = {"Tags": [tag for tag in tags if tag["TagKey"] != AGE_TAG]}
    answer = moto.call(request, caller.account, request.params | kept)
    if days:
        made = asked_key(answer["KeyMetadata"]["Arn"], request, caller)
        made.creation_date -= days[0] * DAY
        answer["KeyMetadata"]["CreationDate"] = made.creation_date
    return answer


def list_rotations(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """The rotations that were completed, in pages.

    # Errors
    ``UnsupportedOperationException`` for keys whose material KMS does not rotate.
    """
    key = _key(request, caller)
    if key.key_spec != "SYMMETRIC_DEFAULT" or key.origin not in ("AWS_KMS", "EXTERNAL"):
        raise AwsError("UnsupportedOperationException", f"{key.arn} cannot rotate")
    listed, marker = page(
        key.rotations,
        request.params.get("Limit"),
        request.params.get("Marker"),
        100,
        "InvalidMarkerException",
    )
    return {"Rotations": listed, "NextMarker": marker, "Truncated": marker is not None}


def last_usage(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """The last successful use; an empty object for a key without one."""
    key = _key(request, caller)
    use = getattr(key, "last_use", None)
    return {
        "KeyId": key.id,
        "KeyLastUsage": {"Operation": use[0], "Timestamp": use[1]} if use else {},
        "TrackingStartDate": key.creation_date,
        "KeyCreationDate": key.creation_date,
    }


def _used(operation: str) -> Callable[[AwsRequest, Caller, MotoUpstream], Answer]:
    """The operation as moto carries it out, noted on the key if it succeeds."""

    def use(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> Answer:
        answer = moto.answer(request, caller.account)
        named = request.params.get("KeyId") or request.params.get("DestinationKeyId")
        if answer.status < 300 and named:
            asked_key(str(named), request, caller).last_use = (operation, time.time())
        return answer

    return use


def _key(request: AwsRequest, caller: Caller) -> Key:
    return asked_key(str(request.params.get("KeyId")), request, caller)


OPERATIONS = {
    ("kms", "CreateKey"): create_key,
    ("kms", "GetKeyLastUsage"): last_usage,
    ("kms", "ListKeyRotations"): list_rotations,
    **{("kms", operation): _used(operation) for operation in USES},
}
