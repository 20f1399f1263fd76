//! The region's rules and interfaces, arranged by the group that they concern: pure.

use std::collections::{BTreeMap, BTreeSet};

use compliance::observation::{Direction, NetworkInterface, OverlappingRule, Rule};

use crate::convert::CarryingInterface;

/// The rules of a region by group, and which groups name which.
#[derive(Debug, Default)]
pub struct Rules {
    by_group: BTreeMap<String, Vec<Rule>>,
    named_by: BTreeMap<String, BTreeSet<String>>,
}

impl Rules {
    /// Arranges rules, each given with the id of its group.
    #[must_use]
    pub fn of(rules: Vec<(String, Rule)>) -> Self {
        let mut arranged = Self::default();
        for (group, rule) in rules {
            if let Some(named) = rule.group.as_ref().filter(|named| named.group_id != group) {
                arranged
                    .named_by
                    .entry(named.group_id.clone())
                    .or_default()
                    .insert(group.clone());
            }
            arranged.by_group.entry(group).or_default().push(rule);
        }
        for rules in arranged.by_group.values_mut() {
            rules.sort_by(|a, b| a.rule_id.cmp(&b.rule_id));
        }
        arranged
    }

    /// The rules of a group, sorted by rule id; none, if the region's rules hold none.
    #[must_use]
    pub fn of_group(&self, group: &str) -> Vec<Rule> {
        self.by_group.get(group).cloned().unwrap_or_default()
    }

    /// Whether a rule of the group names a group that is not `near`: the only rules that can be stale.
    #[must_use]
    pub fn names_beyond(&self, group: &str, near: impl Fn(&str) -> bool) -> bool {
        let rules = self.by_group.get(group).into_iter().flatten();
        let mut named = rules.filter_map(|rule| rule.group.as_ref());
        named.any(|named| !near(&named.group_id))
    }

    /// The other groups whose rules name this one, sorted. A group that only names itself is not
    /// referenced.
    #[must_use]
    pub fn naming(&self, group: &str) -> Vec<String> {
        let named_by = self.named_by.get(group);
        named_by.into_iter().flatten().cloned().collect()
    }
}

/// The network interfaces of a region by group, and their number by VPC.
#[derive(Debug, Default)]
pub struct Interfaces {
    by_group: BTreeMap<String, Vec<NetworkInterface>>,
    groups_of: BTreeMap<String, Vec<String>>,
    by_vpc: BTreeMap<String, u64>,
}

impl Interfaces {
    /// Arranges interfaces.
    #[must_use]
    pub fn of(interfaces: Vec<CarryingInterface>) -> Self {
        let mut arranged = Self::default();
        for carrying in interfaces {
            if let Some(vpc) = carrying.vpc {
                *arranged.by_vpc.entry(vpc).or_default() += 1;
            }
            let id = carrying.interface.id.clone();
            arranged.groups_of.insert(id, carrying.groups.clone());
            for group in carrying.groups {
                let carriers = arranged.by_group.entry(group).or_default();
                carriers.push(carrying.interface.clone());
            }
        }
        for carriers in arranged.by_group.values_mut() {
            carriers.sort_by(|a, b| a.id.cmp(&b.id));
        }
        arranged
    }

