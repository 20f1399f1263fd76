"""Transactions of DynamoDB that are all or nothing, and that see no write of others in between.

moto copies every table once for each item of a transaction, to put the copies back if an item
fails: minutes for a hundred items among thousands, and what others wrote meanwhile is lost.
"""

from __future__ import annotations

import functools
import threading
from typing import Any

from moto.dynamodb.comparisons import get_filter_expression
from moto.dynamodb.exceptions import (
    MultipleTransactionsException,
    TooManyTransactionsException,
    TransactionCanceledException,
)
from moto.dynamodb.models import DynamoDBBackend

MOST_ITEMS = 100

_writing = threading.RLock()


def install() -> None:
    """Replaces moto's transactions, and makes every other write wait for them."""
    for write in ("delete_item", "put_item", "update_item"):
        setattr(DynamoDBBackend, write, _alone(getattr(DynamoDBBackend, write)))
    DynamoDBBackend.transact_write_items = _transact_write_items  # type: ignore[method-assign]


def _alone(write: Any) -> Any:
    @functools.wraps(write)
    def alone(*args: Any, **kwargs: Any) -> Any:
        with _writing:
            return write(*args, **kwargs)

    return alone


def _transact_write_items(self: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    """Checks the condition of every item, and then writes them all."""
    if len(transact_items) > MOST_ITEMS:
        raise TooManyTransactionsException()
    writes = [next(iter(item.items())) for item in transact_items]
    named = {(write["TableName"], str(_key(self, kind, write))) for kind, write in writes}
    if len(named) < len(writes):
        raise MultipleTransactionsException()
    with _writing:
        refusals = [_refusal(self, kind, write) for kind, write in writes]
        if any(code for code, _, _ in refusals):
            raise TransactionCanceledException(refusals)
        for kind, write in writes:
            _write(self, kind, write)


def _key(backend: DynamoDBBackend, kind: str, write: dict[str, Any]) -> dict[str, Any]:
    if kind != "Put":
        return dict(sorted(write["Key"].items()))
    table = backend.get_table(write["TableName"])
    attributes = (table.hash_key_attr, table.range_key_attr)
    return {name: write["Item"][name] for name in sorted(filter(None, attributes))}


def _refusal(backend: DynamoDBBackend, kind: str, write: dict[str, Any]) -> tuple[Any, Any, Any]:
    condition = write.get("ConditionExpression")
    if condition is None:
        return None, None, None
    item = backend.get_item(write["TableName"], _key(backend, kind, write))
    holds = get_filter_expression(
        condition, write.get("ExpressionAttributeNames"), write.get("ExpressionAttributeValues")
    )
    if holds.expr(item):
        return None, None, None
    return "ConditionalCheckFailed", "The conditional request failed", None


def _write(backend: DynamoDBBackend, kind: str, write: dict[str, Any]) -> None:
    table = write["TableName"]
    if kind == "Put":
        backend.put_item(table, write["Item"])
    elif kind == "Delete":
        backend.delete_item(table, write["Key"])
    elif kind == "Update":
        backend.update_item(
            table,
            write["Key"],
            update_expression=write["UpdateExpression"],
            expression_attribute_names=write.get("ExpressionAttributeNames", {}),
            expression_attribute_values=write.get("ExpressionAttributeValues", {}),
        )
