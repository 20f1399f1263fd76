//! The facts of a group's surroundings, each known or noted as refused. Pure.

use std::collections::BTreeMap;

use compliance::fact::read_or_note;
use compliance::observation::{
    Instance, NetworkAcl, NetworkInterface, RouteTable, Rule, StaleRule, Subnet, VpcAssociation,
    VpcBlockPublicAccess,
};
use compliance::{Fact, Refusal, Unknown};

use crate::convert::ListedGroup;
use crate::observe::Readings;
use crate::surroundings::Surroundings;

/// What lies between the internet and the interfaces of a group.
pub(crate) struct Around {
    pub(crate) instances: Fact<BTreeMap<String, Instance>>,
    pub(crate) subnets: Fact<BTreeMap<String, Subnet>>,
    pub(crate) route_tables: Fact<Vec<RouteTable>>,
    pub(crate) network_acls: Fact<Vec<NetworkAcl>>,
    pub(crate) block: Fact<Option<VpcBlockPublicAccess>>,
}

pub(crate) fn network_of(
    around: &Surroundings<'_>,
    on: Result<&[NetworkInterface], Refusal>,
    unknown: &mut Unknown,
) -> Around {
    let mut note = Noting(unknown);
    let tables = on.clone().and_then(|on| around.route_tables_of(on));
    let acls = on.clone().and_then(|on| around.network_acls_of(on));
    let subnets = on.clone().and_then(|on| around.subnets_of(on));
    let block = on.clone().and_then(|on| around.block_of(on));
    Around {
        instances: note.fact("instances", on.and_then(|on| around.instances_of(on))),
        subnets: note.fact("subnets", subnets),
        route_tables: note.fact("route_tables", tables),
        network_acls: note.fact("network_acls", acls),
        block: note.fact("vpc_block_public_access", block),
    }
}

/// What else the group has to do with, beside interfaces and other groups.
pub(crate) struct Users {
    pub(crate) stale_rules: Fact<Vec<StaleRule>>,
    pub(crate) vpc_associations: Fact<Vec<VpcAssociation>>,
    pub(crate) launch_templates: Fact<Vec<String>>,
    pub(crate) elastic_ips: Fact<Vec<String>>,
}

pub(crate) fn users_of(
    group: &ListedGroup,
    rules: Result<&[Rule], Refusal>,
    readings: &Readings<'_>,
    unknown: &mut Unknown,
) -> Users {
    let around = &readings.around;
    let mut note = Noting(unknown);
    let vpc = group.vpc.as_deref();
    let stale = rules.clone().and_then(|_| around.stale_of(vpc, &group.id));
    let addresses = rules.and_then(|rules| around.addresses_in(rules));
    let templates = around.templates_of(&group.id, &group.name);
    Users {
        stale_rules: note.fact("stale_rules", stale),
        vpc_associations: note.fact("vpc_associations", around.associations_of(&group.id)),
        launch_templates: note.fact("launch_templates", templates),
        elastic_ips: note.fact("elastic_ips", addresses),
    }
}

/// Takes answers and notes refusals.
pub(crate) struct Noting<'a>(pub(crate) &'a mut Unknown);

impl Noting<'_> {
    pub(crate) fn fact<T>(&mut self, field: &str, answer: Result<T, Refusal>) -> Fact<T> {
        read_or_note(self.0, field, answer)
    }
}
