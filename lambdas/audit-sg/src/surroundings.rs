//! What the region's reads say of the surroundings of one group: its network and its users. Pure.

use std::collections::{BTreeMap, BTreeSet};

use compliance::Refusal;
use compliance::observation::{
    Instance, NetworkAcl, NetworkInterface, RouteTable, Rule, StaleRule, Subnet, VpcAssociation,
    VpcBlockPublicAccess,
};

use crate::convert_network::TemplateGroups;

/// Stale rules by the id of their group.
pub type StaleByGroup = BTreeMap<String, Vec<StaleRule>>;

/// A listing, why it was refused, or none if nothing asked for it.
pub type Reading<T> = Option<Result<T, Refusal>>;

/// What was read around the groups of a page.
#[derive(Debug)]
pub struct Surroundings<'a> {
    /// The region's subnets by id.
    pub subnets: Reading<&'a BTreeMap<String, Subnet>>,
    /// Its route tables.
    pub route_tables: Reading<&'a Vec<RouteTable>>,
    /// Its network ACLs.
    pub network_acls: Reading<&'a Vec<NetworkAcl>>,
    /// Its VPC Block Public Access.
    pub block: Reading<&'a VpcBlockPublicAccess>,
    /// Its instances by id.
    pub instances: Reading<&'a BTreeMap<String, Instance>>,
    /// The VPCs that groups are associated with.
    pub associations: Result<&'a Vec<(String, VpcAssociation)>, Refusal>,
    /// The groups of launch templates.
    pub templates: Result<&'a Vec<TemplateGroups>, Refusal>,
    /// The Elastic IP addresses.
    pub addresses: Result<&'a BTreeSet<String>, Refusal>,
    /// Stale rules by VPC, for the VPCs that may have some.
    pub stale: BTreeMap<String, Result<StaleByGroup, Refusal>>,
}

impl Default for Surroundings<'_> {
    /// Nothing was asked for.
    fn default() -> Self {
        let not_asked = |operation: &str| Refusal {
            operation: operation.to_owned(),
            code: "NotAsked".to_owned(),
        };
        Self {
            subnets: None,
            route_tables: None,
            network_acls: None,
            block: None,
            instances: None,
            associations: Err(not_asked("DescribeSecurityGroupVpcAssociations")),
            templates: Err(not_asked("DescribeLaunchTemplateVersions")),
            addresses: Err(not_asked("DescribeAddresses")),
            stale: BTreeMap::new(),
        }
    }
}

