//! From the SDK's types to the vocabulary: pure, one function per thing that EC2 describes.

use std::collections::BTreeMap;

use aws_sdk_ec2::types;
use compliance::observation::{
    Direction, GroupReference, NetworkInterface, PeeringReference, Rule, Vpc,
};

/// What the listing says of a group, before anything else is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedGroup {
    /// `sg-...`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Description, if the answer holds one: EC2 asks for it when a group is made.
    pub description: Option<String>,
    /// The VPC.
    pub vpc: Option<String>,
    /// Tags.
    pub tags: BTreeMap<String, String>,
}

/// A group of `DescribeSecurityGroups`, if `account` owns it: groups that other accounts share
/// with this one are audited where they are owned.
#[must_use]
pub fn group(group: types::SecurityGroup, account: &str) -> Option<ListedGroup> {
    if group.owner_id.is_some_and(|owner| owner != account) {
        return None;
    }
    Some(ListedGroup {
        id: group.group_id?,
        name: group.group_name.unwrap_or_default(),
        description: group.description,
        vpc: group.vpc_id,
        tags: group.tags.into_iter().flatten().filter_map(tag).collect(),
    })
}

fn tag(tag: types::Tag) -> Option<(String, String)> {
    Some((tag.key?, tag.value.unwrap_or_default()))
}

/// A rule of `DescribeSecurityGroupRules`, with the id of the group that it belongs to.
#[must_use]
pub fn rule(rule: types::SecurityGroupRule) -> Option<(String, Rule)> {
    let direction = if rule.is_egress.unwrap_or_default() {
        Direction::Egress
    } else {
        Direction::Ingress
    };
    let described = rule.description.is_some_and(|text| !text.is_empty());
    let converted = Rule {
        rule_id: rule.security_group_rule_id,
        direction,
        protocol: rule.ip_protocol.unwrap_or_else(|| "-1".to_owned()),
        from_port: rule.from_port,
        to_port: rule.to_port,
        cidr: rule.cidr_ipv4.or(rule.cidr_ipv6),
        prefix_list: rule.prefix_list_id,
        group: rule.referenced_group_info.and_then(reference),
        described,
    };
    Some((rule.group_id?, converted))
}

fn reference(group: types::ReferencedSecurityGroup) -> Option<GroupReference> {
    Some(GroupReference {
        group_id: group.group_id?,
        account: group.user_id,
        peering_status: group.peering_status,
    })
}

/// An interface, with the groups that it carries and its VPC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarryingInterface {
    /// Ids of the groups.
    pub groups: Vec<String>,
    /// The VPC.
    pub vpc: Option<String>,
    /// The interface.
    pub interface: NetworkInterface,
}

/// An interface of `DescribeNetworkInterfaces`.
#[must_use]
pub fn interface(interface: types::NetworkInterface) -> Option<CarryingInterface> {
    let public_ipv4 = has_public_ipv4(&interface);
    let interface_type = kind(&interface);
    let attachment = interface.attachment;
    let ipv6 = interface.ipv6_address.is_some()
        || interface
            .ipv6_addresses
            .is_some_and(|list| !list.is_empty())
        || interface.ipv6_prefixes.is_some_and(|list| !list.is_empty());
    let groups = interface.groups.unwrap_or_default();
    Some(CarryingInterface {
        groups: groups
            .into_iter()
            .filter_map(|group| group.group_id)
            .collect(),
        vpc: interface.vpc_id.clone(),
        interface: NetworkInterface {
            id: interface.network_interface_id?,
            interface_type,
            status: interface.status.map(|status| status.as_str().to_owned()),
            public_ipv4,
            ipv6,
            subnet_id: interface.subnet_id,
            vpc_id: interface.vpc_id.clone(),
            instance_id: attachment.and_then(|attachment| attachment.instance_id),
            requester_managed: interface.requester_managed.unwrap_or_default(),
        },
    })
}

/// What EC2 calls the type of an interface. Those of Elastic Load Balancing's classic and application load
/// balancers are called `interface`, and told apart by who asked for them (Elastic Load Balancing User Guide:
/// requester `amazon-elb`).
fn kind(interface: &types::NetworkInterface) -> Option<String> {
    let attachment = interface.attachment();
    let owner = attachment.and_then(types::NetworkInterfaceAttachment::instance_owner_id);
    let by_elb = [interface.requester_id(), owner].contains(&Some("amazon-elb"));
    match interface
        .interface_type()
        .map(types::NetworkInterfaceType::as_str)
    {
        Some("interface") | None if by_elb => Some("load_balancer".to_owned()),
        kind => kind.map(str::to_owned),
    }
}

/// A public address may hang on the interface or on any of its private addresses.
fn has_public_ipv4(interface: &types::NetworkInterface) -> bool {
    let public = |association: Option<&types::NetworkInterfaceAssociation>| {
        association.is_some_and(|association| association.public_ip().is_some())
    };
    public(interface.association())
        || interface
            .private_ip_addresses()
            .iter()
            .any(|address| public(address.association()))
}

