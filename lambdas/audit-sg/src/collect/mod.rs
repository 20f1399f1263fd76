//! The collector: every await of this crate is in this folder.
//!
//! What concerns the whole region is read once per invocation and serves all its pages; only a
//! refused read is tried again for the next page. The groups are listed first and paged by id, so
//! that a page is the same whichever invocation reads it and no page token of AWS's has to outlive
//! an invocation. All else is read after the listing: no listed group is younger than its rules.

mod describe;

use std::collections::{BTreeMap, BTreeSet};

use audit::{Collector, Family, Pace, Page};
use aws::answer::Answer;
use aws::{Place, Session};
use compliance::observation::{PeeringReference, PrefixList, Rule, Vpc};
use compliance::{Observation, Refusal, Region};
use tokio::sync::{Mutex, OnceCell};

use crate::convert::ListedGroup;
use crate::index::{Interfaces, Rules};
use crate::observe::{Owner, Readings, named_lists, observe};
use describe::Describe;

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
    headings: OnceCell<BTreeMap<String, PrefixList>>,
    lists: Mutex<BTreeMap<String, PrefixList>>,
}

impl SecurityGroupCollector {
    /// Groups per page unless configured otherwise.
    pub const PAGE_SIZE: usize = 500;

    /// A collector for the session's account. A `page_size` of 0 counts as 1.
    #[must_use]
    pub fn new(session: &Session, region: &Region, page_size: usize) -> Self {
        Self {
            ec2: Describe {
                client: aws_sdk_ec2::Client::new(&session.in_region(region)),
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
            headings: OnceCell::new(),
            lists: Mutex::default(),
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

    /// Every prefix list that the rules of these groups name.
    async fn prefix_lists(
        &self,
        groups: &[ListedGroup],
        rules: &Rules,
    ) -> BTreeMap<String, Result<PrefixList, Refusal>> {
        let rules: Vec<Rule> = groups
            .iter()
            .flat_map(|group| rules.of_group(&group.id))
            .collect();
        let named: BTreeSet<&str> = named_lists(&rules).collect();
        let mut lists = BTreeMap::new();
        for id in named {
            lists.insert(id.to_owned(), self.prefix_list(id).await);
        }
        lists
    }

    /// A prefix list with its entries, read once per invocation.
    async fn prefix_list(&self, id: &str) -> Result<PrefixList, Refusal> {
        let mut lists = self.lists.lock().await;
        if let Some(list) = lists.get(id) {
            return Ok(list.clone());
        }
        let headings = self.headings.get_or_try_init(async || {
            let listed = refused("DescribeManagedPrefixLists", self.ec2.prefix_lists().await)?;
            Ok(listed.into_iter().collect::<BTreeMap<_, _>>())
        });
        let heading = headings.await?.get(id).cloned();
        let mut cidrs = refused("GetManagedPrefixListEntries", self.ec2.entries(id).await)?;
        cidrs.sort();
        let unlisted = PrefixList {
            name: None,
            owner: None,
            cidrs: Vec::new(),
        };
        let list = PrefixList {
            cidrs,
            ..heading.unwrap_or(unlisted)
        };
        lists.insert(id.to_owned(), list.clone());
        Ok(list)
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

    /// Reads all that is to be known of these groups and puts it together.
    async fn observe(&self, groups: &[ListedGroup]) -> Page {
        let (rules, interfaces, vpcs) = tokio::join!(self.rules(), self.interfaces(), self.vpcs());
        let prefix_lists = match &rules {
            Ok(rules) => self.prefix_lists(groups, rules).await,
            Err(_) => BTreeMap::new(),
        };
        let mut page = Page::default();
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
