//! Cases: how rules are normalised and united, one by one.

use compliance::Fact;
use compliance::observation::{Direction, Rule};

use super::samples::{group, reach, rule};
use super::{Family, Opening, analyse};

/// `family protocol from-to split rules` of each opening, as a line.
fn lines(openings: &[Opening]) -> Vec<String> {
    let port = |port: Option<u16>| port.map_or_else(|| "*".to_owned(), |port| port.to_string());
    let line = |o: &Opening| {
        let family = if o.family == Family::Ipv4 { 4 } else { 6 };
        let split = if o.split { " split" } else { "" };
        let (from, to, rules) = (port(o.from_port), port(o.to_port), o.rules.join(","));
        format!("{family} {} {from}-{to}{split} {rules}", o.protocol)
    };
    openings.iter().map(line).collect()
}

#[test]
fn all_protocols_are_all_ports() {
    let found = reach(vec![rule("a", "-1", (-1, -1), "0.0.0.0/0")]);
    assert_eq!(lines(&found.ingress.world), ["4 all 0-65535 a"]);
    assert_eq!(found.egress.world, []);
}

#[test]
fn a_tcp_rule_without_ports_is_every_port() {
    let found = reach(vec![rule("a", "tcp", (-1, -1), "::/0")]);
    assert_eq!(lines(&found.ingress.world), ["6 tcp 0-65535 a"]);
    let mut minus_one = rule("a", "tcp", (-1, -1), "::/0");
    (minus_one.from_port, minus_one.to_port) = (Some(-1), Some(-1));
    assert_eq!(reach(vec![minus_one]), found);
}

#[test]
fn protocols_stay_apart_and_numbers_are_names() {
    let found = reach(vec![
        rule("udp", "udp", (22, 22), "0.0.0.0/0"),
        rule("gre", "47", (22, 22), "0.0.0.0/0"),
        rule("tcp", "6", (80, 80), "0.0.0.0/0"),
        rule("ping", "icmp", (8, -1), "0.0.0.0/0"),
    ]);
    let expected = [
        "4 tcp 80-80 tcp",
        "4 udp 22-22 udp",
        "4 icmp *-* ping",
        "4 47 *-* gre",
    ];
    assert_eq!(lines(&found.ingress.world), expected);
}

#[test]
fn two_halves_are_the_world_where_their_ports_overlap() {
    let found = reach(vec![
        rule("low", "tcp", (20, 22), "0.0.0.0/1"),
        rule("high", "tcp", (22, 25), "128.0.0.0/1"),
        rule("office", "tcp", (22, 22), "198.51.100.7/32"),
        rule("partner", "tcp", (22, 22), "8.8.8.0/24"),
    ]);
    assert_eq!(lines(&found.ingress.world), ["4 tcp 22-22 split high,low"]);
}

#[test]
fn a_rule_for_all_protocols_completes_a_tcp_rule() {
    let found = reach(vec![
        rule("all", "-1", (-1, -1), "0.0.0.0/1"),
        rule("ssh", "tcp", (22, 22), "128.0.0.0/1"),
    ]);
    assert_eq!(lines(&found.ingress.world), ["4 tcp 22-22 split all,ssh"]);
}

#[test]
fn each_rule_that_opens_by_itself_is_named() {
    let found = reach(vec![
        rule("all", "-1", (-1, -1), "0.0.0.0/0"),
        rule("ssh", "tcp", (22, 22), "0.0.0.0/0"),
        rule("wide", "tcp", (0, 1024), "0.0.0.0/0"),
        rule("half", "tcp", (22, 22), "0.0.0.0/1"),
    ]);
    let expected = [
        "4 all 0-65535 all",
        "4 tcp 0-21 wide",
        "4 tcp 22-22 ssh,wide",
        "4 tcp 23-1024 wide",
    ];
    assert_eq!(lines(&found.ingress.world), expected);
}

#[test]
fn the_entries_of_a_prefix_list_count() {
    let rules = vec![
        rule("ssh", "tcp", (22, 22), "pl-1"),
        rule("web", "tcp", (80, 80), "pl-2"),
    ];
    let lists: &[(&str, &[&str])] = &[
        ("pl-1", &["0.0.0.0/1", "128.0.0.0/1", "::/0"]),
        ("pl-2", &["52.0.0.0/8"]),
    ];
    let found = analyse(&group(rules, lists)).unwrap();
    assert_eq!(
        lines(&found.ingress.world),
        ["4 tcp 22-22 split ssh", "6 tcp 22-22 ssh"]
    );
    assert_eq!(found.ingress.world[0].via_prefix_list, ["pl-1"]);
    assert_eq!(found.ingress.wide, []);
    let [world, wide] = &found.ingress.prefix_lists[..] else {
        panic!("two lists are named")
    };
    assert_eq!(world.world, [Family::Ipv4, Family::Ipv6]);
    assert_eq!(world.wide, []);
    assert_eq!(wide.world, []);
    assert_eq!(wide.wide[0].cidrs, ["52.0.0.0/8"]);
}

