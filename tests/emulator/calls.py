"""The record of every AWS call that the emulator answered."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass
from typing import Any


@dataclass
class RecordedCall:
    """One call; the fields are those of :class:`emulator.Call`."""

    account: str
    principal: str
    role: str | None
    service: str
    operation: str
    action: str
    actions: list[str]
    region: str
    resource: str
    decision: str
    status: int
    error: str | None
    fault: bool


class CallRecord:
    """Calls in the order of their answers."""

    def __init__(self) -> None:
        """Starts empty."""
        self._lock = threading.Lock()
        self._calls: list[RecordedCall] = []

    def add(self, call: RecordedCall) -> None:
        """Records one call."""
        with self._lock:
            self._calls.append(call)

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._calls.clear()

    def list(self) -> list[dict[str, Any]]:
        """All calls as plain dictionaries."""
        with self._lock:
            return [asdict(call) for call in self._calls]
