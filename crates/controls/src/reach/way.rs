//! The way from the internet to an interface: a public address, a route, and nothing that blocks.

use compliance::observation::{
    NetworkAcl, NetworkInterface, Route, RouteTable, SecurityGroupObservation,
};
use ipnet::IpNet;

use super::acl::{Door, lets_in};
use super::reachability::{Conditions, Held};
use super::space::{Family, Span, is_world};

/// Gateways and appliances that a packet from the internet may have come through.
const APPLIANCES: [&str; 3] = ["vpce-", "eni-", "i-"];

/// What is known of the way to one interface.
#[derive(Debug)]
pub(super) struct Way<'a> {
    interface: &'a NetworkInterface,
    table: Option<&'a RouteTable>,
    acl: Option<&'a NetworkAcl>,
    unblocked: Held,
}

impl<'a> Way<'a> {
    pub(super) fn of(group: &'a SecurityGroupObservation, interface: &'a NetworkInterface) -> Self {
        let subnet = interface.subnet_id.as_ref();
        let acls = group.network_acls.known();
        let guards = |acl: &&NetworkAcl| subnet.is_some_and(|id| acl.subnets.contains(id));
        Self {
            interface,
            table: table(group, interface),
            acl: acls.and_then(|acls| acls.iter().find(guards)),
            unblocked: unblocked(group, interface),
        }
    }

    /// Which conditions hold for what comes through the door.
    pub(super) fn conditions(&self, door: Door) -> Conditions {
        let address = match door.family {
            Family::Ipv4 => self.interface.public_ipv4,
            Family::Ipv6 => self.interface.ipv6,
        };
        Conditions {
            public_address: if address { Held::Yes } else { Held::No },
            route: self
                .table
                .map_or(Held::Unknown, |table| route(table, door.family)),
            network_acl: self.acl.map_or(Held::Unknown, |acl| lets_in(acl, door)),
            not_blocked: self.unblocked,
        }
    }
}

/// Whether the account owns the interface's subnet; another owner's tables and settings cannot be seen.
fn is_own(group: &SecurityGroupObservation, interface: &NetworkInterface) -> bool {
    let subnets = group.subnets.known();
    let subnet = subnets.and_then(|it| it.get(interface.subnet_id.as_ref()?));
    subnet.and_then(|it| it.owner.as_deref()) == Some(group.account.as_str())
}

/// The table that the subnet names, or else the main one of its VPC.
fn table<'a>(
    group: &'a SecurityGroupObservation,
    interface: &NetworkInterface,
) -> Option<&'a RouteTable> {
    let tables = group.route_tables.known()?;
    let subnet = interface.subnet_id.as_ref()?;
    let named = tables.iter().find(|table| table.subnets.contains(subnet));
    let is_main = |table: &&RouteTable| {
        table.main && table.vpc_id.is_some() && table.vpc_id == interface.vpc_id
    };
    named.or_else(|| {
        tables
            .iter()
            .find(is_main)
            .filter(|_| is_own(group, interface))
    })
}

/// Whether answers find the way to the whole internet through an internet gateway, without which nothing comes in.
/// A way through an appliance, or for a part of the internet only, is not known to be one.
fn route(table: &RouteTable, family: Family) -> Held {
    let leads = |route: &&Route, to: &[&str]| {
        let target = route.target.as_deref().unwrap_or_default();
        route.active && to.iter().any(|prefix| target.starts_with(prefix))
    };
    let net = |route: &Route| route.destination.as_deref()?.parse::<IpNet>().ok();
    let gateways: Vec<&Route> = table
        .routes
        .iter()
        .filter(|it| leads(it, &["igw-"]))
        .collect();
    let nets = gateways.iter().filter_map(|it| net(it));
    let own = nets.filter(|net| Family::of(net) == family);
    let other = |net: IpNet| Family::of(&net) != family;
    if is_world(family, own.map(|net| Span::of(&net)).collect()) {
        return Held::Yes;
    }
    let mut ways = table
        .routes
        .iter()
        .filter(|it| leads(it, &APPLIANCES))
        .chain(gateways);
    if ways.all(|it| net(it).is_some_and(other)) {
        Held::No
    } else {
        Held::Unknown
    }
}

/// Whether VPC Block Public Access lets traffic in (VPC User Guide, "Block public access to VPCs and subnets").
fn unblocked(group: &SecurityGroupObservation, interface: &NetworkInterface) -> Held {
    let block = group.vpc_block_public_access.known();
    let Some(block) = block
        .and_then(Option::as_ref)
        .filter(|_| is_own(group, interface))
    else {
        return Held::Unknown;
    };
    let exclusion = |id: &Option<String>| block.exclusions.get(id.as_ref()?);
    let excluded = exclusion(&interface.subnet_id).or_else(|| exclusion(&interface.vpc_id));
    match (block.mode.as_deref(), excluded.map(Option::as_deref)) {
        (Some("off"), _) | (Some(_), Some(Some("allow-bidirectional"))) => Held::Yes,
        (None, _) | (Some(_), Some(None)) => Held::Unknown,
        (Some(_), Some(Some(_)) | None) => Held::No,
    }
}
