//! Rules normalised once: what a rule grants, as (direction, family, protocol, port interval, source set).

use std::collections::BTreeMap;
use std::fmt;

use compliance::observation::{Direction, PrefixList, Rule};
use ipnet::IpNet;
use serde::{Serialize, Serializer};

use super::space::Family;

/// Protocol of a rule (IANA protocol numbers; EC2 API, `IpPermission`: -1 is all of them).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// Every protocol, and so every port.
    All,
    /// TCP (6).
    Tcp,
    /// UDP (17).
    Udp,
    /// ICMP (1).
    Icmp,
    /// ICMP for IPv6 (58).
    Icmpv6,
    /// Any other, by its number; it has no ports.
    Number(u8),
}

impl Protocol {
    /// Reads a protocol as EC2 writes it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text.to_ascii_lowercase().as_str() {
            "-1" | "all" => Self::All,
            "tcp" | "6" => Self::Tcp,
            "udp" | "17" => Self::Udp,
            "icmp" | "1" => Self::Icmp,
            "icmpv6" | "58" => Self::Icmpv6,
            number => Self::Number(number.parse().ok()?),
        })
    }

    /// Whether rules of the protocol speak of ports.
    pub(super) fn has_ports(self) -> bool {
        matches!(self, Self::All | Self::Tcp | Self::Udp)
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Tcp => f.write_str("tcp"),
            Self::Udp => f.write_str("udp"),
            Self::Icmp => f.write_str("icmp"),
            Self::Icmpv6 => f.write_str("icmpv6"),
            Self::Number(number) => number.fmt(f),
        }
    }
}

impl Serialize for Protocol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Which traffic a rule is about, whatever its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Traffic {
    pub(super) direction: Direction,
    pub(super) protocol: Protocol,
    /// First port; 0 for a protocol without ports.
    pub(super) first: u16,
    /// Last port; 65535 for a protocol without ports.
    pub(super) last: u16,
}

impl Traffic {
    fn of(rule: &Rule) -> Option<Self> {
        let direction = rule.direction;
        let protocol = Protocol::parse(&rule.protocol)?;
        let (first, last) = match protocol {
            Protocol::Tcp | Protocol::Udp => ports(rule.from_port, rule.to_port)?,
            _ => EVERY_PORT,
        };
        Some(Self {
            direction,
            protocol,
            first,
            last,
        })
    }

    /// First and last port, for a protocol that has ports.
    pub(super) fn ports(self) -> (Option<u16>, Option<u16>) {
        let has = self.protocol.has_ports();
        (has.then_some(self.first), has.then_some(self.last))
    }
}

const EVERY_PORT: (u16, u16) = (0, u16::MAX);

/// The port interval of a TCP or UDP rule: an end that is left out or -1 is open.
fn ports(from: Option<i32>, to: Option<i32>) -> Option<(u16, u16)> {
    let first = u16::try_from(from.filter(|port| *port != -1).unwrap_or(0)).ok()?;
    let last = u16::try_from(to.filter(|port| *port != -1).unwrap_or(65535)).ok()?;
    (first <= last).then_some((first, last))
}

/// What one rule grants to sources of one family.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Grant<'a> {
    pub(super) traffic: Traffic,
    pub(super) family: Family,
    /// The sources, united.
    pub(super) sources: Vec<IpNet>,
    /// Whether one of them is written as 0.0.0.0/0 or `::/0`.
    pub(super) is_everything: bool,
    /// Id of the rule, or its source if it has no id.
    pub(super) rule: &'a str,
    /// The prefix list that the sources come from.
    pub(super) prefix_list: Option<&'a str>,
}

/// A rule, or a part of one, whose sources are not known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Doubt<'a> {
    /// `None` if not even the traffic can be read; it may then be any.
    pub(super) traffic: Option<Traffic>,
    pub(super) direction: Direction,
    pub(super) rule: &'a str,
    pub(super) prefix_list: Option<&'a str>,
    pub(super) cause: String,
}

/// Normalises rules. Rules whose source is a group reach no address and grant nothing here.
#[derive(Debug, Default)]
pub(super) struct Grants<'a> {
    pub(super) grants: Vec<Grant<'a>>,
    pub(super) doubts: Vec<Doubt<'a>>,
}

impl<'a> Grants<'a> {
    /// Adds a rule; `lists` are the prefix lists whose entries were read.
    pub(super) fn add(&mut self, rule: &'a Rule, lists: &'a BTreeMap<String, PrefixList>) {
        let Some(traffic) = Traffic::of(rule) else {
            let ports = (rule.from_port, rule.to_port);
            let cause = format!(
                "protocol `{}` with ports {ports:?} is unknown",
                rule.protocol
            );
            return self.doubt(rule, None, cause);
        };
        let list = rule.prefix_list.as_deref().map(|id| (id, lists.get(id)));
        match (rule.cidr.as_deref(), list, &rule.group) {
            (Some(cidr), _, _) => self.grant(rule, traffic, std::iter::once(cidr)),
            (None, Some((_, Some(list))), _) => {
                self.grant(rule, traffic, list.cidrs.iter().map(String::as_str));
            }
            (None, Some((id, None)), _) => {
                self.doubt(
                    rule,
                    Some(traffic),
                    format!("the entries of `{id}` were not read"),
                );
            }
            (None, None, Some(_)) => {}
            (None, None, None) => self.doubt(rule, Some(traffic), "it names no source".to_owned()),
        }
    }

    fn grant(&mut self, rule: &'a Rule, traffic: Traffic, cidrs: impl Iterator<Item = &'a str>) {
        let mut sources = Vec::new();
        for cidr in cidrs {
            match cidr.parse::<IpNet>() {
                Ok(net) => sources.push(net.trunc()),
                Err(_) => self.doubt(rule, Some(traffic), format!("`{cidr}` is not a CIDR block")),
            }
        }
        let (ipv4, ipv6): (Vec<_>, Vec<_>) = sources
            .into_iter()
            .partition(|net| Family::of(net) == Family::Ipv4);
        for (family, sources) in [(Family::Ipv4, ipv4), (Family::Ipv6, ipv6)] {
            if !sources.is_empty() {
                self.grants.push(Grant {
                    traffic,
                    family,
                    is_everything: sources.iter().any(|net| net.prefix_len() == 0),
                    sources: IpNet::aggregate(&sources),
                    rule: name(rule),
                    prefix_list: rule.prefix_list.as_deref(),
                });
            }
        }
    }

    fn doubt(&mut self, rule: &'a Rule, traffic: Option<Traffic>, cause: String) {
        self.doubts.push(Doubt {
            traffic,
            direction: rule.direction,
            rule: name(rule),
            prefix_list: rule.prefix_list.as_deref(),
            cause,
        });
    }
}

/// The rule's id, or its source if it has none.
fn name(rule: &Rule) -> &str {
    let group = rule.group.as_ref().map(|group| group.group_id.as_str());
    let source = rule
        .cidr
        .as_deref()
        .or(rule.prefix_list.as_deref())
        .or(group);
    rule.rule_id
        .as_deref()
        .or(source)
        .unwrap_or("a rule without id")
}
