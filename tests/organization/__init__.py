"""The emulated Organization: accounts, roles, an estate with known flaws, and orgsweep within it.

``build(data_dir, bin_dir)`` gives a running :class:`World`. Demo and whole-run tests use the
same one. README.md lists what is in the estate and which findings it must give.
"""

from organization.layout import ACCOUNTS, HOME_REGION, REGIONS, Settings
from organization.world import World, build

__all__ = ["ACCOUNTS", "HOME_REGION", "REGIONS", "Settings", "World", "build"]
