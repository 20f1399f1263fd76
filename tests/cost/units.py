"""Write units of what the tables hold (DynamoDB guide, "Read and write operations"). Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

KILOBYTE = 1_024
IN_A_TRANSACTION = 2
"""Units for each KB that a transaction writes to a table; its indexes take one."""


def item_bytes(item: Mapping[str, Any]) -> int:
    """Size of an item as it is charged: names and values."""
    return sum(len(name.encode()) + _bytes(value) for name, value in item.items())


def _bytes(value: Any) -> int:
    if isinstance(value, str):
        return len(value.encode())
    if value is None or isinstance(value, bool):
        return 1
    if isinstance(value, Mapping):
        return 3 + sum(1 + len(name.encode()) + _bytes(one) for name, one in value.items())
    if isinstance(value, list | set):
        return 3 + sum(1 + _bytes(one) for one in value)
    digits = len(str(value).strip("-0.").replace(".", ""))
    return math.ceil(digits / 2) + 1


def row_units(item: Mapping[str, Any]) -> int:
    """Units to write an item to a table without indexes."""
    return math.ceil(item_bytes(item) / KILOBYTE)


def finding_units(item: Mapping[str, Any], indexes: Iterable[Mapping[str, str]]) -> int:
    """Units to write a finding in a transaction, and to the indexes whose keys it has."""
    filled = [index for index in indexes if all(name in item for name in index.values())]
    return row_units(item) * (IN_A_TRANSACTION + len(filled))
