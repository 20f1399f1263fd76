"""EC2: pages, the rules of default groups, references between groups, and enabled regions.

moto gives every list in one page, makes default security groups without the rule that lets
their members talk to each other, and answers DescribeSecurityGroupReferences with HTTP 500. What
it does not have at all is in ``ec2_surroundings``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.models.security_groups import SecurityGroupBackend

from emulator.aws_request import AwsRequest
from emulator.aws_response import Answer, AwsError
from emulator.callers import Caller
from emulator.moto_upstream import MotoUpstream
from emulator.services import ec2_surroundings
from emulator.services.paging import page, page_limit
from emulator.services.regions import enabled_regions

PAGED = {
    "DescribeInstances": "Reservations",
    "DescribeManagedPrefixLists": "PrefixLists",
    "DescribeNetworkAcls": "NetworkAcls",
    "DescribeNetworkInterfaces": "NetworkInterfaces",
    "DescribePrefixLists": "PrefixLists",
    "DescribeRouteTables": "RouteTables",
    "DescribeSecurityGroupRules": "SecurityGroupRules",
    "DescribeSecurityGroups": "SecurityGroups",
    "DescribeSubnets": "Subnets",
    "DescribeVpcPeeringConnections": "VpcPeeringConnections",
    "DescribeVpcs": "Vpcs",
    "GetManagedPrefixListEntries": "Entries",
}
"""Operations with ``MaxResults`` and ``NextToken``, and the list in their answer."""
PAGE_SIZES = range(5, 1001)
SMALL_PAGES = {
    "Entries": range(1, 101),
    "PrefixLists": range(1, 101),
    "RouteTables": range(5, 101),
}


def install() -> None:
    """Gives default groups the rule that AWS gives them."""
    moto_create = SecurityGroupBackend.create_security_group

    def create_security_group(self: Any, *args: Any, **kwargs: Any) -> Any:
        group = moto_create(self, *args, **kwargs)
        if kwargs.get("is_default"):
            self.authorize_security_group_ingress(
                group_name_or_id=group.id,
                ip_protocol="-1",
                from_port="",
                to_port="",
                ip_ranges=[],
                source_groups=[{"GroupId": group.id}],
                vpc_id=group.vpc_id,
            )
        return group

    SecurityGroupBackend.create_security_group = create_security_group  # type: ignore[method-assign]


def _listing(members: str) -> Callable[..., dict[str, Any] | Answer]:
    """A list operation in pages of ``MaxResults``."""

    def operation(
        request: AwsRequest, caller: Caller, moto: MotoUpstream
    ) -> dict[str, Any] | Answer:
        asked = dict(request.params)
        size, token = asked.pop("MaxResults", None), asked.pop("NextToken", None)
        if size is not None and int(size) not in SMALL_PAGES.get(members, PAGE_SIZES):
            raise AwsError("InvalidParameterValue", f"Value ( {size} ) for MaxResults is invalid.")
        if size is None and token is None and page_limit.items is None:
            return moto.answer(request, caller.account)
        answer = moto.call(request, caller.account, asked)
        listed, following = page(
            answer.get(members, []), size, token, PAGE_SIZES[-1], "InvalidPaginationToken"
        )
        return {**answer, members: listed, "NextToken": following}

    return operation


def describe_regions(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """The regions that are enabled in the account; with ``AllRegions`` the others too."""
    asked = {k: v for k, v in request.params.items() if k != "AllRegions"}
    enabled = enabled_regions(caller.account)
    regions = moto.call(request, caller.account, asked).get("Regions", [])
    for region in regions:
        if enabled is not None and region["RegionName"] not in enabled:
            region["OptInStatus"] = "not-opted-in"
        elif region.get("OptInStatus") == "not-opted-in" and enabled is not None:
            region["OptInStatus"] = "opted-in"
    if not request.params.get("AllRegions"):
        regions = [region for region in regions if region.get("OptInStatus") != "not-opted-in"]
    return {"Regions": regions}


def group_references(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """The VPCs, reached by peering, whose groups have rules that name the groups asked for."""
    wanted = set(request.params.get("GroupId", []))
    own = ec2_backends[caller.account][request.region]
    found = []
    for connection in list(own.vpc_pcxs.values()):
        for vpc in (connection.vpc, connection.peer_vpc):
            backend = ec2_backends[vpc.owner_id][request.region]
            for group_id in _referenced(backend, vpc.id) & wanted:
                if not _is_in(own, group_id, vpc.id):
                    found.append(
                        {
                            "GroupId": group_id,
                            "ReferencingVpcId": vpc.id,
                            "VpcPeeringConnectionId": connection.id,
                        }
                    )
    return {"SecurityGroupReferenceSet": found}


def _referenced(backend: Any, vpc_id: str) -> set[str]:
    groups = backend.groups.get(vpc_id, {}).values()
    rules = [rule for group in groups for rule in [*group.ingress_rules, *group.egress_rules]]
    return {rule.source_group["GroupId"] for rule in rules if "GroupId" in rule.source_group}


def _is_in(backend: Any, group_id: str, vpc_id: str) -> bool:
    return group_id in backend.groups.get(vpc_id, {})


OPERATIONS = {
    **{("ec2", name): _listing(members) for name, members in PAGED.items()},
    **ec2_surroundings.OPERATIONS,
    ("ec2", "DescribeRegions"): describe_regions,
    ("ec2", "DescribeSecurityGroupReferences"): group_references,
}