/// A VPC of `DescribeVpcs`, with its id.
#[must_use]
pub fn vpc(vpc: types::Vpc) -> Option<(String, Vpc)> {
    let associated = |state: Option<&types::VpcCidrBlockState>| {
        state
            .and_then(types::VpcCidrBlockState::state)
            .is_none_or(|state| *state == types::VpcCidrBlockStateCode::Associated)
    };
    let ipv4 = vpc
        .cidr_block_association_set()
        .iter()
        .filter(|block| associated(block.cidr_block_state()))
        .filter_map(types::VpcCidrBlockAssociation::cidr_block);
    let ipv6 = vpc
        .ipv6_cidr_block_association_set()
        .iter()
        .filter(|block| associated(block.ipv6_cidr_block_state()))
        .filter_map(types::VpcIpv6CidrBlockAssociation::ipv6_cidr_block);
    let mut cidrs: Vec<String> = vpc
        .cidr_block()
        .into_iter()
        .chain(ipv4)
        .chain(ipv6)
        .map(str::to_owned)
        .collect();
    cidrs.sort();
    cidrs.dedup();
    let is_default = vpc.is_default.unwrap_or_default();
    Some((vpc.vpc_id?, Vpc { is_default, cidrs }))
}

/// What `DescribeManagedPrefixLists` says of a list: all but its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPrefixList {
    /// ARN.
    pub arn: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Account that owns it, or `AWS`.
    pub owner: Option<String>,
}

/// A list of `DescribeManagedPrefixLists`, with its id.
#[must_use]
pub fn prefix_list(list: types::ManagedPrefixList) -> Option<(String, ListedPrefixList)> {
    let listed = ListedPrefixList {
        arn: list.prefix_list_arn,
        name: list.prefix_list_name,
        owner: list.owner_id,
    };
    Some((list.prefix_list_id?, listed))
}

/// A reference of `DescribeSecurityGroupReferences`, with the id of the group that is named.
#[must_use]
pub fn peering_reference(
    reference: types::SecurityGroupReference,
) -> Option<(String, PeeringReference)> {
    let converted = PeeringReference {
        referencing_vpc_id: reference.referencing_vpc_id?,
        vpc_peering_connection_id: reference.vpc_peering_connection_id,
    };
    Some((reference.group_id?, converted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_ec2::types::{
        NetworkInterfaceAssociation, NetworkInterfacePrivateIpAddress, SecurityGroup,
        SecurityGroupRule, VpcCidrBlockAssociation, VpcCidrBlockState, VpcCidrBlockStateCode,
    };

    #[test]
    fn a_group_that_another_account_shares_is_not_ours() {
        let shared = SecurityGroup::builder()
            .group_id("sg-1")
            .owner_id("222222222222")
            .build();
        assert_eq!(group(shared.clone(), "111111111111"), None);
        assert_eq!(group(shared, "222222222222").unwrap().id, "sg-1");
    }

    #[test]
    fn a_rule_keeps_its_one_source_and_never_its_description() {
        let ec2 = SecurityGroupRule::builder()
            .group_id("sg-1")
            .security_group_rule_id("sgr-1")
            .is_egress(false)
            .ip_protocol("tcp")
            .from_port(22)
            .to_port(22)
            .cidr_ipv6("::/0")
            .description("ops")
            .build();
        let (group, rule) = rule(ec2).unwrap();
        assert_eq!(group, "sg-1");
        assert_eq!(rule.cidr.as_deref(), Some("::/0"));
        assert!(rule.described && rule.prefix_list.is_none() && rule.group.is_none());
    }

    #[test]
    fn a_public_address_on_a_secondary_address_counts() {
        let address = NetworkInterfacePrivateIpAddress::builder().association(
            NetworkInterfaceAssociation::builder()
                .public_ip("203.0.113.9")
                .build(),
        );
        let ec2 = types::NetworkInterface::builder()
            .network_interface_id("eni-1")
            .private_ip_addresses(address.build())
            .build();
        assert!(interface(ec2).unwrap().interface.public_ipv4);
    }

    #[test]
    fn an_interface_of_a_load_balancer_is_known_by_who_asked_for_it() {
        let asked_by = |requester: &str| {
            let ec2 = types::NetworkInterface::builder()
                .network_interface_id("eni-1")
                .interface_type(types::NetworkInterfaceType::Interface)
                .requester_id(requester);
            interface(ec2.build()).unwrap().interface.interface_type
        };
        assert_eq!(asked_by("amazon-elb").as_deref(), Some("load_balancer"));
        assert_eq!(asked_by("111122223333").as_deref(), Some("interface"));
    }

    #[test]
    fn a_disassociated_block_is_no_block_of_the_vpc() {
        let block = |cidr: &str, code: VpcCidrBlockStateCode| {
            VpcCidrBlockAssociation::builder()
                .cidr_block(cidr)
                .cidr_block_state(VpcCidrBlockState::builder().state(code).build())
                .build()
        };
        let ec2 = types::Vpc::builder()
            .vpc_id("vpc-1")
            .cidr_block("10.0.0.0/16")
            .cidr_block_association_set(block("10.0.0.0/16", VpcCidrBlockStateCode::Associated))
            .cidr_block_association_set(block("10.9.0.0/16", VpcCidrBlockStateCode::Disassociated))
            .build();
        assert_eq!(vpc(ec2).unwrap().1.cidrs, ["10.0.0.0/16"]);
    }
}
