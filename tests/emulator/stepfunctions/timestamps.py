"""Timestamps as Step Functions writes them."""

from __future__ import annotations

from datetime import datetime


def timestamp(moment: datetime) -> str:
    """Milliseconds and ``Z``: ``2026-11-20T14:16:00.123Z``."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
