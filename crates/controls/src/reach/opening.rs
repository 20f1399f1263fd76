//! What the analysis of a group's rules says, in the shape that policies read as `input.analysis.reach`.

use serde::Serialize;

use super::acl::Door;
use super::grant::Protocol;
use super::reachability::{Exposure, Reachability};
use super::space::Family;

/// What addresses reach through the rules of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reach {
    /// Towards the group's interfaces.
    pub ingress: DirectionReach,
    /// Away from them.
    pub egress: DirectionReach,
    /// Prefix lists that rules name and whose entries were not read, sorted.
    pub unresolved_prefix_lists: Vec<String>,
    /// How far the internet gets through the inbound rules.
    pub reachability: Reachability,
}

/// What addresses reach in one direction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DirectionReach {
    /// How many rules there are.
    pub rules: usize,
    /// What every public address reaches, by one rule or by several together; sorted.
    pub world: Vec<Opening>,
    /// What wide public ranges reach that are not the whole internet, by CIDR rules of the same
    /// traffic together; sorted.
    pub wide: Vec<WideOpening>,
    /// The prefix lists that rules name, sorted by id.
    pub prefix_lists: Vec<ListReach>,
    /// Rules whose sources are not known: what they reach is not known either.
    pub unresolved: Vec<Unresolved>,
}

/// Traffic of the whole internet that gets through. A port is open to the whole internet if an
/// opening of its protocol, or of protocol `all`, holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opening {
    /// Family of the sources.
    pub family: Family,
    /// `tcp`, `udp`, `icmp`, `icmpv6`, `all` or a protocol number.
    pub protocol: Protocol,
    /// First port; `null` for a protocol without ports.
    pub from_port: Option<u16>,
    /// Last port; `null` for a protocol without ports.
    pub to_port: Option<u16>,
    /// Whether narrower ranges do it together, without any 0.0.0.0/0 (or `::/0`).
    pub split: bool,
    /// The rules that take part, by id (by source where a rule has no id), sorted; at most
    /// [`NAMED`].
    pub rules: Vec<String>,
    /// How many rules take part.
    pub rule_count: usize,
    /// The prefix lists among their sources, sorted; at most [`NAMED`].
    pub via_prefix_list: Vec<String>,
    /// How far the internet gets through it; `null` outbound.
    pub exposure: Option<Exposure>,
}

impl Opening {
    /// The traffic, as network ACLs see it.
    pub(super) fn door(&self) -> Door {
        Door {
            family: self.family,
            protocol: self.protocol,
            first: self.from_port.unwrap_or(0),
            last: self.to_port.unwrap_or(u16::MAX),
        }
    }
}

/// Traffic of a wide range that gets through. Wide is more public addresses than an IPv4 /24 or
/// an IPv6 /32 has, adjacent blocks united.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WideOpening {
    /// Family of the sources.
    pub family: Family,
    /// `tcp`, `udp`, `icmp`, `icmpv6`, `all` or a protocol number.
    pub protocol: Protocol,
    /// First port; `null` for a protocol without ports.
    pub from_port: Option<u16>,
    /// Last port; `null` for a protocol without ports.
    pub to_port: Option<u16>,
    /// The wide blocks.
    pub ranges: WideRanges,
    /// The rules that name them, as in [`Opening::rules`].
    pub rules: Vec<String>,
    /// How many rules name them.
    pub rule_count: usize,
}

/// Wide blocks of one family, united.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WideRanges {
    /// The blocks, widest first; at most [`NAMED`].
    pub cidrs: Vec<String>,
    /// How many blocks there are.
    pub cidr_count: usize,
    /// Length of the shortest prefix.
    pub prefix_length: u8,
    /// Their share of the family's public addresses, in millionths.
    pub share_ppm: u64,
}

/// What a prefix list that rules name holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListReach {
    /// `pl-...`.
    pub id: String,
    /// Name, such as `com.amazonaws.global.cloudfront.origin-facing`.
    pub name: Option<String>,
    /// Account that owns it, or `AWS`.
    pub owner: Option<String>,
    /// Whether AWS keeps its entries.
    pub aws_managed: bool,
    /// The families whose whole internet it holds.
    pub world: Vec<Family>,
    /// Its wide public blocks, per family.
    pub wide: Vec<WideRanges>,
    /// The rules that name it, as in [`Opening::rules`].
    pub rules: Vec<String>,
    /// How many rules name it.
    pub rule_count: usize,
}

/// A rule whose sources are not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unresolved {
    /// The rule, by id or source.
    pub rule: String,
    /// Its protocol; `all` if it is not known.
    pub protocol: Protocol,
    /// First port; `null` for a protocol without ports.
    pub from_port: Option<u16>,
    /// Last port; `null` for a protocol without ports.
    pub to_port: Option<u16>,
    /// The prefix list it names.
    pub prefix_list: Option<String>,
    /// Why the sources are not known.
    pub cause: String,
}

/// How many rules, blocks or lists are named one by one; the rest is only counted, because a
/// group has up to 1,000 rules (Amazon VPC quotas, "Security groups").
pub const NAMED: usize = 20;

/// Sorted, without duplicates: the first ones, and how many there are.
pub(super) fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> (Vec<String>, usize) {
    let names: std::collections::BTreeSet<&str> = names.into_iter().collect();
    (
        names
            .iter()
            .take(NAMED)
            .map(|&name| name.to_owned())
            .collect(),
        names.len(),
    )
}
