//! The prefix lists that rules name: each read once, each that cannot be read told once.

use std::collections::{BTreeMap, BTreeSet};

use compliance::observation::PrefixList;
use compliance::{Gap, Refusal, Service};
use tokio::sync::{Mutex, OnceCell};

use super::describe::Describe;
use super::refused;
use crate::convert::ListedPrefixList;
use crate::observe::Owner;

/// What is known of the region's prefix lists so far.
#[derive(Debug, Default)]
pub(super) struct PrefixLists {
    listed: OnceCell<BTreeMap<String, ListedPrefixList>>,
    read: Mutex<BTreeMap<String, PrefixList>>,
    told: Mutex<BTreeSet<String>>,
}

impl PrefixLists {
    /// Those of `named` that can be read, and a gap for each of the others that was not told before.
    pub(super) async fn read(
        &self,
        ec2: &Describe,
        owner: &Owner,
        named: &BTreeSet<String>,
    ) -> (BTreeMap<String, PrefixList>, Vec<Gap>) {
        let (mut lists, mut gaps) = (BTreeMap::new(), Vec::new());
        if named.is_empty() {
            return (lists, gaps);
        }
        let listed = self.listed(ec2).await;
        for id in named {
            let answer = match &listed {
                Ok(listed) => self.list(ec2, id, listed.get(id)).await,
                Err(refusal) => Err(refusal.clone()),
            };
            match answer {
                Ok(list) => drop(lists.insert(id.clone(), list)),
                Err(refusal) if self.told.lock().await.insert(id.clone()) => {
                    gaps.push(self.gap(owner, id, refusal));
                }
                Err(_) => {}
            }
        }
        (lists, gaps)
    }

    /// What the region's lists are called and whose they are; a refusal is tried again.
    async fn listed(&self, ec2: &Describe) -> Result<&BTreeMap<String, ListedPrefixList>, Refusal> {
        let read = async || {
            let listed = refused("DescribeManagedPrefixLists", ec2.prefix_lists().await)?;
            Ok(listed.into_iter().collect())
        };
        self.listed.get_or_try_init(read).await
    }

    /// A list with its entries; a refusal is tried again.
    async fn list(
        &self,
        ec2: &Describe,
        id: &str,
        listed: Option<&ListedPrefixList>,
    ) -> Result<PrefixList, Refusal> {
        let mut read = self.read.lock().await;
        if let Some(list) = read.get(id) {
            return Ok(list.clone());
        }
        let mut cidrs = refused("GetManagedPrefixListEntries", ec2.entries(id).await)?;
        cidrs.sort();
        let list = PrefixList {
            name: listed.and_then(|listed| listed.name.clone()),
            owner: listed.and_then(|listed| listed.owner.clone()),
            cidrs,
        };
        read.insert(id.to_owned(), list.clone());
        Ok(list)
    }

    /// The gap that a list leaves, named by its ARN if the listing tells it, else by its id.
    fn gap(&self, owner: &Owner, id: &str, refusal: Refusal) -> Gap {
        let listed = self.listed.get().and_then(|listed| listed.get(id));
        let arn = listed.and_then(|listed| listed.arn.clone());
        Gap {
            account: owner.account.clone(),
            region: Some(owner.region.clone()),
            service: Some(Service::Sg),
            resource: Some(arn.unwrap_or_else(|| id.to_owned())),
            operation: refusal.operation,
            code: refusal.code,
        }
    }
}
