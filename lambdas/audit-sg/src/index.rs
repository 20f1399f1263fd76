//! The region's rules and interfaces, arranged by the group that they concern: pure.

use std::collections::{BTreeMap, BTreeSet};

use compliance::observation::{NetworkInterface, Rule};

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
    pub fn carrying(&self, group: &str) -> Vec<NetworkInterface> {
        self.by_group.get(group).cloned().unwrap_or_default()
    }

    /// How many interfaces a VPC has.
    #[must_use]
    pub fn in_vpc(&self, vpc: Option<&str>) -> u64 {
        let count = vpc.and_then(|vpc| self.by_vpc.get(vpc));
        count.copied().unwrap_or_default()
    }
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

    #[test]
    fn an_interface_counts_once_for_its_vpc_and_for_each_of_its_groups() {
        let interfaces = Interfaces::of(vec![CarryingInterface {
            groups: vec!["sg-a".to_owned(), "sg-b".to_owned()],
            vpc: Some("vpc-1".to_owned()),
            interface: NetworkInterface {
                id: "eni-1".to_owned(),
                interface_type: None,
                status: None,
                public_ipv4: false,
                ipv6: false,
                subnet_id: None,
                requester_managed: false,
            },
        }]);
        assert_eq!(interfaces.in_vpc(Some("vpc-1")), 1);
        assert_eq!(interfaces.in_vpc(Some("vpc-2")), 0);
        assert_eq!(interfaces.carrying("sg-a").len(), 1);
        assert_eq!(interfaces.carrying("sg-b").len(), 1);
    }
}
