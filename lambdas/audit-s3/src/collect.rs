//! The collector of one account's buckets and access points: every await of this crate is here or in a module of this one.

mod access_points;
mod account;
mod log_targets;
mod multi_region;
mod one;
mod places;
mod read;
mod start;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use audit::{Collector, Family, Pace, Page};
use aws::answer::{Answer, Gone, listed};
use aws::{Place, Session};
use aws_sdk_s3::Client;
use aws_sdk_s3::operation::list_buckets::ListBucketsOutput;
use aws_sdk_s3::types::Bucket;
use compliance::observation::BucketObservation;
use compliance::{AccountId, Gap, Observation, Partition, Refusal, Region, Service};
use futures::StreamExt;
use futures::stream;

use self::places::{Places, head};
use self::read::{AccountBlock, BucketReader};
use self::start::{AccessPointStart, Start};
use crate::bucket;

/// Reads the buckets and access points of one account that lie in the wanted regions.
#[derive(Debug)]
pub struct BucketCollector {
    account: AccountId,
    partition: Partition,
    /// One client per wanted region, so that every bucket is asked in its own.
    clients: BTreeMap<Region, Client>,
    /// S3 Control, likewise.
    controls: BTreeMap<Region, aws_sdk_s3control::Client>,
    /// S3 Control where it keeps Multi-Region Access Points; `None` in partitions that have none.
    global: Option<aws_sdk_s3control::Client>,
    control: aws_sdk_s3control::Client,
    page_size: i32,
    read_concurrency: usize,
    pace: Pace,
    account_block: OnceLock<AccountBlock>,
    places: Places,
}

impl BucketCollector {
    /// Buckets per page unless configured otherwise.
    pub const PAGE_SIZE: u32 = 200;
    /// Buckets that are read at a time unless configured otherwise.
    pub const READ_CONCURRENCY: usize = 8;

    /// A collector for the account of `session` and its buckets in `regions`.
    ///
    /// `page_size` is in buckets, 1 to 10,000 (Amazon S3 API Reference, `ListBuckets`,
    /// `max-buckets`); `read_concurrency` is in buckets that are read at a time, at least 1.
    #[must_use]
    pub fn new(
        session: &Session,
        regions: &[Region],
        page_size: u32,
        read_concurrency: usize,
    ) -> Self {
        let home = regions.iter().min();
        let home = home.map_or_else(|| session.config().clone(), |home| session.in_region(home));
        let each = |region: &Region| (region.clone(), session.in_region(region));
        let configs: Vec<_> = regions.iter().map(each).collect();
        Self {
            account: session.account.clone(),
            partition: session.partition.clone(),
            clients: configs
                .iter()
                .map(|(region, config)| (region.clone(), aws::s3_client(config)))
                .collect(),
            controls: configs
                .iter()
                .map(|(region, config)| (region.clone(), aws::s3control_client(config)))
                .collect(),
            global: multi_region::client(session),
            control: aws::s3control_client(&home),
            page_size: i32::try_from(page_size.clamp(1, 10_000)).unwrap_or(10_000),
            read_concurrency: read_concurrency.max(1),
            pace: Pace::of(Family::S3Configuration),
            account_block: OnceLock::new(),
            places: Places::default(),
        }
    }

    async fn list(
        &self,
        client: &Client,
        after: Option<&str>,
    ) -> Result<ListBucketsOutput, aws::Error> {
        self.pace.wait().await;
        let answer = client
            .list_buckets()
            .max_buckets(self.page_size)
            .set_continuation_token(after.map(str::to_owned))
            .send()
            .await;
        listed("ListBuckets", &Place::account(&self.account), answer)
    }

    /// The region of a listed bucket: `ListBuckets` tells; where it does not, the bucket is asked.
    async fn locate(&self, client: &Client, name: &str, told: Option<&str>) -> Answer<Region> {
        match told.and_then(|region| region.parse().ok()) {
            Some(region) => Answer::Known(region),
            None => head(client, &self.pace, name).await,
        }
    }

