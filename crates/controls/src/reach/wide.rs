//! Wide ranges: blocks with more public addresses than a network of one's own usually has, adjacent ones united.

use std::collections::BTreeMap;

use ipnet::IpNet;

use super::grant::{Grant, Traffic};
use super::opening::{WideOpening, WideRanges, named};
use super::space::{Family, Span, is_world, public_addresses};

/// The wide ranges that CIDR rules of the same traffic name together. Ranges that come from
/// prefix lists are judged list by list; ranges that are the whole internet are openings.
pub(super) fn wide_openings(grants: &[&Grant<'_>]) -> Vec<WideOpening> {
    let mut sets: BTreeMap<(Family, Traffic), Vec<&Grant<'_>>> = BTreeMap::new();
    for grant in grants.iter().filter(|grant| grant.prefix_list.is_none()) {
        sets.entry((grant.family, grant.traffic))
            .or_default()
            .push(*grant);
    }
    let opening = |((family, traffic), set): ((Family, Traffic), Vec<&Grant<'_>>)| {
        let nets = set
            .iter()
            .flat_map(|grant| grant.sources.iter().copied())
            .collect();
        let (ranges, wide) = wide_ranges(family, &nets)?;
        let names = set
            .iter()
            .filter(|grant| grant.sources.iter().any(|net| lies_in(net, &wide)));
        let (rules, rule_count) = named(names.map(|grant| grant.rule));
        let (from_port, to_port) = traffic.ports();
        let protocol = traffic.protocol;
        Some(WideOpening {
            family,
            protocol,
            from_port,
            to_port,
            ranges,
            rules,
            rule_count,
        })
    };
    sets.into_iter().filter_map(opening).collect()
}

/// The wide blocks of a union, summed up and one by one; none if the union is the whole internet.
pub(super) fn wide_ranges(family: Family, nets: &Vec<IpNet>) -> Option<(WideRanges, Vec<IpNet>)> {
    let nets = IpNet::aggregate(nets);
    if is_world(family, nets.iter().map(Span::of).collect()) {
        return None;
    }
    let wide = |net: &IpNet| public_addresses(net) > family.narrow();
    let mut wide: Vec<IpNet> = nets.into_iter().filter(wide).collect();
    wide.sort_by_key(|net| (net.prefix_len(), *net));
    let prefix_length = wide.first()?.prefix_len();
    let cidrs = wide
        .iter()
        .take(super::NAMED)
        .map(ToString::to_string)
        .collect();
    let share_ppm = family.share_ppm(wide.iter().map(public_addresses).sum());
    let ranges = WideRanges {
        cidrs,
        cidr_count: wide.len(),
        prefix_length,
        share_ppm,
    };
    Some((ranges, wide))
}

fn lies_in(net: &IpNet, blocks: &[IpNet]) -> bool {
    blocks.iter().any(|block| block.contains(net))
}
