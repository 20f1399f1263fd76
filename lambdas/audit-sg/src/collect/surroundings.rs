//! What lies around the groups of a region, each listing read once; a refused one is tried again.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use aws::answer::Answer;
use compliance::Refusal;
use compliance::observation::{
    Instance, NetworkAcl, RouteTable, StaleRule, Subnet, VpcAssociation, VpcBlockPublicAccess,
};
use tokio::sync::{Mutex, OnceCell};

use super::describe::Describe;
use super::refused;
use crate::convert_network::TemplateGroups;
use crate::surroundings::{StaleByGroup, Surroundings};

/// What was read so far.
#[derive(Debug, Default)]
pub(super) struct Around {
    subnets: OnceCell<BTreeMap<String, Subnet>>,
    route_tables: OnceCell<Vec<RouteTable>>,
    network_acls: OnceCell<Vec<NetworkAcl>>,
    block: OnceCell<VpcBlockPublicAccess>,
    instances: OnceCell<BTreeMap<String, Instance>>,
    associations: OnceCell<Vec<(String, VpcAssociation)>>,
    templates: OnceCell<Vec<TemplateGroups>>,
    addresses: OnceCell<BTreeSet<String>>,
    stale: Mutex<BTreeMap<String, StaleByGroup>>,
}

/// Which reads a page of groups needs.
#[derive(Debug)]
pub(super) struct Needs {
    /// Whether an interface carries one of its groups: without any, their network says nothing.
    pub(super) network: bool,
    /// Whether one of those interfaces is an instance's.
    pub(super) instances: bool,
    /// The VPCs with rules that name groups elsewhere; no others can have stale rules.
    pub(super) stale: BTreeSet<String>,
}

impl Around {
    /// Reads what a page of groups needs.
    pub(super) async fn read(&self, ec2: &Describe, needs: &Needs) -> Surroundings<'_> {
        let (tables, acls) = (&self.route_tables, &self.network_acls);
        let (associations, templates) = (&self.associations, &self.templates);
        let subnets = async { ec2.subnets().await.map(BTreeMap::from_iter) };
        let instances = async { ec2.instances().await.map(BTreeMap::from_iter) };
        let addresses = async { ec2.addresses().await.map(BTreeSet::from_iter) };
        let network = needs.network;
        let (subnets, route_tables, network_acls, block, instances) = tokio::join!(
            asked(network, once(&self.subnets, "DescribeSubnets", subnets)),
            asked(
                network,
                once(tables, "DescribeRouteTables", ec2.route_tables())
            ),
            asked(
                network,
                once(acls, "DescribeNetworkAcls", ec2.network_acls())
            ),
            asked(network, self.block(ec2)),
            asked(
                needs.instances,
                once(&self.instances, "DescribeInstances", instances)
            ),
        );
        let operation = "DescribeSecurityGroupVpcAssociations";
        let (associations, templates, addresses, stale) = tokio::join!(
            once(associations, operation, ec2.associations()),
            once(templates, "DescribeLaunchTemplateVersions", ec2.templates()),
            once(&self.addresses, "DescribeAddresses", addresses),
            Box::pin(self.stale(ec2, &needs.stale)),
        );
        Surroundings {
            subnets,
            route_tables,
            network_acls,
            block,
            instances,
            associations,
            templates,
            addresses,
            stale,
        }
    }

    /// VPC Block Public Access; what is excluded is asked only where something is blocked.
    async fn block(&self, ec2: &Describe) -> Result<&VpcBlockPublicAccess, Refusal> {
        let read = async || {
            let mode = refused(
                "DescribeVpcBlockPublicAccessOptions",
                ec2.block_mode().await,
            )?;
            let exclusions = match mode.as_deref() {
                Some("off") => Vec::new(),
                _ => refused(
                    "DescribeVpcBlockPublicAccessExclusions",
                    ec2.exclusions().await,
                )?,
            };
            Ok(VpcBlockPublicAccess {
                mode,
                exclusions: exclusions.into_iter().collect(),
            })
        };
        self.block.get_or_try_init(read).await
    }

    /// The stale rules of VPCs, or why they are not known.
    async fn stale(
        &self,
        ec2: &Describe,
        vpcs: &BTreeSet<String>,
    ) -> BTreeMap<String, Result<StaleByGroup, Refusal>> {
        let mut answers = BTreeMap::new();
        for vpc in vpcs {
            let mut read = self.stale.lock().await;
            let answer = match read.get(vpc) {
                Some(known) => Ok(known.clone()),
                None => refused("DescribeStaleSecurityGroups", ec2.stale(vpc).await)
                    .map(|stale: Vec<(String, Vec<StaleRule>)>| stale.into_iter().collect()),
            };
            if let Ok(known) = &answer {
                read.insert(vpc.clone(), StaleByGroup::clone(known));
            }
            answers.insert(vpc.clone(), answer);
        }
        answers
    }
}

/// What the read says, if it is needed.
async fn asked<T>(
    needed: bool,
    read: impl Future<Output = Result<T, Refusal>>,
) -> Option<Result<T, Refusal>> {
    if needed {
        Some(Box::pin(read).await)
    } else {
        None
    }
}

/// What the cell holds, or what is read into it.
async fn once<'a, T>(
    cell: &'a OnceCell<T>,
    operation: &str,
    read: impl Future<Output = Answer<T>>,
) -> Result<&'a T, Refusal> {
    let read = Box::pin(read);
    cell.get_or_try_init(async || refused(operation, read.await))
        .await
}
