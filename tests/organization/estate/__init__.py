"""The estate: buckets, keys and groups of every account, most sound, some with known flaws.

Each module builds one service and says beside every resource which flaw it has.
"""

from __future__ import annotations

from emulator import Emulator
from organization.estate import access_points, buckets, groups, keys
from organization.layout import REGIONS, Settings


def build(emulator: Emulator, ids: dict[str, str], settings: Settings) -> dict[str, str]:
    """Builds the whole estate; returns the ARNs of the keys by name."""
    key_arns = keys.build(emulator, ids)
    buckets.build(emulator, ids, key_arns, settings)
    access_points.build(emulator, ids)
    groups.build(emulator, ids)
    for region in REGIONS:
        hub = emulator.client("securityhub", region, account=ids["payments"])
        hub.enable_security_hub(EnableDefaultStandards=False)
    return key_arns
