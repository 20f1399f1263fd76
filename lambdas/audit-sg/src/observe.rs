//! One group as observed: what the region's reads say of it, and what they could not say. Pure.

use std::collections::BTreeMap;

use compliance::observation::{PeeringReference, PrefixList, Rule, SecurityGroupObservation, Vpc};
use compliance::{AccountId, Fact, Partition, Refusal, Region, Unknown};

use crate::convert::ListedGroup;
use crate::facts::{Noting, network_of, users_of};
use crate::index::{Interfaces, Rules, overlapping};
use crate::surroundings::Surroundings;

/// Whose group it is, and where.
#[derive(Debug, Clone)]
pub struct Owner {
    /// The account.
    pub account: AccountId,
    /// Its partition.
    pub partition: Partition,
    /// The region.
    pub region: Region,
}

/// What was read for a page of groups, or which refusal stood against it.
#[derive(Debug)]
pub struct Readings<'a> {
    /// The region's rules.
    pub rules: Result<&'a Rules, Refusal>,
    /// The region's interfaces.
    pub interfaces: Result<&'a Interfaces, Refusal>,
    /// The region's VPCs by id.
    pub vpcs: Result<&'a BTreeMap<String, Vpc>, Refusal>,
    /// Those prefix lists by id that rules of the page name and that could be read.
    pub prefix_lists: BTreeMap<String, PrefixList>,
    /// How many groups each VPC has.
    pub vpc_groups: BTreeMap<String, u64>,
    /// What lies around the groups.
    pub around: Surroundings<'a>,
    /// References from peered VPCs, by the id of the group that is named.
    pub peering: BTreeMap<String, Result<Vec<PeeringReference>, Refusal>>,
}

/// Puts together what was read of one group.
#[must_use]
pub fn observe(
    owner: &Owner,
    group: &ListedGroup,
    readings: &Readings<'_>,
) -> SecurityGroupObservation {
    let mut unknown = Unknown::new();
    let id = group.id.as_str();
    let rules = readings.rules.clone();
    let interfaces = readings.interfaces.clone();
    let own = rules.clone().map(|rules| rules.of_group(id));
    let named = own.clone();
    let lists = named.map(|own| lists_of(&own, &readings.prefix_lists));
    let vpc = readings
        .vpcs
        .clone()
        .map(|vpcs| vpcs.get(group.vpc.as_deref()?).cloned());
    let described = group.description.clone();
    let description = described.ok_or_else(|| not_asked("DescribeSecurityGroups"));
    let peering = readings.peering.get(id).cloned();
    let peering = peering.unwrap_or_else(|| Err(not_asked("DescribeSecurityGroupReferences")));
    let carrying = interfaces.clone().map(|list| list.carriers(id).to_vec());
    let overlapping = rules
        .clone()
        .and_then(|rules| Ok(overlapping(id, rules, interfaces.clone()?)));
    let on = carrying.as_deref().map_err(Clone::clone);
    let network = network_of(&readings.around, on, &mut unknown);
    let users = users_of(
        group,
        own.as_deref().map_err(Clone::clone),
        readings,
        &mut unknown,
    );
    let mut note = Noting(&mut unknown);
    SecurityGroupObservation {
        arn: arn(owner, id),
        account: owner.account.clone(),
        region: owner.region.clone(),
        group_id: id.to_owned(),
        group_name: group.name.clone(),
        description: note.fact("description", description),
        vpc_id: group.vpc.clone(),
        tags: Fact::Known(group.tags.clone()),
        vpc_groups: Fact::Known(groups_beside(group, readings)),
        overlapping_rules: note.fact("overlapping_rules", overlapping),
        stale_rules: users.stale_rules,
        vpc_associations: users.vpc_associations,
        launch_templates: users.launch_templates,
        elastic_ips: users.elastic_ips,
        instances: network.instances,
        subnets: network.subnets,
        route_tables: network.route_tables,
        network_acls: network.network_acls,
        vpc_block_public_access: network.block,
        rules: note.fact("rules", own),
        prefix_lists: note.fact("prefix_lists", lists),
        referenced_by: note.fact("referenced_by", rules.map(|rules| rules.naming(id))),
        network_interfaces: note.fact("network_interfaces", carrying),
        vpc_network_interfaces: note.fact(
            "vpc_network_interfaces",
            interfaces.map(|list| list.in_vpc(group.vpc.as_deref())),
        ),
        peering_references: note.fact("peering_references", peering),
        vpc: note.fact("vpc", vpc),
        unknown,
    }
}

/// How many groups the VPC of a group has, at least the group itself.
fn groups_beside(group: &ListedGroup, readings: &Readings<'_>) -> u64 {
    let vpc = group.vpc.as_ref();
    let count = vpc.and_then(|vpc| readings.vpc_groups.get(vpc));
    count.copied().unwrap_or(1)
}

