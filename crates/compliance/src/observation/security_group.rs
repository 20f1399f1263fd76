//! What is read of a security group and of what it is attached to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Instance, NetworkAcl, OverlappingRule, RouteTable, StaleRule, Subnet, VpcAssociation,
    VpcBlockPublicAccess,
};
use crate::{AccountId, Fact, Region, Unknown};

/// A security group as observed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecurityGroupObservation {
    /// ARN, in the account's partition.
    pub arn: String,
    /// Owner.
    pub account: AccountId,
    /// Region.
    pub region: Region,
    /// `sg-...`.
    pub group_id: String,
    /// Name; the VPC's own group is called `default`.
    pub group_name: String,
    /// What the group is for, in the words of whoever made it (`DescribeSecurityGroups`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub description: Fact<String>,
    /// The VPC.
    pub vpc_id: Option<String>,
    /// Rules, one per source (`DescribeSecurityGroupRules`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub rules: Fact<Vec<Rule>>,
    /// The prefix lists that the rules name, with their entries (`GetManagedPrefixListEntries`). One that
    /// could not be read is left out and is a gap of the scope.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub prefix_lists: Fact<BTreeMap<String, PrefixList>>,
    /// Interfaces that carry the group (`DescribeNetworkInterfaces`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub network_interfaces: Fact<Vec<NetworkInterface>>,
    /// How many interfaces the group's VPC has.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub vpc_network_interfaces: Fact<u64>,
    /// Ids of the groups of this account and region whose rules name this group, sorted.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub referenced_by: Fact<Vec<String>>,
    /// Peered VPCs whose groups name this group (`DescribeSecurityGroupReferences`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub peering_references: Fact<Vec<PeeringReference>>,
    /// Tags (`DescribeSecurityGroups`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub tags: Fact<BTreeMap<String, String>>,
    /// How many groups the account owns in the group's VPC, this one included.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub vpc_groups: Fact<u64>,
    /// Inbound rules that another group of the same interface has as well.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub overlapping_rules: Fact<Vec<OverlappingRule>>,
    /// Rules that name groups which are gone or out of reach (`DescribeStaleSecurityGroups`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub stale_rules: Fact<Vec<StaleRule>>,
    /// Other VPCs that the group is associated with (`DescribeSecurityGroupVpcAssociations`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub vpc_associations: Fact<Vec<VpcAssociation>>,
    /// Ids of the launch templates whose default or latest version names the group, sorted
    /// (`DescribeLaunchTemplateVersions`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub launch_templates: Fact<Vec<String>>,
    /// Elastic IP addresses of this account and region that a rule's CIDR block holds
    /// (`DescribeAddresses`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub elastic_ips: Fact<Vec<String>>,
    /// The instances that the interfaces are attached to, by id (`DescribeInstances`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub instances: Fact<BTreeMap<String, Instance>>,
    /// The interfaces' subnets by id (`DescribeSubnets`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub subnets: Fact<BTreeMap<String, Subnet>>,
    /// The route tables of the interfaces' subnets, and the main ones of their VPCs
    /// (`DescribeRouteTables`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub route_tables: Fact<Vec<RouteTable>>,
    /// The network ACLs of the interfaces' subnets (`DescribeNetworkAcls`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub network_acls: Fact<Vec<NetworkAcl>>,
    /// VPC Block Public Access of the region, with the exclusions that concern the interfaces; `null` if no
    /// interface carries the group
    /// (`DescribeVpcBlockPublicAccessOptions`, `DescribeVpcBlockPublicAccessExclusions`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub vpc_block_public_access: Fact<Option<VpcBlockPublicAccess>>,
    /// The VPC (`DescribeVpcs`); `null` if it is not one of the account's.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub vpc: Fact<Option<Vpc>>,
    /// What could not be read.
    #[serde(default)]
    pub unknown: Unknown,
}

/// Which way traffic goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Towards the interface.
    Ingress,
    /// Away from it.
    Egress,
}

/// One rule with one source (for egress: destination). Exactly one of `cidr`, `prefix_list` and `group` is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `sgr-...`.
    pub rule_id: Option<String>,
    /// Ingress or egress.
    pub direction: Direction,
    /// Protocol as EC2 writes it: `-1` for all, `tcp`, `udp`, `icmp`, `icmpv6`, or a protocol number.
    pub protocol: String,
    /// First port, or ICMP type; `null` or -1 for all.
    pub from_port: Option<i32>,
    /// Last port, or ICMP code; `null` or -1 for all.
    pub to_port: Option<i32>,
    /// IPv4 or IPv6 CIDR block.
    pub cidr: Option<String>,
    /// `pl-...`.
    pub prefix_list: Option<String>,
    /// Another group.
    pub group: Option<GroupReference>,
    /// Whether the rule has a description.
    pub described: bool,
}

/// A group as another group's rule names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupReference {
    /// `sg-...`.
    pub group_id: String,
    /// Owner of the group, if AWS says.
    pub account: Option<String>,
    /// `active`, `deleted`, ... of the peering connection, if the group is a peer's.
    pub peering_status: Option<String>,
}

/// A prefix list and its entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrefixList {
    /// Name, such as `com.amazonaws.eu-west-1.s3`.
    pub name: Option<String>,
    /// Account that owns it, or `AWS`.
    pub owner: Option<String>,
    /// CIDR blocks.
    pub cidrs: Vec<String>,
}

/// A network interface that carries a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkInterface {
    /// `eni-...`.
    pub id: String,
    /// `interface`, `network_load_balancer`, `lambda`, `vpc_endpoint`, ... as EC2 says, but `load_balancer` for
    /// those of Elastic Load Balancing that EC2 calls `interface`.
    pub interface_type: Option<String>,
    /// `in-use`, `available`, ...
    pub status: Option<String>,
    /// Whether it has a public IPv4 address.
    pub public_ipv4: bool,
    /// Whether it has an IPv6 address.
    pub ipv6: bool,
    /// The subnet.
    pub subnet_id: Option<String>,
    /// The VPC: the group's own, or one that the group is associated with.
    pub vpc_id: Option<String>,
    /// The instance that it is attached to.
    pub instance_id: Option<String>,
    /// Whether an AWS service manages it.
    pub requester_managed: bool,
}

/// A peered VPC with groups that name this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeeringReference {
    /// The VPC whose groups name this one.
    pub referencing_vpc_id: String,
    /// `pcx-...`.
    pub vpc_peering_connection_id: Option<String>,
}

/// The VPC of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vpc {
    /// Whether it is the region's default VPC.
    pub is_default: bool,
    /// Its CIDR blocks, IPv4 and IPv6.
    pub cidrs: Vec<String>,
}
