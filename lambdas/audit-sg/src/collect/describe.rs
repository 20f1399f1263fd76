//! The EC2 calls of the audit: each one paced, each listing read to its end.

use std::future::Future;

use audit::Pace;
use aws::Place;
use aws::answer::{self, Answer};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::error::ProvideErrorMetadata;
use compliance::observation::{PeeringReference, Rule, Vpc};

use crate::convert::{self, CarryingInterface, ListedGroup, ListedPrefixList};

/// Items asked for per page: the most that these operations take (EC2 API Reference, `MaxResults`:
/// 5 to 1000). Never left out: unpaginated calls have a smaller bucket and may fail in large accounts.
pub(super) const PAGE: i32 = 1000;

/// Prefix lists and entries asked for per page: the most that these operations take (EC2 API
/// Reference, `GetManagedPrefixListEntries`, `MaxResults`: 1 to 100).
const PREFIX_LIST_PAGE: i32 = 100;

/// Codes for a page token that is no longer good (EC2 Developer Guide, "Error codes").
const EXPIRED: [&str; 2] = ["InvalidNextToken", "InvalidPaginationToken"];

/// The EC2 API of one account and region.
#[derive(Debug)]
pub(super) struct Describe {
    pub(super) client: Client,
    pub(super) pace: Pace,
}

impl Describe {
    /// The groups that `place`'s account owns: without them nothing of the scope can be seen.
    pub(super) async fn groups(&self, place: &Place) -> Result<Vec<ListedGroup>, aws::Error> {
        let account = place.account.as_str();
        let groups = self.every_page(async |token| {
            let call = self.client.describe_security_groups().max_results(PAGE);
            let page = call.set_next_token(token).send().await?;
            let groups = page.security_groups.unwrap_or_default().into_iter();
            let owned = groups
                .filter_map(|group| convert::group(group, account))
                .collect();
            Ok((owned, page.next_token))
        });
        answer::listed("DescribeSecurityGroups", place, groups.await)
    }

    /// The rules of all groups of the region, each with the id of its group.
    pub(super) async fn rules(&self) -> Answer<Vec<(String, Rule)>> {
        let rules = self.every_page(async |token| {
            let call = self
                .client
                .describe_security_group_rules()
                .max_results(PAGE);
            let page = call.set_next_token(token).send().await?;
            let rules = page.security_group_rules.unwrap_or_default().into_iter();
            Ok((rules.filter_map(convert::rule).collect(), page.next_token))
        });
        answer::read("DescribeSecurityGroupRules", rules.await)
    }

    /// The network interfaces of the region, those that AWS services hide included.
    pub(super) async fn interfaces(&self) -> Answer<Vec<CarryingInterface>> {
        let interfaces = self.every_page(async |token| {
            let call = self.client.describe_network_interfaces().max_results(PAGE);
            let call = call.include_managed_resources(true).set_next_token(token);
            let page = call.send().await?;
            let interfaces = page.network_interfaces.unwrap_or_default().into_iter();
            Ok((
                interfaces.filter_map(convert::interface).collect(),
                page.next_token,
            ))
        });
        answer::read("DescribeNetworkInterfaces", interfaces.await)
    }

    /// The VPCs of the region, each with its id.
    pub(super) async fn vpcs(&self) -> Answer<Vec<(String, Vpc)>> {
        let vpcs = self.every_page(async |token| {
            let call = self.client.describe_vpcs().max_results(PAGE);
            let page = call.set_next_token(token).send().await?;
            let vpcs = page.vpcs.unwrap_or_default().into_iter();
            Ok((vpcs.filter_map(convert::vpc).collect(), page.next_token))
        });
        answer::read("DescribeVpcs", vpcs.await)
    }

    /// The prefix lists of the region, the account's own, shared and AWS's, each with its id.
    pub(super) async fn prefix_lists(&self) -> Answer<Vec<(String, ListedPrefixList)>> {
        let lists = self.every_page(async |token| {
            let call = self.client.describe_managed_prefix_lists();
            let call = call.max_results(PREFIX_LIST_PAGE).set_next_token(token);
            let page = call.send().await?;
            let lists = page.prefix_lists.unwrap_or_default().into_iter();
            Ok((
                lists.filter_map(convert::prefix_list).collect(),
                page.next_token,
            ))
        });
        answer::read("DescribeManagedPrefixLists", lists.await)
    }

    /// The CIDR blocks of a prefix list.
    pub(super) async fn entries(&self, list: &str) -> Answer<Vec<String>> {
        let entries = self.every_page(async |token| {
            let call = self
                .client
                .get_managed_prefix_list_entries()
                .prefix_list_id(list);
            let call = call.max_results(PREFIX_LIST_PAGE).set_next_token(token);
            let page = call.send().await?;
            let entries = page.entries.unwrap_or_default().into_iter();
            Ok((
                entries.filter_map(|entry| entry.cidr).collect(),
                page.next_token,
            ))
        });
        answer::read("GetManagedPrefixListEntries", entries.await)
    }

    /// The references to `groups` from peered VPCs, each with the id of the group that is named.
    pub(super) async fn peering(
        &self,
        groups: &[String],
    ) -> Answer<Vec<(String, PeeringReference)>> {
        self.pace.wait().await;
        let call = self.client.describe_security_group_references();
        let answered = call.set_group_id(Some(groups.to_vec())).send().await;
        let references = answered.map(|references| {
            let set = references.security_group_reference_set.unwrap_or_default();
            set.into_iter()
                .filter_map(convert::peering_reference)
                .collect()
        });
        answer::read("DescribeSecurityGroupReferences", references)
    }

    /// Reads a listing to its end. If its page token expires on the way, it starts again, once.
    pub(super) async fn every_page<T, E, Asked>(
        &self,
        ask: impl Fn(Option<String>) -> Asked,
    ) -> Result<Vec<T>, E>
    where
        Asked: Future<Output = Result<(Vec<T>, Option<String>), E>>,
        E: ProvideErrorMetadata,
    {
        let mut items = Vec::new();
        let mut token: Option<String> = None;
        let mut started_again = false;
        loop {
            self.pace.wait().await;
            match ask(token.clone()).await {
                Ok((page, next)) => {
                    items.extend(page);
                    token = next.filter(|token| !token.is_empty());
                    if token.is_none() {
                        return Ok(items);
                    }
                }
                Err(error) if token.is_some() && !started_again && has_expired(&error) => {
                    started_again = true;
                    token = None;
                    items.clear();
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// Whether AWS says that the page token is no longer good.
fn has_expired(error: &impl ProvideErrorMetadata) -> bool {
    error.code().is_some_and(|code| EXPIRED.contains(&code))
}