    async fn locate_all(
        &self,
        client: &Client,
        buckets: &[Bucket],
    ) -> Vec<(String, Answer<Region>)> {
        let mut locating = Vec::new();
        for bucket in buckets {
            let Some(name) = bucket.name() else { continue };
            locating.push(async move {
                let located = self.locate(client, name, bucket.bucket_region()).await;
                (name.to_owned(), located)
            });
        }
        stream::iter(locating)
            .buffer_unordered(self.read_concurrency)
            .collect()
            .await
    }

    fn reader<'a>(
        &'a self,
        client: &'a Client,
        region: &'a Region,
        name: &'a str,
    ) -> BucketReader<'a> {
        BucketReader {
            client,
            pace: &self.pace,
            places: &self.places,
            partition: &self.partition,
            account: &self.account,
            region,
            name,
        }
    }

    async fn observe(
        &self,
        client: &Client,
        region: &Region,
        name: &str,
        account_block: &AccountBlock,
    ) -> Result<BucketObservation, Gone> {
        self.reader(client, region, name)
            .observe(account_block)
            .await
    }

    async fn observe_all(&self, buckets: &[(String, Region)], page: &mut Page) {
        let block = self.account_block().await;
        let mut reading = Vec::new();
        for (name, region) in buckets {
            if let Some(client) = self.clients.get(region) {
                reading.push(self.observe(client, region, name, block));
            }
        }
        let mut answers = stream::iter(reading).buffer_unordered(self.read_concurrency);
        let mut observed = Vec::new();
        while let Some(answer) = answers.next().await {
            match answer {
                Ok(bucket) => observed.push(bucket),
                Err(Gone) => page.vanished += 1,
            }
        }
        self.observe_log_targets(&mut observed).await;
        let observed = observed.into_iter().map(Box::new);
        page.observations.extend(observed.map(Observation::Bucket));
    }

    fn unlocated(&self, name: &str, refusal: Refusal) -> Gap {
        Gap {
            account: self.account.clone(),
            region: None,
            service: Some(Service::S3),
            resource: Some(bucket::arn(&self.partition, name)),
            operation: refusal.operation,
            code: refusal.code,
        }
    }
}

impl Collector for BucketCollector {
    /// One page of `ListBuckets`; the first also holds the account itself and its Multi-Region Access
    /// Points. Access points follow the last bucket, on its page as far as they fit.
    async fn collect(&self, after: Option<&str>) -> Result<Page, aws::Error> {
        let Some((home, client)) = self.clients.first_key_value() else {
            return Ok(Page::default());
        };
        let mut page = Page::default();
        match Start::of(after, home) {
            Start::Buckets(token) => self.collect_buckets(home, client, token, &mut page).await?,
            Start::AccessPoints(start) => self.observe_access_points(&start, &mut page).await,
        }
        page.observations.sort_by_key(Observation::resource);
        page.gaps.sort();
        Ok(page)
    }
}

impl BucketCollector {
    /// A bucket whose region nobody tells is a gap, because it may lie in a wanted region.
    async fn collect_buckets(
        &self,
        home: &Region,
        client: &Client,
        token: Option<&str>,
        page: &mut Page,
    ) -> Result<(), aws::Error> {
        let listing = self.list(client, token).await?;
        let mut located = Vec::new();
        for (name, found) in self.locate_all(client, listing.buckets()).await {
            match found {
                Answer::Known(region) => {
                    self.places.remember(&name, region.clone());
                    located.push((name, region));
                }
                Answer::Vanished => page.vanished += 1,
                Answer::Refused(refusal) => page.gaps.push(self.unlocated(&name, refusal)),
            }
        }
        if token.is_none() {
            let account = self.observe_account(home, client, &listing).await;
            page.observations.push(account);
            self.observe_multi_region(home, page).await;
        }
        self.observe_all(&located, page).await;
        if let Some(next) = continuation(&listing) {
            page.next = Some(next.to_owned());
        } else {
            let start = AccessPointStart::of_region(home);
            self.observe_access_points(&start, page).await;
        }
        Ok(())
    }
}

/// Where the list of buckets goes on.
fn continuation(listing: &ListBucketsOutput) -> Option<&str> {
    let token = listing.continuation_token();
    token.filter(|token| !token.is_empty())
}
