"""One DynamoDB table in memory: what `aggregate` asks of it, fast enough for 200,000 items."""

from __future__ import annotations

import bisect
import re
import threading
from typing import Any

PAGE = 600
"""Items in one page of a query: about 1 MB of findings."""

Item = dict[str, Any]


class Table:
    """Items by partition and sort key; every value is as DynamoDB has it on the wire."""

    def __init__(self, partition: str, sort: str) -> None:
        """Starts empty."""
        self.partition, self.sort = partition, sort
        self._lock = threading.RLock()
        self._items: dict[str, dict[str, Item]] = {}
        self._sorted: dict[str, list[str]] = {}

    def __len__(self) -> int:
        """Items in all partitions."""
        return sum(len(items) for items in self._items.values())

    def query(self, asked: dict[str, Any]) -> dict[str, Any]:
        """One page of the items of a partition whose sort keys are in a range."""
        values = {name: value["S"] for name, value in asked["ExpressionAttributeValues"].items()}
        condition = asked["KeyConditionExpression"]
        first, last = "", chr(0x10FFFF)
        if "begins_with" in condition:
            first, last = values[":prefix"], values[":prefix"] + chr(0x10FFFF)
        elif "BETWEEN" in condition:
            first, last = values[":from"], values[":to"]
        elif ":place" in values:
            first = last = values[":place"]
        with self._lock:
            items = self._items.get(values[":partition"], {})
            keys = self._keys(values[":partition"])
            start = bisect.bisect_left(keys, first)
            after = asked.get("ExclusiveStartKey")
            if after:
                start = bisect.bisect_right(keys, after[self.sort]["S"])
            end = bisect.bisect_right(keys, last)
            page = keys[start : min(end, start + PAGE)]
            answer: dict[str, Any] = {"Items": [items[key] for key in page], "Count": len(page)}
            if start + PAGE < end:
                answer["LastEvaluatedKey"] = self._key(items[page[-1]])
            return answer

    def put(self, item: Item) -> None:
        """Writes an item."""
        with self._lock:
            partition = self._items.setdefault(item[self.partition]["S"], {})
            if item[self.sort]["S"] not in partition:
                self._sorted.pop(item[self.partition]["S"], None)
            partition[item[self.sort]["S"]] = item

    def refuses(self, write: dict[str, Any]) -> bool:
        """Whether the condition of a write does not hold."""
        condition = write.get("ConditionExpression")
        if not condition:
            return False
        with self._lock:
            item = self._item(write["Key"]) or {}
            values = write.get("ExpressionAttributeValues", {})
            return not any(_holds(clause, item, values) for clause in condition.split(" OR "))

    def update(self, write: dict[str, Any]) -> None:
        """Sets and removes attributes of an item."""
        names = write.get("ExpressionAttributeNames", {})
        sets, _, removes = write["UpdateExpression"].removeprefix("SET ").partition(" REMOVE ")
        with self._lock:
            item = dict(self._item(write["Key"]) or write["Key"])
            for clause in sets.split(", "):
                name, value = clause.split(" = ")
                item[names.get(name, name)] = write["ExpressionAttributeValues"][value]
            for name in filter(None, removes.split(", ")):
                item.pop(names.get(name, name), None)
            self.put(item)

    def delete(self, key: Item) -> None:
        """Deletes an item."""
        with self._lock:
            self._items.get(key[self.partition]["S"], {}).pop(key[self.sort]["S"], None)
            self._sorted.pop(key[self.partition]["S"], None)

    def _item(self, key: Item) -> Item | None:
        return self._items.get(key[self.partition]["S"], {}).get(key[self.sort]["S"])

    def _key(self, item: Item) -> Item:
        return {name: item[name] for name in (self.partition, self.sort)}

    def _keys(self, partition: str) -> list[str]:
        if partition not in self._sorted:
            self._sorted[partition] = sorted(self._items.get(partition, {}))
        return self._sorted[partition]


def _holds(clause: str, item: Item, values: Item) -> bool:
    absent = re.fullmatch(r"attribute_not_exists\((\w+)\)", clause)
    if absent:
        return absent.group(1) not in item
    name, operator, value = clause.split()
    if name not in item:
        return False
    if operator == "=":
        return bool(item[name] == values[value])
    return bool(item[name]["S"] <= values[value]["S"])
