"""Operations that moto answers wrongly, one module per service."""

from __future__ import annotations

from emulator.gateway import Operation


def operations() -> dict[tuple[str, str], Operation]:
    """Every operation that replaces moto's, by (service, operation)."""
    return {}
