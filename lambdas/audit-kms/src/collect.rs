//! The collector of one region's keys: every await of this crate is here or in the module of this one.

mod facts;
mod primary;
mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use audit::on_demand::Unobserved;
use audit::{Collector, KeyResolution, Page, Resolved};
use aws::answer::{Gone, listed};
use aws::{Place, Session};
use aws_sdk_kms::operation::list_keys::ListKeysOutput;
use aws_sdk_kms::types::KeyMetadata;
use compliance::observation::KeyObservation;
use compliance::{
    AccountId, Fact, Gap, KeyReference, Observation, Partition, Refusal, Region, Service,
};
use futures::StreamExt;
use futures::stream;

use self::primary::Elsewhere;
use self::read::KeyReader;
use crate::key;
use crate::reference;

/// Alias names by key id, or why they could not be listed.
type Aliases = Result<BTreeMap<String, Vec<String>>, Refusal>;

/// Reads the keys of one account and region: the customer's all, those of AWS if a bucket uses them.
#[derive(Debug)]
pub struct KeyCollector {
    account: AccountId,
    partition: Partition,
    region: Region,
    references: Vec<KeyReference>,
    reader: KeyReader,
    elsewhere: Elsewhere,
    page_size: i32,
    read_concurrency: usize,
    asks_for_usage: bool,
    aliases: OnceLock<Aliases>,
    resolved: OnceLock<Vec<Lookup>>,
}

/// A reference that was looked up, with the key's metadata if it led to one: no key is described twice.
#[derive(Debug)]
struct Lookup {
    resolution: KeyResolution,
    metadata: Option<KeyMetadata>,
}

impl KeyCollector {
    /// The control that reads when a key was last used.
    pub const CONTROL_ON_USAGE: &str = "KMS-008";
    /// Keys per page unless configured otherwise.
    pub const PAGE_SIZE: u32 = 100;
    /// Keys that are read at a time unless configured otherwise.
    pub const READ_CONCURRENCY: usize = 8;

    /// A collector for the keys of the account of `session` in `region`.
    ///
    /// `references` are the keys that buckets use and that have to be looked up in this region: the
    /// region of an ARN, or the bucket's own for ids and alias names. `page_size` is in keys, 1 to
    /// 1,000 (AWS KMS API Reference, `ListKeys`, `Limit`); `read_concurrency` is in keys that are
    /// read at a time, at least 1.
    #[must_use]
    pub fn new(
        session: &Session,
        region: &Region,
        references: Vec<KeyReference>,
        page_size: u32,
        read_concurrency: usize,
    ) -> Self {
        Self {
            account: session.account.clone(),
            partition: session.partition.clone(),
            region: region.clone(),
            references,
            reader: KeyReader::new(session, region),
            elsewhere: Elsewhere::new(session),
            page_size: i32::try_from(page_size.clamp(1, 1_000)).unwrap_or(1_000),
            read_concurrency: read_concurrency.max(1),
            asks_for_usage: true,
            aliases: OnceLock::new(),
            resolved: OnceLock::new(),
        }
    }

    /// Leaves out when the keys were last used: KMS answers that five times a second only, which makes it the slowest of all
    /// reads, and nobody needs it where the control that reads it is disabled.
    #[must_use]
    pub fn without_usage(mut self) -> Self {
        self.asks_for_usage = false;
        self
    }

    async fn list(&self, after: Option<&str>) -> Result<ListKeysOutput, aws::Error> {
        self.reader.paces.list.wait().await;
        let request = self.reader.client.list_keys().limit(self.page_size);
        let answer = request.set_marker(after.map(str::to_owned)).send().await;
        let place = Place::region(&self.account, &self.region);
        listed("ListKeys", &place, answer)
    }

    /// The aliases of the region: listed once.
    async fn aliases(&self) -> &Aliases {
        if let Some(known) = self.aliases.get() {
            return known;
        }
        let aliases = match self.reader.aliases().await {
            Ok(answer) => answer,
            Err(Gone) => Ok(BTreeMap::new()),
        };
        self.aliases.get_or_init(|| aliases)
    }

    /// Where the references lead: looked up once.
    async fn resolved(&self) -> &[Lookup] {
        if let Some(known) = self.resolved.get() {
            return known;
        }
        let mut lookups = Vec::new();
        for reference in &self.references {
            lookups.push(self.look_up(reference));
        }
        let mut lookups: Vec<Lookup> = stream::iter(lookups)
            .buffer_unordered(self.read_concurrency)
            .collect()
            .await;
        lookups.sort_by(|one, other| one.resolution.reference.cmp(&other.resolution.reference));
        self.resolved.get_or_init(|| lookups)
    }

