"""Service-managed StackSets: a stack in every account of the units but the management account."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import Any

from cloudformation.target import Made, Target

Deploy = Callable[[dict[str, Any], Target, dict[str, Any]], object]
"""Makes the resources of a template at a target, with parameters."""


def stack_set(deploy: Deploy, target: Target, _: str, properties: dict[str, Any]) -> Made:
    """Deploys the template of the StackSet into every account of its units."""
    template = json.loads(properties["TemplateBody"])
    parameters = {
        it["ParameterKey"]: it["ParameterValue"] for it in properties.get("Parameters", [])
    }
    for group in properties["StackInstancesGroup"]:
        units = group["DeploymentTargets"]["OrganizationalUnitIds"]
        for account in _accounts(target, units):
            member = dataclasses.replace(
                target, account=account, stack=f"StackSet-{properties['StackSetName']}"
            )
            for region in group["Regions"]:
                deploy(template, dataclasses.replace(member, region=region), parameters)
    return Made(properties["StackSetName"], {"StackSetId": properties["StackSetName"]})


def _accounts(target: Target, units: list[str]) -> list[str]:
    """Active accounts below the units, each once."""
    organizations = target.client("organizations")
    management = organizations.describe_organization()["Organization"]["MasterAccountId"]
    found = {account for unit in units for account in _below(organizations, unit)}
    return sorted(found - {management})


def _below(organizations: Any, unit: str) -> Iterator[str]:
    pages = organizations.get_paginator("list_accounts_for_parent").paginate(ParentId=unit)
    for account in (account for page in pages for account in page["Accounts"]):
        if account["State"] == "ACTIVE":
            yield account["Id"]
    children = organizations.get_paginator("list_organizational_units_for_parent")
    for page in children.paginate(ParentId=unit):
        for child in page["OrganizationalUnits"]:
            yield from _below(organizations, child["Id"])
