//! From the SDK's types to the vocabulary, for what lies around a group: its network and its users. Pure.

use std::collections::BTreeSet;

use aws_sdk_ec2::types;
use compliance::observation::{
    AclEntry, Direction, Instance, NetworkAcl, Route, RouteTable, StaleRule, Subnet, VpcAssociation,
};

/// A subnet of `DescribeSubnets`, with its id.
#[must_use]
pub fn subnet(subnet: types::Subnet) -> Option<(String, Subnet)> {
    let converted = Subnet {
        vpc_id: subnet.vpc_id,
        owner: subnet.owner_id,
    };
    Some((subnet.subnet_id?, converted))
}

/// A table of `DescribeRouteTables`.
#[must_use]
pub fn route_table(table: types::RouteTable) -> Option<RouteTable> {
    let associations = table.associations.unwrap_or_default();
    let routes = table.routes.unwrap_or_default().into_iter();
    Some(RouteTable {
        id: table.route_table_id?,
        vpc_id: table.vpc_id,
        main: associations.iter().any(|it| it.main == Some(true)),
        subnets: associations
            .into_iter()
            .filter_map(|it| it.subnet_id)
            .collect(),
        routes: routes
            .map(route)
            .filter(|route| route.target.as_deref() != Some("local"))
            .collect(),
    })
}

fn route(route: types::Route) -> Route {
    Route {
        active: route
            .state
            .is_none_or(|state| state == types::RouteState::Active),
        destination: route
            .destination_cidr_block
            .or(route.destination_ipv6_cidr_block)
            .or(route.destination_prefix_list_id),
        target: route
            .gateway_id
            .or(route.egress_only_internet_gateway_id)
            .or(route.nat_gateway_id)
            .or(route.instance_id)
            .or(route.network_interface_id)
            .or(route.transit_gateway_id)
            .or(route.vpc_peering_connection_id)
            .or(route.local_gateway_id)
            .or(route.carrier_gateway_id)
            .or(route.core_network_arn)
            .or(route.odb_network_arn),
    }
}

/// An ACL of `DescribeNetworkAcls`.
#[must_use]
pub fn network_acl(acl: types::NetworkAcl) -> Option<NetworkAcl> {
    let entries = acl.entries.unwrap_or_default().into_iter();
    let mut ingress: Vec<AclEntry> = entries
        .filter(|entry| entry.egress != Some(true))
        .map(acl_entry)
        .collect();
    ingress.sort_by_key(|entry| entry.rule_number);
    let associations = acl.associations.unwrap_or_default().into_iter();
    Some(NetworkAcl {
        id: acl.network_acl_id?,
        subnets: associations.filter_map(|it| it.subnet_id).collect(),
        ingress,
    })
}

fn acl_entry(entry: types::NetworkAclEntry) -> AclEntry {
    let ports = entry.port_range;
    AclEntry {
        rule_number: entry.rule_number.unwrap_or_default(),
        allow: entry.rule_action == Some(types::RuleAction::Allow),
        protocol: entry.protocol.unwrap_or_else(|| "-1".to_owned()),
        from_port: ports.as_ref().and_then(|ports| ports.from),
        to_port: ports.and_then(|ports| ports.to),
        cidr: entry.cidr_block.or(entry.ipv6_cidr_block),
    }
}

/// The mode of VPC Block Public Access; none while it is changing.
#[must_use]
pub fn block_mode(options: types::VpcBlockPublicAccessOptions) -> Option<String> {
    use types::VpcBlockPublicAccessState::{DefaultState, UpdateComplete};
    let settled = matches!(options.state?, DefaultState | UpdateComplete);
    let mode = options.internet_gateway_block_mode.filter(|_| settled);
    mode.map(|mode| mode.as_str().to_owned())
}

