"""DynamoDB: idempotent transactions and the limit of batches.

moto ignores ``ClientRequestToken``, so that a repeated transaction counts twice, and accepts
batches of more than 25 writes.
"""

from __future__ import annotations

import json
import threading

from emulator.aws_request import AwsRequest
from emulator.aws_response import Answer, AwsError
from emulator.callers import Caller
from emulator.moto_upstream import MotoUpstream

BATCH_WRITES = 25
BATCH_READS = 100
TRANSACTION_ITEMS = 100

_lock = threading.Lock()
_done: dict[tuple[str, str, str], tuple[str, Answer]] = {}


def transact_write(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> Answer:
    """Writes once per token.

    # Errors
    ``IdempotentParameterMismatchException`` if the token was used for something else.
    """
    items = request.params.get("TransactItems", [])
    if len(items) > TRANSACTION_ITEMS:
        raise AwsError("ValidationException", "Member must have length less than or equal to 100")
    token = request.params.get("ClientRequestToken")
    if token is None:
        return moto.answer(request, caller.account)
    key, content = (caller.account, request.region, token), json.dumps(items, default=str)
    with _lock:
        if key in _done:
            known, answer = _done[key]
            if known != content:
                raise AwsError("IdempotentParameterMismatchException", "the token was used before")
            return answer
    answer = moto.answer(request, caller.account)
    if answer.status == 200:
        with _lock:
            _done[key] = (content, answer)
    return answer


def batch_write(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> Answer:
    """At most 25 writes."""
    count = sum(len(writes) for writes in request.params.get("RequestItems", {}).values())
    if count > BATCH_WRITES:
        raise AwsError(
            "ValidationException", "Too many items requested for the BatchWriteItem call"
        )
    return moto.answer(request, caller.account)


def batch_get(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> Answer:
    """At most 100 keys."""
    tables = request.params.get("RequestItems", {}).values()
    if sum(len(table.get("Keys", [])) for table in tables) > BATCH_READS:
        raise AwsError("ValidationException", "Too many items requested for the BatchGetItem call")
    return moto.answer(request, caller.account)


OPERATIONS = {
    ("dynamodb", "BatchGetItem"): batch_get,
    ("dynamodb", "BatchWriteItem"): batch_write,
    ("dynamodb", "TransactWriteItems"): transact_write,
}
