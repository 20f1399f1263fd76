//! Public networks that rules name and that nobody claims: neither an Elastic IP address nor known to the operator.

use std::collections::{BTreeMap, BTreeSet};

use compliance::observation::{Direction, SecurityGroupObservation};
use ipnet::IpNet;
use serde::Serialize;

use super::opening::{NAMED, named};
use super::space::{Family, public_addresses};

/// The public networks that inbound rules name and that nobody claims. Wide ranges are not meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownNetworks {
    /// The networks, sorted; at most [`NAMED`].
    pub networks: Vec<UnknownNetwork>,
    /// How many there are.
    pub count: usize,
}

/// A network and the rules that name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownNetwork {
    /// CIDR block.
    pub cidr: String,
    /// The rules that name it, by id; at most [`NAMED`].
    pub rules: Vec<String>,
    /// How many rules name it.
    pub rule_count: usize,
}

/// Looks for networks that nobody claims; none if rules or Elastic IP addresses were not read.
#[must_use]
pub fn unknown_networks(
    group: &SecurityGroupObservation,
    known: &BTreeSet<IpNet>,
) -> Option<UnknownNetworks> {
    let own: BTreeSet<&str> = group
        .elastic_ips
        .known()?
        .iter()
        .map(String::as_str)
        .collect();
    let mut found: BTreeMap<IpNet, Vec<&str>> = BTreeMap::new();
    let rules = group.rules.known()?.iter();
    for rule in rules.filter(|rule| rule.direction == Direction::Ingress) {
        let net = rule
            .cidr
            .as_deref()
            .and_then(|cidr| cidr.parse::<IpNet>().ok());
        let Some(net) = net.map(|net| net.trunc()) else {
            continue;
        };
        let public = public_addresses(&net);
        let is_narrow = public > 0 && public <= Family::of(&net).narrow();
        let is_single = net.prefix_len() == net.max_prefix_len();
        let is_own = is_single && own.contains(net.addr().to_string().as_str());
        if is_narrow && !is_own && !known.iter().any(|known| known.contains(&net)) {
            let name = rule.rule_id.as_deref().unwrap_or("a rule without id");
            found.entry(net).or_default().push(name);
        }
    }
    let count = found.len();
    let network = |(net, rules): (IpNet, Vec<&str>)| {
        let (rules, rule_count) = named(rules);
        UnknownNetwork {
            cidr: net.to_string(),
            rules,
            rule_count,
        }
    };
    Some(UnknownNetworks {
        networks: found.into_iter().take(NAMED).map(network).collect(),
        count,
    })
}
