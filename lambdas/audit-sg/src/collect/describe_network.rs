//! The EC2 calls about what lies around the groups: their network and their users.

use aws::answer::{self, Answer};
use compliance::observation::{
    Instance, NetworkAcl, RouteTable, StaleRule, Subnet, VpcAssociation,
};

use super::describe::{Describe, PAGE};
use crate::convert_network::{self as convert, TemplateGroups};

/// Versions of launch templates asked for per page: the most that the operation takes (EC2 API Reference,
/// `DescribeLaunchTemplateVersions`, `MaxResults`: 1 to 200).
const TEMPLATE_PAGE: i32 = 200;

/// Groups with stale rules asked for per page: the most that the operation takes (EC2 API Reference,
/// `DescribeStaleSecurityGroups`, `MaxResults`: 5 to 255).
const STALE_PAGE: i32 = 255;

/// The versions of a launch template that something can start with unless it names one.
const CURRENT: [&str; 2] = ["$Default", "$Latest"];

impl Describe {
    /// The subnets of the region, those that other accounts share included, each with its id.
    pub(super) async fn subnets(&self) -> Answer<Vec<(String, Subnet)>> {
        let subnets = self.every_page(async |token| {
            let call = self.client.describe_subnets().max_results(PAGE);
            let page = call.set_next_token(token).send().await?;
            let subnets = page.subnets.unwrap_or_default().into_iter();
            Ok((
                subnets.filter_map(convert::subnet).collect(),
                page.next_token,
            ))
        });
        answer::read("DescribeSubnets", subnets.await)
    }

    /// The route tables of the region. (EC2 API Reference, `DescribeRouteTables`, `MaxResults`: 5 to 100.)
    pub(super) async fn route_tables(&self) -> Answer<Vec<RouteTable>> {
        let tables = self.every_page(async |token| {
            let call = self.client.describe_route_tables().max_results(100);
            let page = call.set_next_token(token).send().await?;
            let tables = page.route_tables.unwrap_or_default().into_iter();
            Ok((
                tables.filter_map(convert::route_table).collect(),
                page.next_token,
            ))
        });
        answer::read("DescribeRouteTables", tables.await)
    }

    /// The network ACLs of the region.
    pub(super) async fn network_acls(&self) -> Answer<Vec<NetworkAcl>> {
        let acls = self.every_page(async |token| {
            let call = self.client.describe_network_acls().max_results(PAGE);
            let page = call.set_next_token(token).send().await?;
            let acls = page.network_acls.unwrap_or_default().into_iter();
            Ok((
                acls.filter_map(convert::network_acl).collect(),
                page.next_token,
            ))
        });
        answer::read("DescribeNetworkAcls", acls.await)
    }

    /// The mode of VPC Block Public Access; none while it is changing.
    pub(super) async fn block_mode(&self) -> Answer<Option<String>> {
        self.pace.wait().await;
        let call = self.client.describe_vpc_block_public_access_options();
        let mode = call.send().await.map(|answered| {
            let options = answered.vpc_block_public_access_options?;
            convert::block_mode(options)
        });
        answer::read("DescribeVpcBlockPublicAccessOptions", mode)
    }

    /// What VPC Block Public Access spares: VPCs and subnets by id.
    pub(super) async fn exclusions(&self) -> Answer<Vec<(String, Option<String>)>> {
        let exclusions = self.every_page(async |token| {
            let call = self.client.describe_vpc_block_public_access_exclusions();
            let page = call.max_results(PAGE).set_next_token(token).send().await?;
            let exclusions = page.vpc_block_public_access_exclusions.unwrap_or_default();
            Ok((
                exclusions
                    .into_iter()
                    .filter_map(convert::exclusion)
                    .collect(),
                page.next_token,
            ))
        });
        answer::read("DescribeVpcBlockPublicAccessExclusions", exclusions.await)
    }

    /// The VPCs that groups of the region are associated with, each with the id of the group.
    pub(super) async fn associations(&self) -> Answer<Vec<(String, VpcAssociation)>> {
        let associations = self.every_page(async |token| {
            let call = self.client.describe_security_group_vpc_associations();
            let page = call.max_results(PAGE).set_next_token(token).send().await?;
            let found = page.security_group_vpc_associations.unwrap_or_default();
            Ok((
                found.into_iter().filter_map(convert::association).collect(),
                page.next_token,
            ))
        });
        answer::read("DescribeSecurityGroupVpcAssociations", associations.await)
    }

    /// The groups of every launch template of the region, in its default and its latest version.
    pub(super) async fn templates(&self) -> Answer<Vec<TemplateGroups>> {
        let templates = self.every_page(async |token| {
            let call = self.client.describe_launch_template_versions();
            let call = call.set_versions(Some(CURRENT.map(str::to_owned).to_vec()));
            let call = call.max_results(TEMPLATE_PAGE).set_next_token(token);
            let page = call.send().await?;
            let versions = page.launch_template_versions.unwrap_or_default();
            Ok((
                versions.into_iter().filter_map(convert::template).collect(),
                page.next_token,
            ))
        });
        answer::read("DescribeLaunchTemplateVersions", templates.await)
    }

    /// The Elastic IP addresses of the region. EC2 gives them in one answer.
    pub(super) async fn addresses(&self) -> Answer<Vec<String>> {
        self.pace.wait().await;
        let addresses = self.client.describe_addresses().send().await;
        let addresses = addresses.map(|answered| {
            let addresses = answered.addresses.unwrap_or_default().into_iter();
            addresses.filter_map(|address| address.public_ip).collect()
        });
        answer::read("DescribeAddresses", addresses)
    }

    /// The instances of the region, each with its id.
    pub(super) async fn instances(&self) -> Answer<Vec<(String, Instance)>> {
        let instances = self.every_page(async |token| {
            let call = self.client.describe_instances().max_results(PAGE);
            let call = call.include_managed_resources(true).set_next_token(token);
            let page = call.send().await?;
            let reservations = page.reservations.unwrap_or_default().into_iter();
            Ok((
                reservations.flat_map(convert::instances).collect(),
                page.next_token,
            ))
        });
        answer::read("DescribeInstances", instances.await)
    }

    /// The stale rules of the groups of a VPC, each with the id of its group.
    pub(super) async fn stale(&self, vpc: &str) -> Answer<Vec<(String, Vec<StaleRule>)>> {
        let stale = self.every_page(async |token| {
            let call = self.client.describe_stale_security_groups().vpc_id(vpc);
            let call = call.max_results(STALE_PAGE).set_next_token(token);
            let page = call.send().await?;
            let groups = page
                .stale_security_group_set
                .unwrap_or_default()
                .into_iter();
            Ok((groups.filter_map(convert::stale).collect(), page.next_token))
        });
        answer::read("DescribeStaleSecurityGroups", stale.await)
    }
}
