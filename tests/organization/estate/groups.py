"""Security groups: sound ones, and one for every way in which a port can be open to the world."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from emulator import Emulator
from organization.layout import REGIONS


@dataclass(frozen=True)
class Open:
    """One ingress rule: ports from sources. A source is a CIDR block or ``prefix-list``."""

    from_port: int
    to_port: int
    sources: tuple[str, ...]
    protocol: str = "tcp"


@dataclass(frozen=True)
class Group:
    """A security group in the default VPC of an account and region."""

    name: str
    account: str
    region: str = "us-east-1"
    rules: tuple[Open, ...] = field(default_factory=tuple)
    attached: bool = True
    instance: bool = False
    """Whether an instance carries it, with a public address and a way to the internet."""


GROUPS = (
    Group("web", "payments", rules=(Open(443, 443, ("0.0.0.0/0", "::/0")),)),
    Group("database", "payments", rules=(Open(5432, 5432, ("10.0.0.0/8",)),)),
    # EC2.13, EC2.53, EC2.18, EC2.19; SG-040, for the internet reaches it
    Group("bastion", "payments", rules=(Open(22, 22, ("0.0.0.0/0",)),), instance=True),
    # EC2.14, EC2.54, not EC2.53: the same port, by IPv6 only
    Group("desktops", "payments", "eu-west-1", (Open(3380, 3400, ("::/0",)),)),
    # EC2.13 and SG-027: two halves are the whole internet
    Group("halves", "payments", "eu-west-1", (Open(20, 25, ("0.0.0.0/1", "128.0.0.0/1")),)),
    # SG-028 and EC2.19: the world behind a prefix list
    Group("partners", "analytics", rules=(Open(3306, 3306, ("prefix-list",)),)),
    # Not EC2.13: UDP is not TCP
    Group("udp", "analytics", "eu-central-1", (Open(22, 22, ("0.0.0.0/0",), "udp"),)),
    Group("forgotten", "analytics", "eu-central-1", attached=False),  # EC2.22
    Group("templated", "analytics", "eu-central-1", attached=False),  # not EC2.22
    Group("stale", "analytics", "eu-central-1"),  # SG-011
)


def build(emulator: Emulator, ids: dict[str, str]) -> None:
    """Creates every group; attached ones get a network interface. The default groups of the
    accounts that own groups are closed, the others are left as AWS makes them (EC2.2)."""
    for group in GROUPS:
        ec2 = emulator.client("ec2", group.region, account=ids[group.account])
        _create(ec2, group)
    for account in sorted({group.account for group in GROUPS}):
        for region in REGIONS:
            _close_default_group(emulator.client("ec2", region, account=ids[account]))
    _build_surroundings(emulator.client("ec2", "eu-central-1", account=ids["analytics"]))


def _build_surroundings(ec2: Any) -> None:
    """A launch template, a rule for a group that is gone, and VPC Block Public Access."""
    found = ec2.describe_security_groups()["SecurityGroups"]
    ids = {group["GroupName"]: group["GroupId"] for group in found}
    ec2.create_launch_template(
        LaunchTemplateName="templated",
        LaunchTemplateData={"SecurityGroupIds": [ids["templated"]]},
    )
    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]
    gone = ec2.create_security_group(GroupName="gone", Description="gone", VpcId=vpc["VpcId"])
    permission = {
        "IpProtocol": "tcp",
        "FromPort": 8443,
        "ToPort": 8443,
        "UserIdGroupPairs": [{"GroupId": gone["GroupId"]}],
    }
    ec2.authorize_security_group_ingress(GroupId=ids["stale"], IpPermissions=[permission])
    ec2.delete_security_group(GroupId=gone["GroupId"])
    ec2.modify_vpc_block_public_access_options(InternetGatewayBlockMode="block-ingress")


def _run_instance(ec2: Any, vpc: str, subnet: str, group: str) -> None:
    """An instance with a public address, and the way from the internet to it."""
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    tables = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]
    ec2.create_route(
        RouteTableId=tables[0]["RouteTableId"],
        DestinationCidrBlock="0.0.0.0/0",
        GatewayId=gateway,
    )
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    ran = ec2.run_instances(
        ImageId=image, MinCount=1, MaxCount=1, SubnetId=subnet, SecurityGroupIds=[group]
    )
    instance = ran["Instances"][0]["InstanceId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    ec2.associate_address(AllocationId=address, InstanceId=instance)


def _create(ec2: Any, group: Group) -> None:
    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]
    group_id = ec2.create_security_group(
        GroupName=group.name, Description=f"{group.name} of the estate", VpcId=vpc["VpcId"]
    )["GroupId"]
    permissions = [_permission(ec2, rule) for rule in group.rules]
    if permissions:
        ec2.authorize_security_group_ingress(GroupId=group_id, IpPermissions=permissions)
    if group.attached:
        subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])
        subnet = subnets["Subnets"][0]["SubnetId"]
        if group.instance:
            _run_instance(ec2, vpc["VpcId"], subnet, group_id)
        else:
            ec2.create_network_interface(SubnetId=subnet, Groups=[group_id])


def _permission(ec2: Any, rule: Open) -> dict[str, Any]:
    permission: dict[str, Any] = {
        "IpProtocol": rule.protocol,
        "FromPort": rule.from_port,
        "ToPort": rule.to_port,
    }
    ipv4 = [{"CidrIp": source} for source in rule.sources if "." in source]
    ipv6 = [{"CidrIpv6": source} for source in rule.sources if ":" in source]
    lists = [{"PrefixListId": _world_list(ec2)} for source in rule.sources if "-" in source]
    for field_name, entries in (("IpRanges", ipv4), ("Ipv6Ranges", ipv6), ("PrefixListIds", lists)):
        if entries:
            permission[field_name] = entries
    return permission


def _world_list(ec2: Any) -> str:
    """A customer prefix list called `partners` that holds the whole internet."""
    answer = ec2.create_managed_prefix_list(
        PrefixListName="partners",
        AddressFamily="IPv4",
        MaxEntries=5,
        Entries=[{"Cidr": "203.0.113.0/24"}, {"Cidr": "0.0.0.0/0"}],
    )
    return str(answer["PrefixList"]["PrefixListId"])


def _close_default_group(ec2: Any) -> None:
    found = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": ["default"]}])
    for group in found["SecurityGroups"]:
        if group["IpPermissionsEgress"]:
            ec2.revoke_security_group_egress(
                GroupId=group["GroupId"], IpPermissions=group["IpPermissionsEgress"]
            )
        if group["IpPermissions"]:
            ec2.revoke_security_group_ingress(
                GroupId=group["GroupId"], IpPermissions=group["IpPermissions"]
            )
