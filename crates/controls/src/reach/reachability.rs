//! What the internet really reaches: whether a way leads to the interfaces that carry an open group.
//!
//! Four conditions make a way: a public address, a route to an internet gateway, a network ACL that lets the traffic
//! in, and no VPC Block Public Access against it. What could not be read is not known, and never counts as closed.
//! Other ways (a load balancer in front, Global Accelerator, a `CloudFront` VPC origin) do not end at the interface's
//! own address and are not looked at.

use std::collections::BTreeMap;

use compliance::observation::{NetworkInterface, SecurityGroupObservation};
use serde::Serialize;

use super::acl::Door;
use super::opening::{NAMED, Opening};
use super::way::Way;

/// Types of interfaces that are there to be reached, or that AWS keeps: an open port is expected on them.
const EXPECTED: [&str; 8] = [
    "api_gateway_managed",
    "gateway_load_balancer",
    "gateway_load_balancer_endpoint",
    "global_accelerator_managed",
    "lambda",
    "load_balancer",
    "network_load_balancer",
    "vpc_endpoint",
];

/// Whether a condition holds; the least of several is their conjunction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// It does not.
    No,
    /// Nobody knows.
    Unknown,
    /// It does.
    Yes,
}

/// How far the internet gets; the greatest of several is that of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Exposure {
    /// No interface carries the group.
    Unattached,
    /// No interface is reached.
    Unreachable,
    /// Only interfaces are reached that are there for it.
    Expected,
    /// It could not be read whether an interface is reached.
    Unknown,
    /// An interface is reached.
    Reachable,
}

/// The conditions of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Conditions {
    /// The interface has a public address of the family.
    pub public_address: Held,
    /// Its subnet has a route to an internet gateway.
    pub route: Held,
    /// The subnet's network ACL lets the traffic in.
    pub network_acl: Held,
    /// VPC Block Public Access does not stand against it.
    pub not_blocked: Held,
}

impl Conditions {
    fn reachable(self) -> Held {
        let Self {
            public_address,
            route,
            network_acl,
            not_blocked,
        } = self;
        public_address.min(route).min(network_acl).min(not_blocked)
    }
}

/// What was found about an interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InterfaceFinding {
    /// `eni-...`.
    pub id: String,
    /// Its type.
    pub interface_type: Option<String>,
    /// Whether an open port is expected on it.
    pub expected: bool,
    /// The instance that it is attached to.
    pub instance_id: Option<String>,
    /// Whether that has an instance profile; `null` if it is not known, or no instance.
    pub instance_profile: Option<bool>,
    /// Whether the internet reaches it.
    pub reachable: Held,
    /// Which conditions hold, for the traffic that gets furthest.
    pub conditions: Conditions,
}

/// How far the internet gets through the inbound rules of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reachability {
    /// Whether an interface is reached.
    pub reachable: Held,
    /// How far the internet gets.
    pub exposure: Exposure,
    /// The interfaces, those that are reached first; at most [`NAMED`].
    pub interfaces: Vec<InterfaceFinding>,
    /// How many interfaces there are; `null` if they were not read.
    pub interface_count: Option<usize>,
}

/// Judges the ways to the group's interfaces, through its openings to the world, or through `others` if it has none.
/// Each opening is told how far it lets the internet get.
pub(super) fn judge(
    group: &SecurityGroupObservation,
    world: &mut [Opening],
    others: &[Door],
) -> Reachability {
    let Some(interfaces) = group.network_interfaces.known() else {
        for opening in world {
            opening.exposure = Some(Exposure::Unknown);
        }
        return Reachability {
            reachable: Held::Unknown,
            exposure: Exposure::Unknown,
            interfaces: Vec::new(),
            interface_count: None,
        };
    };
    let places = places(group, interfaces);
    let mut doors: Vec<Door> = world.iter().map(Opening::door).collect();
    for (opening, door) in world.iter_mut().zip(&doors) {
        let through = places.values().map(|place| place.exposure(&[*door]));
        opening.exposure = Some(through.max().unwrap_or(Exposure::Unattached));
    }
    if doors.is_empty() {
        doors = others.to_vec();
    }
    let mut findings: Vec<InterfaceFinding> = places
        .values()
        .flat_map(|place| place.findings(group, &doors))
        .collect();
    let urgency = |it: &InterfaceFinding| (it.reachable, !it.expected, it.instance_profile);
    findings.sort_by(|a, b| urgency(b).cmp(&urgency(a)).then_with(|| a.id.cmp(&b.id)));
    findings.truncate(NAMED);
    let exposures = places.values().map(|place| place.exposure(&doors));
    let exposure = exposures.max().unwrap_or(Exposure::Unattached);
    Reachability {
        reachable: match exposure {
            Exposure::Unattached | Exposure::Unreachable => Held::No,
            Exposure::Unknown => Held::Unknown,
            Exposure::Expected | Exposure::Reachable => Held::Yes,
        },
        exposure,
        interfaces: findings,
        interface_count: Some(interfaces.len()),
    }
}

/// Interfaces to which the same way leads.
struct Place<'a> {
    way: Way<'a>,
    expected: bool,
    interfaces: Vec<&'a NetworkInterface>,
}

type Likeness<'a> = (Option<&'a str>, Option<&'a str>, bool, bool, bool);

fn places<'a>(
    group: &'a SecurityGroupObservation,
    interfaces: &'a [NetworkInterface],
) -> BTreeMap<Likeness<'a>, Place<'a>> {
    let mut places: BTreeMap<Likeness<'a>, Place<'a>> = BTreeMap::new();
    for interface in interfaces {
        let kind = interface.interface_type.as_deref();
        let expected = kind.is_some_and(|kind| EXPECTED.contains(&kind));
        let likeness = (
            interface.subnet_id.as_deref(),
            interface.vpc_id.as_deref(),
            interface.public_ipv4,
            interface.ipv6,
            expected,
        );
        let place = places.entry(likeness).or_insert_with(|| Place {
            way: Way::of(group, interface),
            expected,
            interfaces: Vec::new(),
        });
        place.interfaces.push(interface);
    }
    places
}

impl Place<'_> {
    /// The conditions for the door through which the internet gets furthest.
    fn furthest(&self, doors: &[Door]) -> Option<Conditions> {
        let each = doors.iter().map(|door| self.way.conditions(*door));
        each.max_by_key(|conditions| (conditions.reachable(), *conditions))
    }

    fn exposure(&self, doors: &[Door]) -> Exposure {
        match self.furthest(doors).map(Conditions::reachable) {
            None | Some(Held::No) => Exposure::Unreachable,
            Some(Held::Unknown) => Exposure::Unknown,
            Some(Held::Yes) if self.expected => Exposure::Expected,
            Some(Held::Yes) => Exposure::Reachable,
        }
    }

    fn findings(&self, group: &SecurityGroupObservation, doors: &[Door]) -> Vec<InterfaceFinding> {
        let Some(conditions) = self.furthest(doors) else {
            return Vec::new();
        };
        let profile = |id: Option<&String>| {
            let instance = group.instances.known()?.get(id?)?;
            Some(instance.instance_profile)
        };
        let finding = |interface: &&NetworkInterface| InterfaceFinding {
            id: interface.id.clone(),
            interface_type: interface.interface_type.clone(),
            expected: self.expected,
            instance_id: interface.instance_id.clone(),
            instance_profile: profile(interface.instance_id.as_ref()),
            reachable: conditions.reachable(),
            conditions,
        };
        self.interfaces.iter().map(finding).collect()
    }
}
