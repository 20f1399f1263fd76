"""EC2: pages, groups, peerings and regions."""

import pytest

from emulator_tests.conftest import error_of, pages


@pytest.fixture
def ec2(emu, account):
    return emu.client("ec2", account=account)


def test_groups_come_in_pages(ec2, name):
    for number in range(5):
        ec2.create_security_group(GroupName=f"{name}-{number}", Description="x")
    found = pages(
        ec2.describe_security_groups, "SecurityGroups", "NextToken", "NextToken", MaxResults=5
    )
    assert [len(page) for page in found] == [5, 1]


def test_a_default_group_lets_its_members_talk(ec2):
    (group,) = ec2.describe_security_groups()["SecurityGroups"]
    assert group["GroupName"] == "default"
    (rule,) = group["IpPermissions"]
    assert rule["IpProtocol"] == "-1"
    assert rule["UserIdGroupPairs"][0]["GroupId"] == group["GroupId"]


def test_interfaces_come_in_pages(ec2):
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    made = [ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"] for _ in range(6)]
    found = pages(
        ec2.describe_network_interfaces,
        "NetworkInterfaces",
        "NextToken",
        "NextToken",
        MaxResults=5,
    )
    assert [len(page) for page in found] == [5, 1]
    ids = {interface["NetworkInterfaceId"] for page in found for interface in page}
    assert ids == {interface["NetworkInterfaceId"] for interface in made}


def test_prefix_lists_have_entries(ec2, name):
    created = ec2.create_managed_prefix_list(
        PrefixListName=name,
        AddressFamily="IPv4",
        MaxEntries=3,
        Entries=[{"Cidr": "10.0.0.0/8"}, {"Cidr": "0.0.0.0/0"}],
    )["PrefixList"]["PrefixListId"]
    found = pages(
        ec2.get_managed_prefix_list_entries,
        "Entries",
        "NextToken",
        "NextToken",
        PrefixListId=created,
        MaxResults=1,
    )
    assert [entry["Cidr"] for page in found for entry in page] == ["10.0.0.0/8", "0.0.0.0/0"]


def test_a_group_knows_who_refers_to_it_across_a_peering(ec2):
    mine = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    peer = ec2.create_vpc(CidrBlock="10.2.0.0/16")["Vpc"]["VpcId"]
    connection = ec2.create_vpc_peering_connection(VpcId=mine, PeerVpcId=peer)
    connection = connection["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=connection)
    target = ec2.create_security_group(GroupName="a", Description="a", VpcId=mine)["GroupId"]
    source = ec2.create_security_group(GroupName="b", Description="b", VpcId=peer)["GroupId"]
    assert (
        ec2.describe_security_group_references(GroupId=[target])["SecurityGroupReferenceSet"] == []
    )
    ec2.authorize_security_group_ingress(
        GroupId=source,
        IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": target}]}],
    )
    (reference,) = ec2.describe_security_group_references(GroupId=[target])[
        "SecurityGroupReferenceSet"
    ]
    assert reference["ReferencingVpcId"] == peer
    assert reference["VpcPeeringConnectionId"] == connection
    (described,) = ec2.describe_vpc_peering_connections()["VpcPeeringConnections"]
    assert described["VpcPeeringConnectionId"] == connection
    assert described["Status"]["Code"] == "active"


def test_regions_that_are_not_enabled_are_closed(emu, ec2, account):
    everywhere = {region["RegionName"] for region in ec2.describe_regions()["Regions"]}
    assert {"us-east-1", "eu-west-1"} < everywhere
    emu.enable_regions(["us-east-1", "eu-west-1"])
    found = [region["RegionName"] for region in ec2.describe_regions()["Regions"]]
    assert sorted(found) == ["eu-west-1", "us-east-1"]
    listed = {
        region["RegionName"]: region["OptInStatus"]
        for region in ec2.describe_regions(AllRegions=True)["Regions"]
    }
    assert listed["eu-west-2"] == "not-opted-in"
    asia = emu.client("kms", "ap-south-1", account=account)
    assert error_of(asia.list_keys) == "UnrecognizedClientException"
    asia = emu.client("ec2", "ap-south-1", account=account)
    assert error_of(asia.describe_vpcs) == "AuthFailure"


def test_an_account_may_have_regions_of_its_own(emu, account):
    emu.enable_regions(["us-east-1"])
    emu.enable_regions(["us-east-1", "ap-east-1"], account)
    regions = emu.client("account", account=account).list_regions(
        RegionOptStatusContains=["ENABLED", "ENABLED_BY_DEFAULT"]
    )["Regions"]
    emu.enable_regions(None, account)
    assert {region["RegionName"] for region in regions} == {"us-east-1", "ap-east-1"}


def test_what_moto_cannot_do_is_said_once(ec2):
    assert error_of(ec2.describe_aws_network_performance_metric_subscriptions) == "NotImplemented"


def test_block_public_access_is_off_until_it_is_changed(ec2):
    options = ec2.describe_vpc_block_public_access_options()["VpcBlockPublicAccessOptions"]
    assert options["InternetGatewayBlockMode"] == "off"
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    ec2.create_vpc_block_public_access_exclusion(
        SubnetId=subnet, InternetGatewayExclusionMode="allow-bidirectional"
    )
    ec2.modify_vpc_block_public_access_options(InternetGatewayBlockMode="block-ingress")
    options = ec2.describe_vpc_block_public_access_options()["VpcBlockPublicAccessOptions"]
    assert options["InternetGatewayBlockMode"] == "block-ingress"
    (exclusion,) = ec2.describe_vpc_block_public_access_exclusions()[
        "VpcBlockPublicAccessExclusions"
    ]
    assert exclusion["ResourceArn"].endswith(f"subnet/{subnet}")


def test_a_rule_for_a_group_that_is_gone_is_stale(ec2, name):
    vpc = ec2.create_vpc(CidrBlock="10.4.0.0/16")["Vpc"]["VpcId"]
    gone = ec2.create_security_group(GroupName=f"{name}-gone", Description="x", VpcId=vpc)[
        "GroupId"
    ]
    left = ec2.create_security_group(GroupName=f"{name}-left", Description="x", VpcId=vpc)[
        "GroupId"
    ]
    permission = {
        "IpProtocol": "tcp",
        "FromPort": 22,
        "ToPort": 22,
        "UserIdGroupPairs": [{"GroupId": gone}],
    }
    ec2.authorize_security_group_ingress(GroupId=left, IpPermissions=[permission])
    assert ec2.describe_stale_security_groups(VpcId=vpc)["StaleSecurityGroupSet"] == []
    ec2.delete_security_group(GroupId=gone)
    (stale,) = ec2.describe_stale_security_groups(VpcId=vpc)["StaleSecurityGroupSet"]
    assert stale["GroupId"] == left


def test_a_group_may_be_associated_with_another_vpc(ec2, name):
    vpc = ec2.create_vpc(CidrBlock="10.5.0.0/16")["Vpc"]["VpcId"]
    group = ec2.create_security_group(GroupName=name, Description="x")["GroupId"]
    ec2.associate_security_group_vpc(GroupId=group, VpcId=vpc)
    (found,) = ec2.describe_security_group_vpc_associations()["SecurityGroupVpcAssociations"]
    assert (found["GroupId"], found["VpcId"], found["State"]) == (group, vpc, "associated")


def test_the_current_versions_of_all_launch_templates_are_one_listing(ec2, name):
    for number in range(2):
        ec2.create_launch_template(
            LaunchTemplateName=f"{name}-{number}",
            LaunchTemplateData={"SecurityGroupIds": [f"sg-{number}"]},
        )
    listed = ec2.describe_launch_template_versions(Versions=["$Default", "$Latest"])
    groups = [
        version["LaunchTemplateData"]["SecurityGroupIds"]
        for version in listed["LaunchTemplateVersions"]
    ]
    assert groups == [["sg-0"], ["sg-1"]]