/// An exclusion from VPC Block Public Access that is there: the VPC or subnet, and what it allows; none while
/// that is changing.
#[must_use]
pub fn exclusion(
    exclusion: types::VpcBlockPublicAccessExclusion,
) -> Option<(String, Option<String>)> {
    use types::VpcBlockPublicAccessExclusionState as State;
    let settled = match exclusion.state? {
        State::CreateFailed | State::DeleteComplete | State::DisableComplete => return None,
        State::CreateComplete | State::UpdateComplete => true,
        _ => false,
    };
    let arn = exclusion.resource_arn?;
    let id = arn.rsplit('/').next().unwrap_or(&arn).to_owned();
    let mode = exclusion
        .internet_gateway_exclusion_mode
        .filter(|_| settled);
    Some((id, mode.map(|mode| mode.as_str().to_owned())))
}

/// The groups of a launch template, by id and by name.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct TemplateGroups {
    /// `lt-...`.
    pub template: String,
    /// Ids of groups, and names of groups of the default VPC.
    pub groups: BTreeSet<String>,
}

/// A version of `DescribeLaunchTemplateVersions`, if it names groups.
#[must_use]
pub fn template(version: types::LaunchTemplateVersion) -> Option<TemplateGroups> {
    let data = version.launch_template_data?;
    let interfaces = data.network_interfaces.unwrap_or_default().into_iter();
    let of_interfaces = interfaces.flat_map(|interface| interface.groups.unwrap_or_default());
    let ids = data.security_group_ids.unwrap_or_default();
    let names = data.security_groups.unwrap_or_default();
    Some(TemplateGroups {
        template: version.launch_template_id?,
        groups: ids.into_iter().chain(names).chain(of_interfaces).collect(),
    })
}

/// An association of `DescribeSecurityGroupVpcAssociations` that is not gone, with the group.
#[must_use]
pub fn association(
    association: types::SecurityGroupVpcAssociation,
) -> Option<(String, VpcAssociation)> {
    use types::SecurityGroupVpcAssociationState::{AssociationFailed, Disassociated};
    let state = association.state;
    if matches!(state, Some(AssociationFailed | Disassociated)) {
        return None;
    }
    let converted = VpcAssociation {
        vpc_id: association.vpc_id?,
        vpc_owner: association.vpc_owner_id,
        state: state.map(|state| state.as_str().to_owned()),
    };
    Some((association.group_id?, converted))
}

/// The instances of a reservation of `DescribeInstances`, each with its id.
#[must_use]
pub fn instances(reservation: types::Reservation) -> Vec<(String, Instance)> {
    let instances = reservation.instances.unwrap_or_default().into_iter();
    let converted = instances.filter_map(|instance| {
        let state = instance.state.and_then(|state| state.name);
        let converted = Instance {
            state: state.map(|state| state.as_str().to_owned()),
            instance_profile: instance.iam_instance_profile.is_some(),
        };
        Some((instance.instance_id?, converted))
    });
    converted.collect()
}

/// The stale rules of `DescribeStaleSecurityGroups`, with the id of their group.
#[must_use]
pub fn stale(group: types::StaleSecurityGroup) -> Option<(String, Vec<StaleRule>)> {
    let rules = |direction, rules: Option<Vec<types::StaleIpPermission>>| {
        let rules = rules.unwrap_or_default().into_iter();
        rules.map(move |rule| stale_rule(direction, rule))
    };
    let ingress = rules(Direction::Ingress, group.stale_ip_permissions);
    let egress = rules(Direction::Egress, group.stale_ip_permissions_egress);
    Some((group.group_id?, ingress.chain(egress).collect()))
}

fn stale_rule(direction: Direction, rule: types::StaleIpPermission) -> StaleRule {
    let named = rule.user_id_group_pairs.unwrap_or_default().into_iter();
    let groups: BTreeSet<String> = named.filter_map(|pair| pair.group_id).collect();
    StaleRule {
        direction,
        protocol: rule.ip_protocol.unwrap_or_else(|| "-1".to_owned()),
        from_port: rule.from_port,
        to_port: rule.to_port,
        groups: groups.into_iter().collect(),
    }
}