    /// A key of another account is known by its ARN alone, and not asked for.
    async fn look_up(&self, reference: &KeyReference) -> Lookup {
        let name = &reference.reference;
        let owner = reference::account_in(name).filter(|owner| *owner != self.account);
        let (outcome, metadata) = match owner {
            Some(account) => {
                let arn = name.clone();
                (Resolved::Foreign { arn, account }, None)
            }
            None => match self.reader.metadata(name).await {
                Ok(Ok(metadata)) => (Resolved::Key(self.arn_of(&metadata)), Some(metadata)),
                Ok(Err(refusal)) => (Resolved::Refused(refusal), None),
                Err(Gone) => (Resolved::Missing, None),
            },
        };
        Lookup {
            resolution: KeyResolution {
                reference: reference.clone(),
                outcome,
            },
            metadata,
        }
    }

    fn arn_of(&self, metadata: &KeyMetadata) -> String {
        let made = || self.arn(&metadata.key_id);
        metadata.arn.clone().unwrap_or_else(made)
    }

    /// The ARN of a key of this region.
    fn arn(&self, key_id: &str) -> String {
        let Self {
            partition,
            region,
            account,
            ..
        } = self;
        format!("arn:{partition}:kms:{region}:{account}:key/{key_id}")
    }

    /// Reads one listed key; `None` for a key of AWS that no bucket uses.
    async fn observe(&self, key_id: &str) -> Result<Option<KeyObservation>, Gone> {
        let lookups = self.resolved().await;
        let mut known = lookups.iter().filter_map(|lookup| lookup.metadata.as_ref());
        let described = match known.find(|metadata| metadata.key_id == key_id) {
            Some(metadata) => Ok(metadata.clone()),
            None => self.reader.metadata(key_id).await?,
        };
        let arn = self.arn(key_id);
        let resolutions = lookups.iter().map(|lookup| &lookup.resolution);
        let buckets = reference::buckets_of(&arn, key_id, resolutions);
        if buckets.is_empty() && described.as_ref().is_ok_and(key::is_aws_managed) {
            return Ok(None);
        }
        let mut key = self.read(key_id, &described).await?;
        key.buckets = buckets;
        Ok(Some(key))
    }

    /// Everything about a key but the buckets that use it.
    async fn read(
        &self,
        key_id: &str,
        described: &Result<KeyMetadata, Refusal>,
    ) -> Result<KeyObservation, Gone> {
        let arn = self.arn(key_id);
        let mut key = key::unread(&self.account, &self.region, key_id, &arn);
        key.observed_at = Fact::Known(jiff::Timestamp::now().to_string());
        key::describe(&mut key, described);
        self.read_facts(&mut key, described).await?;
        Ok(key)
    }

    /// The key that the only reference leads to, one of AWS too. The buckets that use it are not looked for.
    ///
    /// # Errors
    ///
    /// [`Unobserved`]: there is no such key, or it may not be described.
    pub async fn only(&self) -> Result<KeyObservation, Unobserved> {
        let lookup = self.resolved().await.first().ok_or(Unobserved::Missing)?;
        let described = match (&lookup.metadata, &lookup.resolution.outcome) {
            (Some(metadata), _) => metadata,
            (None, Resolved::Refused(refusal)) => return Err(Unobserved::Refused(refusal.clone())),
            (None, _) => return Err(Unobserved::Missing),
        };
        let read = self.read(&described.key_id, &Ok(described.clone())).await;
        read.map_err(|Gone| Unobserved::Missing)
    }

    async fn observe_all(&self, key_ids: &BTreeSet<String>, page: &mut Page) {
        let mut reading = Vec::new();
        for key_id in key_ids {
            reading.push(self.observe(key_id));
        }
        let mut answers = stream::iter(reading).buffer_unordered(self.read_concurrency);
        while let Some(answer) = answers.next().await {
            match answer {
                Ok(Some(key)) => page.observations.push(Observation::Key(Box::new(key))),
                Ok(None) => {}
                Err(Gone) => page.vanished += 1,
            }
        }
        page.observations.sort_by_key(Observation::resource);
    }

    /// The rest of a list that says it goes on but not where.
    fn rest_unseen(&self) -> Gap {
        Gap {
            account: self.account.clone(),
            region: Some(self.region.clone()),
            service: Some(Service::Kms),
            resource: None,
            operation: "ListKeys".to_owned(),
            code: key::MALFORMED_ANSWER.to_owned(),
        }
    }
}

impl Collector for KeyCollector {
    /// One page of `ListKeys`; the first also tells where all references of buckets led.
    async fn collect(&self, after: Option<&str>) -> Result<Page, aws::Error> {
        let listing = self.list(after).await?;
        let mut page = Page::default();
        if listing.truncated {
            page.next = listing.next_marker().map(str::to_owned);
            page.gaps
                .extend(page.next.is_none().then(|| self.rest_unseen()));
        }
        let lookups = self.resolved().await;
        if after.is_none() {
            page.resolutions = lookups
                .iter()
                .map(|lookup| lookup.resolution.clone())
                .collect();
        }
        self.aliases().await;
        let keys = listing.keys().iter();
        let key_ids = keys.filter_map(|key| key.key_id.clone()).collect();
        self.observe_all(&key_ids, &mut page).await;
        Ok(page)
    }
}