/// The lists that a group's rules name and that could be read. The others are left out: what a rule
/// with such a list lets in is in doubt, and no more than that.
fn lists_of(rules: &[Rule], read: &BTreeMap<String, PrefixList>) -> BTreeMap<String, PrefixList> {
    let named = rules.iter().filter_map(|rule| rule.prefix_list.as_ref());
    named
        .filter_map(|id| Some((id.clone(), read.get(id)?.clone())))
        .collect()
}

/// Stands for an answer that is missing though nothing refused it, so that no gap looks like an answer.
fn not_asked(operation: &str) -> Refusal {
    Refusal {
        operation: operation.to_owned(),
        code: "NotAsked".to_owned(),
    }
}

/// The ARN of a group (Service Authorization Reference, "Actions, resources, and condition keys for
/// Amazon EC2").
fn arn(owner: &Owner, id: &str) -> String {
    let Owner {
        account,
        partition,
        region,
    } = owner;
    format!("arn:{partition}:ec2:{region}:{account}:security-group/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    use crate::convert_network::TemplateGroups;
    use compliance::observation::{Direction, VpcAssociation};

    fn owner() -> Owner {
        Owner {
            account: "111122223333".parse().unwrap(),
            partition: "aws-cn".parse().unwrap(),
            region: "cn-north-1".parse().unwrap(),
        }
    }

    fn group() -> ListedGroup {
        ListedGroup {
            id: "sg-1".to_owned(),
            name: "web".to_owned(),
            description: Some("web servers".to_owned()),
            vpc: Some("vpc-1".to_owned()),
            tags: BTreeMap::new(),
        }
    }

    fn refusal(operation: &str) -> Refusal {
        Refusal {
            operation: operation.to_owned(),
            code: "UnauthorizedOperation".to_owned(),
        }
    }

    fn nothing_around() -> Surroundings<'static> {
        static ASSOCIATIONS: Vec<(String, VpcAssociation)> = Vec::new();
        static TEMPLATES: Vec<TemplateGroups> = Vec::new();
        static ADDRESSES: BTreeSet<String> = BTreeSet::new();
        Surroundings {
            associations: Ok(&ASSOCIATIONS),
            templates: Ok(&TEMPLATES),
            addresses: Ok(&ADDRESSES),
            ..Surroundings::default()
        }
    }

    fn rule(list: &str) -> (String, Rule) {
        let rule = Rule {
            rule_id: None,
            direction: Direction::Ingress,
            protocol: "tcp".to_owned(),
            from_port: Some(443),
            to_port: Some(443),
            cidr: None,
            prefix_list: Some(list.to_owned()),
            group: None,
            described: false,
        };
        ("sg-1".to_owned(), rule)
    }

    fn readable() -> PrefixList {
        PrefixList {
            name: None,
            owner: None,
            cidrs: vec!["10.0.0.0/8".to_owned()],
        }
    }

    #[test]
    fn the_partition_of_the_arn_is_the_callers() {
        assert_eq!(
            arn(&owner(), "sg-1"),
            "arn:aws-cn:ec2:cn-north-1:111122223333:security-group/sg-1"
        );
    }

    #[test]
    fn an_unread_prefix_list_leaves_out_itself_alone() {
        let rules = Rules::of(vec![rule("pl-1"), rule("pl-2")]);
        let (interfaces, vpcs) = (Interfaces::default(), BTreeMap::new());
        let readings = Readings {
            rules: Ok(&rules),
            interfaces: Ok(&interfaces),
            vpcs: Ok(&vpcs),
            prefix_lists: ["pl-1", "pl-3"]
                .map(|id| (id.to_owned(), readable()))
                .into(),
            vpc_groups: BTreeMap::new(),
            around: nothing_around(),
            peering: [("sg-1".to_owned(), Ok(Vec::new()))].into(),
        };
        let observed = observe(&owner(), &group(), &readings);
        let only = BTreeMap::from([("pl-1".to_owned(), readable())]);
        assert_eq!(observed.prefix_lists, Fact::Known(only));
        assert_eq!(observed.vpc, Fact::Known(None));
        assert!(observed.unknown.is_empty());
    }

    #[test]
    fn what_follows_from_unread_rules_is_unread_and_so_is_what_nobody_asked_for() {
        let (interfaces, vpcs) = (Interfaces::default(), BTreeMap::new());
        let readings = Readings {
            rules: Err(refusal("DescribeSecurityGroupRules")),
            interfaces: Ok(&interfaces),
            vpcs: Ok(&vpcs),
            prefix_lists: BTreeMap::new(),
            vpc_groups: BTreeMap::new(),
            around: nothing_around(),
            peering: BTreeMap::new(),
        };
        let undescribed = ListedGroup {
            description: None,
            ..group()
        };
        let observed = observe(&owner(), &undescribed, &readings);
        let unknown: Vec<_> = observed.unknown.keys().cloned().collect();
        assert_eq!(
            unknown,
            [
                "description",
                "elastic_ips",
                "overlapping_rules",
                "peering_references",
                "prefix_lists",
                "referenced_by",
                "rules",
                "stale_rules"
            ]
        );
    }
}
