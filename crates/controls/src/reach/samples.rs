//! Groups to test with.

use std::collections::BTreeMap;

use compliance::Fact;
use compliance::observation::{Direction, PrefixList, Rule, SecurityGroupObservation};
use serde_json::json;

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
    let json = json!({
        "arn": "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1", "account": "111122223333",
        "region": "eu-west-1", "group_id": "sg-1", "group_name": "web", "vpc_id": "vpc-1",
    });
    let mut group: SecurityGroupObservation = serde_json::from_value(json).unwrap();
    group.rules = Fact::Known(rules);
    group.prefix_lists = Fact::Known(lists.iter().map(list).collect::<BTreeMap<_, _>>());
    group
}

pub(super) fn reach(rules: Vec<Rule>) -> Reach {
    analyse(&group(rules, &[])).unwrap()
}
