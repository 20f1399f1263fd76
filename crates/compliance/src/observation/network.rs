//! What lies between the internet and the interfaces of a security group, and what else uses the group.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Direction;

/// A rule that another group of the same interface has as well: same direction, traffic and source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverlappingRule {
    /// The group's own rule.
    pub rule_id: Option<String>,
    /// The other group.
    pub group_id: String,
    /// An interface that carries both.
    pub interface_id: String,
}

/// A rule whose source is a group that is gone, or can no longer be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaleRule {
    /// Ingress or egress.
    pub direction: Direction,
    /// Protocol, as in [`super::Rule`].
    pub protocol: String,
    /// First port.
    pub from_port: Option<i32>,
    /// Last port.
    pub to_port: Option<i32>,
    /// The groups that it names.
    pub groups: Vec<String>,
}

/// A VPC, other than its own, that a group is associated with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VpcAssociation {
    /// The VPC.
    pub vpc_id: String,
    /// Owner of the VPC.
    pub vpc_owner: Option<String>,
    /// `associated`, `disassociated`, ...
    pub state: Option<String>,
}

/// An instance behind an interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// `running`, `stopped`, ...
    pub state: Option<String>,
    /// Whether it has an instance profile, and so credentials of a role.
    pub instance_profile: bool,
}

/// A subnet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subnet {
    /// Its VPC.
    pub vpc_id: Option<String>,
    /// Owner: another account, if the subnet is shared.
    pub owner: Option<String>,
}

/// A route table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteTable {
    /// `rtb-...`.
    pub id: String,
    /// Its VPC.
    pub vpc_id: Option<String>,
    /// Whether it serves the subnets of the VPC that name no table of their own.
    pub main: bool,
    /// The subnets that name it.
    pub subnets: Vec<String>,
    /// Its routes, but those within the VPC.
    pub routes: Vec<Route>,
}

/// A route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// A CIDR block or a prefix list.
    pub destination: Option<String>,
    /// What it leads to: `igw-...`, `nat-...`, `eigw-...`, `vpce-...`, `eni-...`, `tgw-...`, ...
    pub target: Option<String>,
    /// Whether the target is there; EC2 says `blackhole` of the others.
    pub active: bool,
}

/// A network ACL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkAcl {
    /// `acl-...`.
    pub id: String,
    /// The subnets that it guards.
    pub subnets: Vec<String>,
    /// Its inbound entries in the order in which EC2 asks them.
    pub ingress: Vec<AclEntry>,
}

/// An inbound entry of a network ACL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AclEntry {
    /// The lowest number that matches decides; 32767 is the last.
    pub rule_number: i32,
    /// Whether it allows.
    pub allow: bool,
    /// Protocol number, or `-1` for all.
    pub protocol: String,
    /// First port; `null` for all.
    pub from_port: Option<i32>,
    /// Last port; `null` for all.
    pub to_port: Option<i32>,
    /// IPv4 or IPv6 CIDR block.
    pub cidr: Option<String>,
}

/// VPC Block Public Access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VpcBlockPublicAccess {
    /// `off`, `block-bidirectional` or `block-ingress`; `null` while it is changing.
    pub mode: Option<String>,
    /// Excluded VPCs and subnets by id, each with `allow-bidirectional` or `allow-egress`; `null` while it is
    /// changing.
    pub exclusions: BTreeMap<String, Option<String>>,
}
