"""Faults: what a test orders to go wrong with chosen calls, such as KMS denied in one region."""

from __future__ import annotations

import itertools
import re
import threading
from dataclasses import asdict, dataclass, fields
from typing import Any

from emulator.records import Fault

NEEDS = {"error": "code", "delay": "delay_seconds", "answer": "body", "part": "items", "kill": None}
"""The kinds of faults, and the field without which each means nothing."""


@dataclass
class ArmedFault:
    """A fault as ordered, how many calls were its own, and how many of them it struck."""

    id: str
    fault: Fault
    matched: int = 0
    struck: int = 0

    def matches(self, **call: str) -> bool:
        """Whether the fault is about this call and not used up."""
        fault = self.fault
        if fault.times is not None and self.struck >= fault.times:
            return False
        if fault.resource is not None and not _names(fault.resource, call["resource"]):
            return False
        return all(
            getattr(fault, name) in (None, call[name])
            for name in ("service", "operation", "account", "region")
        )

    def shown(self) -> dict[str, Any]:
        """The fields of the fault, its id and its counts."""
        own = asdict(self)
        return {**own.pop("fault"), **own}


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
        known = {field.name for field in fields(Fault)}
        if unknown := set(order) - known:
            raise ValueError(f"unknown fields of a fault: {sorted(unknown)}")
        kind = order.get("kind", "error")
        if kind not in NEEDS:
            raise ValueError(f"no such kind of fault: `{kind}`; there are {sorted(NEEDS)}")
        needed = NEEDS[kind]
        if needed is not None and not order.get(needed):
            raise ValueError(f"a fault of kind `{kind}` needs a `{needed}`")
        with self._lock:
            armed = ArmedFault(f"fault-{next(self._ids)}", Fault(**order))
            self._faults[armed.id] = armed
        return armed.id

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
            return [armed.shown() for armed in self._faults.values()]

    def strike(self, **call: str) -> Fault | None:
        """The first fault that strikes the call, counted as struck.

        A fault that lets the first calls pass counts them, and leaves them to the others.
        """
        with self._lock:
            for armed in self._faults.values():
                if armed.matches(**call):
                    armed.matched += 1
                    if armed.matched > armed.fault.after:
                        armed.struck += 1
                        return armed.fault
        return None