impl Surroundings<'_> {
    /// The subnets of interfaces.
    ///
    /// # Errors
    ///
    /// The refusal that stood against the listing; so with the others.
    pub fn subnets_of(
        &self,
        interfaces: &[NetworkInterface],
    ) -> Result<BTreeMap<String, Subnet>, Refusal> {
        let Some(subnets) = self.subnets.clone().transpose()? else {
            return Ok(BTreeMap::new());
        };
        let of = |id: &str| Some((id.to_owned(), subnets.get(id)?.clone()));
        Ok(subnet_ids(interfaces).into_iter().filter_map(of).collect())
    }

    /// The route tables that subnets of interfaces name, and the main ones of their VPCs.
    ///
    /// # Errors
    ///
    /// As [`Self::subnets_of`].
    pub fn route_tables_of(
        &self,
        interfaces: &[NetworkInterface],
    ) -> Result<Vec<RouteTable>, Refusal> {
        let Some(tables) = self.route_tables.clone().transpose()? else {
            return Ok(Vec::new());
        };
        let subnets = subnet_ids(interfaces);
        let vpcs = interfaces.iter().filter_map(|it| it.vpc_id.as_deref());
        let vpcs: BTreeSet<&str> = vpcs.collect();
        let concerns = |table: &&RouteTable| {
            let main = table.main && table.vpc_id.as_deref().is_some_and(|id| vpcs.contains(id));
            main || table.subnets.iter().any(|id| subnets.contains(id.as_str()))
        };
        Ok(tables.iter().filter(concerns).cloned().collect())
    }

    /// The network ACLs of the subnets of interfaces.
    ///
    /// # Errors
    ///
    /// As [`Self::subnets_of`].
    pub fn network_acls_of(
        &self,
        interfaces: &[NetworkInterface],
    ) -> Result<Vec<NetworkAcl>, Refusal> {
        let Some(acls) = self.network_acls.clone().transpose()? else {
            return Ok(Vec::new());
        };
        let subnets = subnet_ids(interfaces);
        let concerns =
            |acl: &&NetworkAcl| acl.subnets.iter().any(|id| subnets.contains(id.as_str()));
        Ok(acls.iter().filter(concerns).cloned().collect())
    }

    /// VPC Block Public Access, with the exclusions of the interfaces' VPCs and subnets; none for a group that no
    /// interface carries.
    ///
    /// # Errors
    ///
    /// As [`Self::subnets_of`].
    pub fn block_of(
        &self,
        interfaces: &[NetworkInterface],
    ) -> Result<Option<VpcBlockPublicAccess>, Refusal> {
        let Some(block) = self.block.clone().transpose()? else {
            return Ok(None);
        };
        if interfaces.is_empty() {
            return Ok(None);
        }
        let vpcs = interfaces.iter().filter_map(|it| it.vpc_id.as_deref());
        let places: BTreeSet<&str> = vpcs.chain(subnet_ids(interfaces)).collect();
        let exclusions = block.exclusions.iter();
        let concerning = exclusions.filter(|(id, _)| places.contains(id.as_str()));
        Ok(Some(VpcBlockPublicAccess {
            mode: block.mode.clone(),
            exclusions: concerning
                .map(|(id, mode)| (id.clone(), mode.clone()))
                .collect(),
        }))
    }

    /// The instances behind interfaces.
    ///
    /// # Errors
    ///
    /// As [`Self::subnets_of`].
    pub fn instances_of(
        &self,
        interfaces: &[NetworkInterface],
    ) -> Result<BTreeMap<String, Instance>, Refusal> {
        let Some(instances) = self.instances.clone().transpose()? else {
            return Ok(BTreeMap::new());
        };
        let ids = interfaces.iter().filter_map(|it| it.instance_id.as_ref());
        let of = |id: &String| Some((id.clone(), instances.get(id)?.clone()));
        Ok(ids.filter_map(of).collect())
    }

    /// The VPCs that a group is associated with.
    ///
    /// # Errors
    ///
    /// As [`Self::subnets_of`].
    pub fn associations_of(&self, group: &str) -> Result<Vec<VpcAssociation>, Refusal> {
        let associations = self.associations.clone()?.iter();
        let own = associations.filter(|(id, _)| id == group);
        Ok(own.map(|(_, association)| association.clone()).collect())
    }

    /// The launch templates that name a group, by its id, or by its name.
    ///
    /// # Errors
    ///
    /// As [`Self::subnets_of`].
    pub fn templates_of(&self, group: &str, name: &str) -> Result<Vec<String>, Refusal> {
        let naming = self.templates.clone()?.iter();
        let naming = naming.filter(|it| it.groups.contains(group) || it.groups.contains(name));
        let ids: BTreeSet<&String> = naming.map(|it| &it.template).collect();
        Ok(ids.into_iter().cloned().collect())
    }

    /// The Elastic IP addresses that rules name one by one.
    ///
    /// # Errors
    ///
    /// As [`Self::subnets_of`].
    pub fn addresses_in(&self, rules: &[Rule]) -> Result<Vec<String>, Refusal> {
        let addresses = self.addresses.clone()?;
        let cidrs = rules.iter().filter_map(|rule| rule.cidr.as_deref());
        let single = cidrs.filter_map(|cidr| cidr.strip_suffix("/32"));
        let named: BTreeSet<&str> = single
            .filter(|address| addresses.contains(*address))
            .collect();
        Ok(named.into_iter().map(str::to_owned).collect())
    }

    /// The stale rules of a group.
    ///
    /// # Errors
    ///
    /// As [`Self::subnets_of`].
    pub fn stale_of(&self, vpc: Option<&str>, group: &str) -> Result<Vec<StaleRule>, Refusal> {
        match vpc.and_then(|vpc| self.stale.get(vpc)) {
            None => Ok(Vec::new()),
            Some(Err(refusal)) => Err(refusal.clone()),
            Some(Ok(stale)) => Ok(stale.get(group).cloned().unwrap_or_default()),
        }
    }
}

fn subnet_ids(interfaces: &[NetworkInterface]) -> BTreeSet<&str> {
    let ids = interfaces.iter().filter_map(|it| it.subnet_id.as_deref());
    ids.collect()
}
