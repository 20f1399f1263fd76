//! What the internet reaches through the rules of a security group.
//!
//! Every rule is normalised once to (direction, family, protocol, port interval, source set);
//! prefix lists are replaced by their entries. Then one sweep over the ports of each direction,
//! family and protocol unites the sources that are active together: the whole internet is
//! reached where their union covers every public address, however the union is written. So
//! 0.0.0.0/1 with 128.0.0.0/1, two rules whose ports overlap, a prefix list, or a list that
//! leaves out only private ranges count like 0.0.0.0/0. What public means is in `space`.
//!
//! A rule whose sources are not known is never closed: it is listed as unresolved.

mod acl;
mod coverage;
mod grant;
mod networks;
mod opening;
mod reachability;
mod space;
mod sweep;
mod way;
mod wide;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod reachability_test;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use compliance::observation::{Direction, PrefixList, SecurityGroupObservation};
use ipnet::IpNet;

pub use grant::Protocol;
pub use networks::{UnknownNetwork, UnknownNetworks, unknown_networks};
pub use opening::{
    DirectionReach, ListReach, NAMED, Opening, Reach, Unresolved, WideOpening, WideRanges,
};
pub use reachability::{Conditions, Exposure, Held, InterfaceFinding, Reachability};
pub use space::Family;

use acl::Door;
use grant::{Doubt, Grant, Grants};
use opening::named;

/// Analyses the rules of a group; `None` if they were not read.
///
/// Cost: a thousand rules take a few milliseconds; the worst case, a thousand port ranges nested in
/// each other that are all open by halves, is quadratic and takes tens.
#[must_use]
pub fn analyse(group: &SecurityGroupObservation) -> Option<Reach> {
    let rules = group.rules.known()?;
    let none = BTreeMap::new();
    let lists = group.prefix_lists.known().unwrap_or(&none);
    let mut normalised = Grants::default();
    for rule in rules {
        normalised.add(rule, lists);
    }
    let Grants {
        mut grants,
        mut doubts,
    } = normalised;
    grants.sort_unstable();
    doubts.sort_unstable();
    let direction = |direction| {
        let grants = grants
            .iter()
            .filter(|grant| grant.traffic.direction == direction);
        let grants: Vec<&Grant<'_>> = grants.collect();
        DirectionReach {
            rules: rules
                .iter()
                .filter(|rule| rule.direction == direction)
                .count(),
            world: openings(&grants),
            wide: wide::wide_openings(&grants),
            prefix_lists: list_reaches(&grants, lists),
            unresolved: doubts
                .iter()
                .filter(|doubt| doubt.direction == direction)
                .map(unresolved)
                .collect(),
        }
    };
    let named = rules.iter().filter_map(|rule| rule.prefix_list.as_ref());
    let unread: BTreeSet<&String> = named.filter(|id| !lists.contains_key(*id)).collect();
    let mut ingress = direction(Direction::Ingress);
    let reachability = reachability::judge(group, &mut ingress.world, &doors(&grants));
    Some(Reach {
        ingress,
        egress: direction(Direction::Egress),
        unresolved_prefix_lists: unread.into_iter().cloned().collect(),
        reachability,
    })
}

/// The inbound traffic that comes from public addresses.
fn doors(grants: &[Grant<'_>]) -> Vec<Door> {
    let public = |grant: &&Grant<'_>| {
        let sources = &grant.sources;
        grant.traffic.direction == Direction::Ingress
            && sources.iter().any(|net| space::public_addresses(net) > 0)
    };
    let door = |grant: &Grant<'_>| Door {
        family: grant.family,
        protocol: grant.traffic.protocol,
        first: grant.traffic.first,
        last: grant.traffic.last,
    };
    let doors: BTreeSet<Door> = grants.iter().filter(public).map(door).collect();
    doors.into_iter().collect()
}

/// The openings of one direction: one sweep for each family and protocol that occurs.
fn openings(grants: &[&Grant<'_>]) -> Vec<Opening> {
    let traffic = |grant: &&Grant<'_>| (grant.family, grant.traffic.protocol);
    let occurring: BTreeSet<(Family, Protocol)> = grants.iter().map(traffic).collect();
    let sweep = |(family, protocol)| {
        let counts = |grant: &&&Grant<'_>| {
            grant.family == family && [protocol, Protocol::All].contains(&grant.traffic.protocol)
        };
        let counting: Vec<&Grant<'_>> = grants.iter().filter(counts).copied().collect();
        sweep::openings(family, protocol, &counting)
    };
    occurring.into_iter().flat_map(sweep).collect()
}

/// What each prefix list holds that the grants of one direction name.
fn list_reaches(grants: &[&Grant<'_>], lists: &BTreeMap<String, PrefixList>) -> Vec<ListReach> {
    let mut uses: BTreeMap<&str, Vec<&Grant<'_>>> = BTreeMap::new();
    for grant in grants {
        if let Some(id) = grant.prefix_list {
            uses.entry(id).or_default().push(*grant);
        }
    }
    let reach = |(id, grants): (&str, Vec<&Grant<'_>>)| {
        let list = lists.get(id)?;
        let (rules, rule_count) = named(grants.iter().map(|grant| grant.rule));
        let families = [Family::Ipv4, Family::Ipv6].map(|family| {
            let of_family = grants.iter().find(|grant| grant.family == family);
            (
                family,
                of_family.map_or_else(Vec::new, |grant| grant.sources.clone()),
            )
        });
        let is_world = |(family, nets): &&(Family, Vec<IpNet>)| {
            space::is_world(*family, nets.iter().map(space::Span::of).collect())
        };
        let wide = |(family, nets): &(Family, Vec<IpNet>)| wide::wide_ranges(*family, nets);
        Some(ListReach {
            id: id.to_owned(),
            name: list.name.clone(),
            owner: list.owner.clone(),
            aws_managed: list.owner.as_deref() == Some("AWS"),
            world: families
                .iter()
                .filter(is_world)
                .map(|(family, _)| *family)
                .collect(),
            wide: families
                .iter()
                .filter_map(wide)
                .map(|(ranges, _)| ranges)
                .collect(),
            rules,
            rule_count,
        })
    };
    uses.into_iter().filter_map(reach).collect()
}

fn unresolved(doubt: &Doubt<'_>) -> Unresolved {
    let ports = doubt.traffic.map(grant::Traffic::ports);
    let (from_port, to_port) = ports.unwrap_or((Some(0), Some(u16::MAX)));
    Unresolved {
        rule: doubt.rule.to_owned(),
        protocol: doubt
            .traffic
            .map_or(Protocol::All, |traffic| traffic.protocol),
        from_port,
        to_port,
        prefix_list: doubt.prefix_list.map(str::to_owned),
        cause: doubt.cause.clone(),
    }
}
