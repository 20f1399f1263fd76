//! Properties: what holds for any set of rules.

use std::collections::BTreeSet;

use compliance::observation::Rule;
use ipnet::{IpNet, Ipv4Net};
use proptest::prelude::*;

use super::samples::{reach, rule};
use super::{Family, Protocol, Reach};

/// Splits a block at random, down to /8 or so: `choices` says at each block whether to go on.
fn split(net: Ipv4Net, choices: &mut impl Iterator<Item = bool>) -> Vec<Ipv4Net> {
    let halves = net.subnets(net.prefix_len() + 1);
    match halves {
        Ok(halves) if net.prefix_len() < 8 && choices.next() == Some(true) => {
            halves.flat_map(|half| split(half, choices)).collect()
        }
        _ => vec![net],
    }
}

const SOURCES: [&str; 7] = [
    "0.0.0.0/0",
    "0.0.0.0/1",
    "128.0.0.0/1",
    "::/0",
    "2000::/4",
    "3000::/4",
    "10.0.0.0/8",
];

fn any_rule() -> impl Strategy<Value = Rule> {
    let protocol = prop::sample::select(vec!["-1", "tcp", "udp", "icmp", "47"]);
    let port = prop::sample::select(vec![-1, 0, 21, 22, 23, 80, 65535]);
    let wide = (any::<u32>(), 0_u8..4).prop_map(|(address, length)| {
        Ipv4Net::new(address.into(), length)
            .unwrap()
            .trunc()
            .to_string()
    });
    let source = prop_oneof![
        wide,
        prop::sample::select(&SOURCES[..]).prop_map(str::to_owned)
    ];
    (protocol, port.clone(), port, source, 0..9_u8).prop_map(|(protocol, a, b, source, id)| {
        let ports = if b == -1 {
            (a, b)
        } else {
            (a.min(b), a.max(b))
        };
        rule(&format!("sgr-{id}"), protocol, ports, &source)
    })
}

/// The sampled traffic that the whole internet reaches.
fn reached(reach: &Reach) -> BTreeSet<(Family, Protocol, u16)> {
    let ports = [0, 1, 21, 22, 23, 79, 80, 81, 65534, 65535];
    let protocols = [
        Protocol::Tcp,
        Protocol::Udp,
        Protocol::Icmp,
        Protocol::Number(47),
    ];
    let mut reached = BTreeSet::new();
    for opening in &reach.ingress.world {
        for protocol in protocols
            .into_iter()
            .filter(|p| [*p, Protocol::All].contains(&opening.protocol))
        {
            let (from, to) = (
                opening.from_port.unwrap_or(0),
                opening.to_port.unwrap_or(u16::MAX),
            );
            let ports = ports.into_iter().filter(|port| (from..=to).contains(port));
            reached.extend(ports.map(|port| (opening.family, protocol, port)));
        }
    }
    reached
}

proptest! {
    #[test]
    fn a_random_split_of_all_addresses_is_the_world(choices in prop::collection::vec(any::<bool>(), 200)) {
        let parts = split(Ipv4Net::default(), &mut choices.into_iter());
        let rules = parts.iter().map(|part| rule(&part.to_string(), "tcp", (22, 22), &part.to_string()));
        let rules: Vec<Rule> = rules.collect();
        let found = reach(rules.clone());
        prop_assert_eq!(found.ingress.world.len(), 1);
        prop_assert_eq!(found.ingress.world[0].split, parts.len() > 1);
        prop_assert_eq!(&found.ingress.wide, &[]);
        for (index, part) in parts.iter().enumerate() {
            let mut rest = rules.clone();
            rest.remove(index);
            let needed = super::space::public_addresses(&IpNet::V4(*part)) > 0;
            prop_assert_eq!(reach(rest).ingress.world.is_empty(), needed);
        }
    }

    #[test]
    fn the_order_of_rules_does_not_matter(
        (rules, shuffled) in prop::collection::vec(any_rule(), 0..12)
            .prop_flat_map(|rules| (Just(rules.clone()), Just(rules).prop_shuffle()))
    ) {
        prop_assert_eq!(reach(rules), reach(shuffled));
    }

    #[test]
    fn a_further_rule_never_shrinks_what_is_reached(
        rules in prop::collection::vec(any_rule(), 0..12), further in any_rule()
    ) {
        let before = reached(&reach(rules.clone()));
        let after = reached(&reach(rules.into_iter().chain([further]).collect()));
        prop_assert!(before.is_subset(&after), "{before:?} {after:?}");
    }

    #[test]
    fn the_sweep_agrees_with_a_look_at_each_port(rules in prop::collection::vec(any_rule(), 0..12)) {
        let found = reached(&reach(rules.clone()));
        for (protocol, text) in [(Protocol::Tcp, "tcp"), (Protocol::Udp, "udp")] {
            for port in [0, 21, 22, 79, 65535] {
                let applies = |rule: &&Rule| {
                    let from = rule.from_port.unwrap_or(0);
                    let to = rule.to_port.unwrap_or(65535);
                    rule.protocol == "-1" || rule.protocol == text && (from..=to).contains(&port)
                };
                for family in [Family::Ipv4, Family::Ipv6] {
                    let sources = rules.iter().filter(applies).filter_map(|rule| rule.cidr.as_ref());
                    let nets = sources.map(|cidr| cidr.parse::<IpNet>().unwrap());
                    let spans = nets.filter(|net| Family::of(net) == family).map(|net| super::space::Span::of(&net));
                    let expected = super::space::is_world(family, spans.collect());
                    let port = u16::try_from(port).unwrap();
                    prop_assert_eq!(found.contains(&(family, protocol, port)), expected);
                }
            }
        }
    }
}
