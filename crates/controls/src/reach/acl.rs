//! Which traffic of the internet a network ACL lets in.
//!
//! The entry with the lowest number that matches decides (VPC User Guide, "Network ACL rules"). Answers to what was
//! let in are not looked at: an ACL that only stops these counts as open.

use std::collections::BTreeSet;

use compliance::observation::{AclEntry, NetworkAcl};
use ipnet::IpNet;

use super::grant::Protocol;
use super::reachability::Held;
use super::space::{Family, Span, is_world, public_addresses};

/// Traffic of one family that the rules of a group let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Door {
    pub(super) family: Family,
    pub(super) protocol: Protocol,
    /// First port; 0 for a protocol without ports.
    pub(super) first: u16,
    /// Last port; 65535 for a protocol without ports.
    pub(super) last: u16,
}

/// Whether the ACL lets the whole internet reach at least one port of the door. Not known if it lets in only a part.
pub(super) fn lets_in(acl: &NetworkAcl, door: Door) -> Held {
    let protocols = match door.protocol {
        Protocol::All => vec![
            Protocol::Tcp,
            Protocol::Udp,
            Protocol::Icmp,
            Protocol::Icmpv6,
        ],
        protocol => vec![protocol],
    };
    let each = protocols
        .into_iter()
        .map(|protocol| one(acl, Door { protocol, ..door }));
    each.max().unwrap_or(Held::Unknown)
}

fn one(acl: &NetworkAcl, door: Door) -> Held {
    let mut entries: Vec<&AclEntry> = acl.ingress.iter().filter(|it| concerns(it, door)).collect();
    entries.sort_by_key(|entry| entry.rule_number);
    let ends = entries.iter().flat_map(|entry| {
        let (first, last) = ports(entry);
        [first, last.saturating_add(1)]
    });
    let inside = ends.filter(|port| (door.first..=door.last).contains(port));
    let places: BTreeSet<u16> = inside.chain([door.first]).collect();
    let at = |port| {
        decide(
            door.family,
            entries.iter().filter(move |entry| holds(entry, port)),
        )
    };
    places.into_iter().map(at).max().unwrap_or(Held::Unknown)
}

/// Whether an entry may decide about the door's protocol. A denial of ICMP may mean one type of message only.
fn concerns(entry: &AclEntry, door: Door) -> bool {
    let protocol = Protocol::parse(&entry.protocol);
    let icmp = matches!(door.protocol, Protocol::Icmp | Protocol::Icmpv6);
    protocol == Some(Protocol::All) || protocol == Some(door.protocol) && (entry.allow || !icmp)
}

fn ports(entry: &AclEntry) -> (u16, u16) {
    let port = |port: Option<i32>, all| port.and_then(|it| u16::try_from(it).ok()).unwrap_or(all);
    (port(entry.from_port, 0), port(entry.to_port, u16::MAX))
}

fn holds(entry: &AclEntry, port: u16) -> bool {
    let (first, last) = ports(entry);
    (first..=last).contains(&port)
}

/// What the entries say of the internet, in their order.
fn decide<'a>(family: Family, entries: impl Iterator<Item = &'a &'a AclEntry>) -> Held {
    let mut allowed: Vec<IpNet> = Vec::new();
    for entry in entries {
        let Some(net) = entry
            .cidr
            .as_deref()
            .and_then(|cidr| cidr.parse::<IpNet>().ok())
        else {
            return Held::Unknown;
        };
        match (Family::of(&net) == family, net.prefix_len(), entry.allow) {
            (true, 0, true) => return Held::Yes,
            (true, 0, false) => break,
            (true, _, true) => allowed.push(net),
            // A narrower denial keeps out some, and is no reason to call the port closed.
            (true, _, false) | (false, ..) => {}
        }
    }
    if is_world(family, allowed.iter().map(Span::of).collect()) {
        Held::Yes
    } else if allowed.iter().any(|net| public_addresses(net) > 0) {
        Held::Unknown
    } else {
        Held::No
    }
}
