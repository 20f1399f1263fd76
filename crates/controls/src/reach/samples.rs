//! Groups to test with.

use std::collections::BTreeMap;

use compliance::observation::{Direction, PrefixList, Rule, SecurityGroupObservation};
use compliance::{Fact, Unknown};

use super::{Reach, analyse};

/// An ingress rule from a CIDR block, or from a prefix list if `source` starts with `pl-`.
pub(super) fn rule(id: &str, protocol: &str, ports: (i32, i32), source: &str) -> Rule {
    let is_list = source.starts_with("pl-");
    Rule {
        rule_id: Some(id.to_owned()),
        direction: Direction::Ingress,
        protocol: protocol.to_owned(),
        from_port: (ports.0 != -1).then_some(ports.0),
        to_port: (ports.1 != -1).then_some(ports.1),
        cidr: (!is_list).then(|| source.to_owned()),
        prefix_list: is_list.then(|| source.to_owned()),
        group: None,
        described: false,
    }
}

pub(super) fn group(rules: Vec<Rule>, lists: &[(&str, &[&str])]) -> SecurityGroupObservation {
    let list = |(id, cidrs): &(&str, &[&str])| {
        let cidrs = cidrs.iter().map(|&cidr| cidr.to_owned()).collect();
        (
            (*id).to_owned(),
            PrefixList {
                name: None,
                owner: None,
                cidrs,
            },
        )
    };
    SecurityGroupObservation {
        arn: "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1".to_owned(),
        account: "111122223333".parse().unwrap(),
        region: "eu-west-1".parse().unwrap(),
        group_id: "sg-1".to_owned(),
        group_name: "web".to_owned(),
        description: Fact::Known("web servers".to_owned()),
        vpc_id: None,
        rules: Fact::Known(rules),
        prefix_lists: Fact::Known(lists.iter().map(list).collect::<BTreeMap<_, _>>()),
        network_interfaces: Fact::Unread,
        vpc_network_interfaces: Fact::Unread,
        referenced_by: Fact::Unread,
        peering_references: Fact::Unread,
        vpc: Fact::Unread,
        unknown: Unknown::new(),
    }
}

pub(super) fn reach(rules: Vec<Rule>) -> Reach {
    analyse(&group(rules, &[])).unwrap()
}
