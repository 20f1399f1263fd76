//! The collector: every await of this crate is in this folder.
//!
//! What concerns the whole region is read once per invocation and serves all its pages; only a
//! refused read is tried again for the next page. The groups are listed first and paged by id, so
//! that a page is the same whichever invocation reads it and no page token of AWS's has to outlive
//! an invocation. All else is read after the listing: no listed group is younger than its rules.

mod describe;
mod describe_network;
mod prefix_lists;
mod surroundings;

use std::collections::{BTreeMap, BTreeSet};

use audit::on_demand::Unobserved;
use audit::{Collector, Family, Pace, Page};
use aws::answer::Answer;
use aws::{Place, Session};
use compliance::observation::{PeeringReference, PrefixList, Vpc};
use compliance::{Gap, Observation, Refusal, Region};
use tokio::sync::OnceCell;

use crate::convert::ListedGroup;
use crate::index::{Interfaces, Rules};
use crate::observe::{Owner, Readings, observe};
use describe::Describe;
use prefix_lists::PrefixLists;
use surroundings::{Around, Needs};

/// Groups per `DescribeSecurityGroupReferences`. AWS publishes no limit; one page of 1,000 ids of
/// 20 characters would be a request of 30 KB.
const PEERING_CHUNK: usize = 200;

/// Reads the security groups of one account and region.
#[derive(Debug)]
pub struct SecurityGroupCollector {
    ec2: Describe,
    owner: Owner,
    page_size: usize,
    groups: OnceCell<Vec<ListedGroup>>,
    rules: OnceCell<Rules>,
    interfaces: OnceCell<Interfaces>,
    vpcs: OnceCell<BTreeMap<String, Vpc>>,
    lists: PrefixLists,
    around: Around,
}

impl SecurityGroupCollector {
    /// Groups per page unless configured otherwise.
    pub const PAGE_SIZE: usize = 500;

    /// A collector for the session's account. A `page_size` of 0 counts as 1.
    #[must_use]
    pub fn new(session: &Session, region: &Region, page_size: usize) -> Self {
        Self {
            ec2: Describe {
                client: aws::client!(aws_sdk_ec2, &session.in_region(region)),
                pace: Pace::of(Family::Ec2Describe),
            },
            owner: Owner {
                account: session.account.clone(),
                partition: session.partition.clone(),
                region: region.clone(),
            },
            page_size: page_size.max(1),
            groups: OnceCell::new(),
            rules: OnceCell::new(),
            interfaces: OnceCell::new(),
            vpcs: OnceCell::new(),
            lists: PrefixLists::default(),
            around: Around::default(),
        }
    }

    /// All groups of the region, sorted by id.
    async fn groups(&self) -> Result<&[ListedGroup], aws::Error> {
        let listed = self.groups.get_or_try_init(async || {
            let place = Place::region(&self.owner.account, &self.owner.region);
            let mut groups = self.ec2.groups(&place).await?;
            groups.sort_by(|a, b| a.id.cmp(&b.id));
            groups.dedup_by(|a, b| a.id == b.id);
            Ok(groups)
        });
        listed.await.map(Vec::as_slice)
    }

    async fn rules(&self) -> Result<&Rules, Refusal> {
        let read = async || {
            Ok(Rules::of(refused(
                "DescribeSecurityGroupRules",
                self.ec2.rules().await,
            )?))
        };
        self.rules.get_or_try_init(read).await
    }

    async fn interfaces(&self) -> Result<&Interfaces, Refusal> {
        let read = async || {
            let interfaces = refused("DescribeNetworkInterfaces", self.ec2.interfaces().await)?;
            Ok(Interfaces::of(interfaces))
        };
        self.interfaces.get_or_try_init(read).await
    }

    async fn vpcs(&self) -> Result<&BTreeMap<String, Vpc>, Refusal> {
        let read = async || {
            let vpcs = refused("DescribeVpcs", self.ec2.vpcs().await)?;
            Ok(vpcs.into_iter().collect())
        };
        self.vpcs.get_or_try_init(read).await
    }

    /// The prefix lists that the rules of these groups name, and a gap for each that cannot be read.
    async fn prefix_lists(
        &self,
        groups: &[ListedGroup],
        rules: &Rules,
    ) -> (BTreeMap<String, PrefixList>, Vec<Gap>) {
        let rules = groups.iter().flat_map(|group| rules.of_group(&group.id));
        let named: BTreeSet<String> = rules.filter_map(|rule| rule.prefix_list).collect();
        self.lists.read(&self.ec2, &self.owner, &named).await
    }

    /// The references to each group from peered VPCs. EC2 refuses a whole chunk for one group that
    /// is gone; then each is asked for alone, to tell which.
    async fn peering(
        &self,
        groups: &[ListedGroup],
    ) -> BTreeMap<String, Answer<Vec<PeeringReference>>> {
        let ids: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
        let mut answers = BTreeMap::new();
        for chunk in ids.chunks(PEERING_CHUNK) {
            match self.ec2.peering(chunk).await {
                Answer::Vanished if chunk.len() > 1 => {
                    for id in chunk.chunks(1) {
                        answers.extend(by_group(id, self.ec2.peering(id).await));
                    }
                }
                answer => answers.extend(by_group(chunk, answer)),
            }
        }
        answers
    }