#[test]
fn a_list_that_leaves_out_only_private_ranges_is_the_world() {
    let public: Vec<Rule> = [
        "0.0.0.0/5",
        "8.0.0.0/7",
        "11.0.0.0/8",
        "12.0.0.0/6",
        "16.0.0.0/4",
        "32.0.0.0/3",
        "64.0.0.0/2",
        "128.0.0.0/3",
        "160.0.0.0/5",
        "168.0.0.0/6",
        "172.0.0.0/12",
        "172.32.0.0/11",
        "172.64.0.0/10",
        "172.128.0.0/9",
        "173.0.0.0/8",
        "174.0.0.0/7",
        "176.0.0.0/4",
        "192.0.0.0/9",
        "192.128.0.0/11",
        "192.160.0.0/13",
        "192.169.0.0/16",
        "192.170.0.0/15",
        "192.172.0.0/14",
        "192.176.0.0/12",
        "192.192.0.0/10",
        "193.0.0.0/8",
        "194.0.0.0/7",
        "196.0.0.0/6",
        "200.0.0.0/5",
        "208.0.0.0/4",
    ]
    .iter()
    .map(|cidr| rule(cidr, "tcp", (443, 443), cidr))
    .collect();
    let without_one = reach(public.iter().skip(1).cloned().collect());
    assert_eq!(without_one.ingress.world, []);
    let found = reach(public);
    assert_eq!(found.ingress.world.len(), 1);
    let opening = &found.ingress.world[0];
    assert!(opening.split);
    assert_eq!(
        (opening.rules.len(), opening.rule_count),
        (super::NAMED, 30)
    );
}

#[test]
fn an_unread_prefix_list_leaves_its_ports_in_doubt() {
    let found = reach(vec![
        rule("a", "tcp", (22, 22), "pl-9"),
        rule("b", "tcp", (1, 1), "8.8.8.8/32"),
    ]);
    assert_eq!(found.unresolved_prefix_lists, ["pl-9"]);
    assert_eq!(found.ingress.world, []);
    let doubt = &found.ingress.unresolved[0];
    assert_eq!(
        (doubt.rule.as_str(), doubt.from_port, doubt.to_port),
        ("a", Some(22), Some(22))
    );
    assert_eq!(doubt.cause, "the entries of `pl-9` were not read");
}

#[test]
fn what_cannot_be_understood_is_in_doubt_for_every_port_it_may_mean() {
    let mut no_source = rule("none", "tcp", (5, 5), "10.0.0.0/8");
    no_source.cidr = None;
    let found = reach(vec![
        rule("text", "udp", (53, 53), "somewhere"),
        rule("protocol", "tcpp", (1, 2), "0.0.0.0/0"),
        rule("ports", "tcp", (9, 8), "0.0.0.0/0"),
        no_source,
    ]);
    let doubts = found.ingress.unresolved.iter();
    let doubts: Vec<String> = doubts
        .map(|d| {
            format!(
                "{} {} {:?}-{:?}",
                d.rule, d.protocol, d.from_port, d.to_port
            )
        })
        .collect();
    let expected = [
        "ports all Some(0)-Some(65535)",
        "protocol all Some(0)-Some(65535)",
        "none tcp Some(5)-Some(5)",
        "text udp Some(53)-Some(53)",
    ];
    assert_eq!(doubts, expected);
}

#[test]
fn wide_ranges_are_united_and_private_ones_are_not_wide() {
    let found = reach(vec![
        rule("a", "tcp", (443, 443), "8.8.8.0/24"),
        rule("b", "tcp", (443, 443), "8.8.9.0/24"),
        rule("c", "tcp", (443, 443), "10.0.0.0/8"),
        rule("d", "tcp", (80, 80), "9.9.9.0/24"),
        rule("e", "udp", (80, 80), "2600::/16"),
    ]);
    let wide: Vec<(String, Vec<String>)> = found
        .ingress
        .wide
        .iter()
        .map(|w| (w.ranges.cidrs.join(","), w.rules.clone()))
        .collect();
    let expected = [
        (
            "8.8.8.0/23".to_owned(),
            vec!["a".to_owned(), "b".to_owned()],
        ),
        ("2600::/16".to_owned(), vec!["e".to_owned()]),
    ];
    assert_eq!(wide, expected);
    let half = reach(vec![rule("a", "tcp", (443, 443), "0.0.0.0/1")])
        .ingress
        .wide;
    assert_eq!(half[0].ranges.prefix_length, 1);
    assert!(
        (500_000..600_000).contains(&half[0].ranges.share_ppm),
        "{half:?}"
    );
}

#[test]
fn rules_that_were_not_read_give_no_answer() {
    let mut unread = group(Vec::new(), &[]);
    unread.rules = Fact::Unread;
    assert_eq!(analyse(&unread), None);
}

#[test]
fn egress_is_apart_from_ingress() {
    let mut out = rule("out", "-1", (-1, -1), "0.0.0.0/0");
    out.direction = Direction::Egress;
    let found = reach(vec![out]);
    assert_eq!(found.ingress.world, []);
    assert_eq!(lines(&found.egress.world), ["4 all 0-65535 out"]);
}

#[test]
fn a_thousand_nested_rules_are_united() {
    let nested = |i: i32| {
        let half = if i % 2 == 0 {
            "0.0.0.0/1"
        } else {
            "128.0.0.0/1"
        };
        rule(&format!("sgr-{i:04}"), "tcp", (i, 65535 - i), half)
    };
    let found = reach((0..1000).map(nested).collect());
    assert_eq!(
        found.ingress.world.first().and_then(|o| o.from_port),
        Some(1)
    );
}