    /// The interfaces that carry a group, sorted by id.
    #[must_use]
    pub fn carriers(&self, group: &str) -> &[NetworkInterface] {
        self.by_group
            .get(group)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The other groups of the interfaces that carry a group, each with one of these interfaces.
    fn beside(&self, group: &str) -> BTreeMap<&str, &str> {
        let carriers = self.by_group.get(group).into_iter().flatten();
        let mut beside = BTreeMap::new();
        for interface in carriers {
            let groups = self.groups_of.get(&interface.id).into_iter().flatten();
            for other in groups.filter(|other| *other != group) {
                beside
                    .entry(other.as_str())
                    .or_insert(interface.id.as_str());
            }
        }
        beside
    }

    /// How many interfaces a VPC has.
    #[must_use]
    pub fn in_vpc(&self, vpc: Option<&str>) -> u64 {
        let count = vpc.and_then(|vpc| self.by_vpc.get(vpc));
        count.copied().unwrap_or_default()
    }
}

/// The inbound rules of a group that another group of the same interface has as well. Outbound ones are left out:
/// AWS gives every group the same.
#[must_use]
pub fn overlapping(group: &str, rules: &Rules, interfaces: &Interfaces) -> Vec<OverlappingRule> {
    let of = |group: &str| rules.by_group.get(group).into_iter().flatten();
    let mut found = Vec::new();
    for (other, interface) in interfaces.beside(group) {
        let theirs: BTreeSet<_> = of(other).filter_map(inbound).collect();
        let both = of(group).filter(|rule| inbound(rule).is_some_and(|it| theirs.contains(&it)));
        found.extend(both.map(|rule| OverlappingRule {
            rule_id: rule.rule_id.clone(),
            group_id: other.to_owned(),
            interface_id: interface.to_owned(),
        }));
    }
    found.sort();
    found
}

/// What an inbound rule lets in, and from where.
fn inbound(rule: &Rule) -> Option<(&str, Option<i32>, Option<i32>, &str)> {
    let group = rule.group.as_ref().map(|group| group.group_id.as_str());
    let source = rule
        .cidr
        .as_deref()
        .or(rule.prefix_list.as_deref())
        .or(group)?;
    let traffic = (rule.protocol.as_str(), rule.from_port, rule.to_port, source);
    (rule.direction == Direction::Ingress).then_some(traffic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use compliance::observation::{Direction, GroupReference};

    fn naming(id: &str, group: &str) -> Rule {
        Rule {
            rule_id: Some(id.to_owned()),
            direction: Direction::Ingress,
            protocol: "-1".to_owned(),
            from_port: None,
            to_port: None,
            cidr: None,
            prefix_list: None,
            group: Some(GroupReference {
                group_id: group.to_owned(),
                account: None,
                peering_status: None,
            }),
            described: false,
        }
    }

    #[test]
    fn a_group_that_names_itself_is_not_referenced() {
        let rules = Rules::of(vec![
            ("sg-a".to_owned(), naming("sgr-2", "sg-a")),
            ("sg-a".to_owned(), naming("sgr-1", "sg-b")),
        ]);
        assert!(rules.naming("sg-a").is_empty());
        assert_eq!(rules.naming("sg-b"), ["sg-a"]);
        let ids: Vec<_> = rules
            .of_group("sg-a")
            .into_iter()
            .filter_map(|r| r.rule_id)
            .collect();
        assert_eq!(ids, ["sgr-1", "sgr-2"]);
    }

    fn carrying(groups: &[&str]) -> CarryingInterface {
        CarryingInterface {
            groups: groups.iter().map(ToString::to_string).collect(),
            vpc: Some("vpc-1".to_owned()),
            interface: NetworkInterface {
                id: "eni-1".to_owned(),
                interface_type: None,
                status: None,
                public_ipv4: false,
                ipv6: false,
                subnet_id: None,
                vpc_id: None,
                instance_id: None,
                requester_managed: false,
            },
        }
    }

    #[test]
    fn only_groups_of_the_same_interface_overlap() {
        let rules = Rules::of(vec![
            ("sg-a".to_owned(), naming("sgr-1", "sg-x")),
            ("sg-b".to_owned(), naming("sgr-2", "sg-x")),
            ("sg-c".to_owned(), naming("sgr-3", "sg-y")),
        ]);
        let together = Interfaces::of(vec![carrying(&["sg-a", "sg-b", "sg-c"])]);
        let found = overlapping("sg-a", &rules, &together);
        let found: Vec<_> = found
            .iter()
            .map(|it| (it.rule_id.as_deref(), it.group_id.as_str()))
            .collect();
        assert_eq!(found, [(Some("sgr-1"), "sg-b")]);
        let apart = Interfaces::of(vec![carrying(&["sg-a", "sg-c"])]);
        assert!(overlapping("sg-a", &rules, &apart).is_empty());
    }

    #[test]
    fn an_interface_counts_once_for_its_vpc_and_for_each_of_its_groups() {
        let interfaces = Interfaces::of(vec![carrying(&["sg-a", "sg-b"])]);
        assert_eq!(interfaces.in_vpc(Some("vpc-1")), 1);
        assert_eq!(interfaces.in_vpc(Some("vpc-2")), 0);
        assert_eq!(interfaces.carriers("sg-a").len(), 1);
        assert_eq!(interfaces.carriers("sg-b").len(), 1);
    }
}
