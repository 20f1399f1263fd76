"""What an Organization is assumed to hold. Change it here and print the page again."""

from __future__ import annotations

from dataclasses import dataclass

SIZES = (10, 100, 1_000, 10_000)
"""Accounts of the Organizations on the page."""


@dataclass(frozen=True)
class Account:
    """An account as it is assumed to be on average."""

    regions: int = 17
    """Regions that are enabled without opting in."""

    buckets: int = 20
    keys: int = 15
    """Customer managed keys, and those of AWS that are listed with them."""

    groups: int = 85
    """Security groups: the default one of each VPC among them."""

    findings: int = 120
    """Open findings, NOT_AVAILABLE included."""

    changed_per_mille: int = 10
    """Findings of a thousand that change from one run to the next."""


@dataclass(frozen=True)
class Timing:
    """What no emulator can measure."""

    seconds_per_call: float = 0.06
    """From a function to AWS and back."""

    calls_at_once: float = 4.0
    """Calls of a function that are under way at the same time, on average."""

    seconds_per_invocation: float = 0.5
    """Start, judging and writing, on average over warm and cold starts."""

    memory_gb: float = 0.5
    """512 MB, as the stack gives."""

    log_bytes_per_invocation: int = 6_000
    """Log lines and metrics."""

    findings_per_read_unit: float = 2.0
    """A strongly consistent unit reads 4 KB."""