    /// What has to be read around these groups.
    fn needs(
        &self,
        groups: &[ListedGroup],
        rules: Option<&Rules>,
        interfaces: Option<&Interfaces>,
    ) -> Needs {
        let listed = self.groups.get().map(Vec::as_slice).unwrap_or_default();
        let beyond = |group: &&ListedGroup| {
            let near: BTreeSet<&str> = listed
                .iter()
                .filter(|other| other.vpc == group.vpc)
                .map(|other| other.id.as_str())
                .collect();
            rules.is_some_and(|rules| rules.names_beyond(&group.id, |id| near.contains(id)))
        };
        let carriers = || {
            let each = groups
                .iter()
                .filter_map(|group| Some(interfaces?.carriers(&group.id)));
            each.flatten()
        };
        Needs {
            network: carriers().next().is_some(),
            instances: carriers().any(|carrier| carrier.instance_id.is_some()),
            stale: groups
                .iter()
                .filter(beyond)
                .filter_map(|group| group.vpc.clone())
                .collect(),
        }
    }

    /// How many groups of the region each VPC has.
    fn vpc_groups(&self) -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        let listed = self.groups.get().into_iter().flatten();
        for vpc in listed.filter_map(|group| group.vpc.clone()) {
            *counts.entry(vpc).or_default() += 1;
        }
        counts
    }

    /// Reads all that is to be known of these groups and puts it together.
    async fn observe(&self, groups: &[ListedGroup]) -> Page {
        let (rules, interfaces, vpcs) = tokio::join!(
            Box::pin(self.rules()),
            Box::pin(self.interfaces()),
            Box::pin(self.vpcs())
        );
        let (prefix_lists, gaps) = match &rules {
            Ok(rules) => self.prefix_lists(groups, rules).await,
            Err(_) => (BTreeMap::new(), Vec::new()),
        };
        let needs = self.needs(groups, rules.clone().ok(), interfaces.clone().ok());
        let around = Box::pin(self.around.read(&self.ec2, &needs)).await;
        let mut page = Page {
            gaps,
            ..Page::default()
        };
        let mut peering = BTreeMap::new();
        for (id, answer) in self.peering(groups).await {
            match answer {
                Answer::Known(references) => drop(peering.insert(id, Ok(references))),
                Answer::Refused(refusal) => drop(peering.insert(id, Err(refusal))),
                Answer::Vanished => page.vanished += 1,
            }
        }
        let readings = Readings {
            rules,
            interfaces,
            vpcs,
            prefix_lists,
            vpc_groups: self.vpc_groups(),
            around,
            peering,
        };
        let there = groups
            .iter()
            .filter(|group| readings.peering.contains_key(&group.id));
        page.observations = there
            .map(|group| observe(&self.owner, group, &readings))
            .map(|group| Observation::SecurityGroup(Box::new(group)))
            .collect();
        page
    }
}

impl SecurityGroupCollector {
    /// Observes one group, as a sweep does.
    ///
    /// # Errors
    ///
    /// [`Unobserved`]: the account has no such group in the region, or its groups cannot be listed.
    pub async fn only(&self, id: &str) -> Result<Observation, Unobserved> {
        let groups = self.groups().await?;
        let group = groups.iter().find(|group| group.id == id);
        let group = group.ok_or(Unobserved::Missing)?;
        let page = self.observe(std::slice::from_ref(group)).await;
        let mut observations = page.observations.into_iter();
        observations.next().ok_or(Unobserved::Missing)
    }
}

impl Collector for SecurityGroupCollector {
    /// The groups whose ids follow `after`; `next` is the last id of the page.
    async fn collect(&self, after: Option<&str>) -> Result<Page, aws::Error> {
        let groups = self.groups().await?;
        let start = groups.partition_point(|group| Some(group.id.as_str()) <= after);
        let rest = groups.get(start..).unwrap_or_default();
        let (groups, rest) = rest.split_at(self.page_size.min(rest.len()));
        if groups.is_empty() {
            return Ok(Page::default());
        }
        let mut page = Box::pin(self.observe(groups)).await;
        page.next = groups
            .last()
            .filter(|_| !rest.is_empty())
            .map(|group| group.id.clone());
        Ok(page)
    }
}

/// The answer to one call for several groups, dealt out to each of them.
fn by_group(
    ids: &[String],
    answer: Answer<Vec<(String, PeeringReference)>>,
) -> BTreeMap<String, Answer<Vec<PeeringReference>>> {
    let each = |answer: &dyn Fn(&String) -> Answer<Vec<PeeringReference>>| {
        ids.iter().map(|id| (id.clone(), answer(id))).collect()
    };
    match answer {
        Answer::Refused(refusal) => each(&|_| Answer::Refused(refusal.clone())),
        Answer::Vanished => each(&|_| Answer::Vanished),
        Answer::Known(references) => each(&|id| {
            let own = references.iter().filter(|(named, _)| named == id);
            Answer::Known(own.map(|(_, reference)| reference.clone()).collect())
        }),
    }
}

/// What was read, or the refusal. That what was asked for is gone is also a reason not to know it.
fn refused<T>(operation: &str, answer: Answer<T>) -> Result<T, Refusal> {
    match answer {
        Answer::Known(value) => Ok(value),
        Answer::Refused(refusal) => Err(refusal),
        Answer::Vanished => Err(Refusal {
            operation: operation.to_owned(),
            code: "NotFound".to_owned(),
        }),
    }
}
