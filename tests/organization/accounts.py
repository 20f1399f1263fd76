"""Creates the Organization: its units, its member accounts, and the suspended one."""

from __future__ import annotations

from typing import Any

from emulator import Emulator
from organization.layout import ACCOUNTS, MANAGEMENT_ID


def create(emulator: Emulator) -> dict[str, str]:
    """Creates the Organization and returns account ids by name, the management account's too."""
    organizations = emulator.client("organizations", account=MANAGEMENT_ID)
    organizations.create_organization(FeatureSet="ALL")
    root = organizations.list_roots()["Roots"][0]["Id"]
    units = _create_units(organizations, root)
    ids = {"management": MANAGEMENT_ID}
    for account in ACCOUNTS:
        status = organizations.create_account(
            AccountName=account.name,
            Email=f"aws+{account.name}@example.com",
            Tags=[{"Key": "stage", "Value": account.stage}],
        )["CreateAccountStatus"]
        ids[account.name] = status["AccountId"]
        organizations.move_account(
            AccountId=status["AccountId"],
            SourceParentId=root,
            DestinationParentId=units[account.unit],
        )
    for account in ACCOUNTS:
        if account.suspended:
            organizations.close_account(AccountId=ids[account.name])
    return ids


def _create_units(organizations: Any, root: str) -> dict[str, str]:
    """One organizational unit per name in the layout, directly below the root."""
    units = {}
    for name in sorted({account.unit for account in ACCOUNTS}):
        answer = organizations.create_organizational_unit(ParentId=root, Name=name)
        units[name] = answer["OrganizationalUnit"]["Id"]
    return units
