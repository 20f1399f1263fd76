"""The record of every AWS call that the emulator answered."""

from __future__ import annotations

import threading
from dataclasses import asdict
from typing import Any

from emulator.records import Call


class CallRecord:
    """Calls in the order of their answers."""

    def __init__(self) -> None:
        """Starts empty."""
        self._lock = threading.Lock()
        self._calls: list[Call] = []

    def add(self, call: Call) -> None:
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
