"""Faults: what a test orders to go wrong with chosen calls, such as KMS denied in one region."""

from __future__ import annotations

import itertools
import re
import threading
from dataclasses import dataclass, fields
from typing import Any

NEEDS = {"error": "code", "delay": "delay_seconds", "answer": "body", "part": "items", "kill": None}
"""The kinds of faults, and the field without which each means nothing."""


@dataclass
class ArmedFault:
    """A fault as ordered (see :class:`emulator.Fault`), how many calls were its own, and how
    many of them it struck."""

    id: str
    code: str | None = None
    status: int = 400
    message: str = "refused by a fault of the emulator"
    service: str | None = None
    operation: str | None = None
    account: str | None = None
    region: str | None = None
    resource: str | None = None
    times: int | None = None
    kind: str = "error"
    after: int = 0
    delay_seconds: float = 0
    body: str | None = None
    items: int | None = None
    matched: int = 0
    struck: int = 0

    def matches(self, **call: str) -> bool:
        """Whether the fault is about this call and not used up."""
        if self.times is not None and self.struck >= self.times:
            return False
        if self.resource is not None and not _names(self.resource, call["resource"]):
            return False
        return all(
            getattr(self, name) in (None, call[name])
            for name in ("service", "operation", "account", "region")
        )


def _names(wanted: str, resource: str) -> bool:
    """Whether ``resource`` is ``wanted``, or has it as a whole part."""
    return re.search(rf"(^|[:/]){re.escape(wanted)}($|[:/])", resource) is not None


class FaultBoard:
    """The armed faults."""

    def __init__(self) -> None:
        """Starts without faults."""
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._faults: dict[str, ArmedFault] = {}

    def add(self, order: dict[str, Any]) -> str:
        """Arms a fault; :class:`ValueError` names what is wrong with the order."""
        known = {field.name for field in fields(ArmedFault)} - {"id", "matched", "struck"}
        if unknown := set(order) - known:
            raise ValueError(f"unknown fields of a fault: {sorted(unknown)}")
        kind = order.get("kind", "error")
        if kind not in NEEDS:
            raise ValueError(f"no such kind of fault: `{kind}`; there are {sorted(NEEDS)}")
        needed = NEEDS[kind]
        if needed is not None and not order.get(needed):
            raise ValueError(f"a fault of kind `{kind}` needs a `{needed}`")
        with self._lock:
            fault = ArmedFault(id=f"fault-{next(self._ids)}", **order)
            self._faults[fault.id] = fault
        return fault.id

    def remove(self, fault_id: str | None = None) -> None:
        """Disarms one fault, or all; :class:`KeyError` if there is no such fault."""
        with self._lock:
            if fault_id is None:
                self._faults.clear()
            else:
                del self._faults[fault_id]

    def list(self) -> list[dict[str, Any]]:
        """The armed faults."""
        with self._lock:
            return [vars(fault).copy() for fault in self._faults.values()]

    def strike(self, **call: str) -> ArmedFault | None:
        """The first fault that strikes the call, counted as struck.

        A fault that lets the first calls pass counts them, and leaves them to the others.
        """
        with self._lock:
            for fault in self._faults.values():
                if fault.matches(**call):
                    fault.matched += 1
                    if fault.matched > fault.after:
                        fault.struck += 1
                        return fault
        return None
