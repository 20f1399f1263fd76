//! The account itself: its block, how many buckets it has, and who sits on the names of AWS services.

use aws::answer::{Answer, read, read_or_absent};
use aws_sdk_s3::Client;
use aws_sdk_s3::operation::list_buckets::ListBucketsOutput;
use compliance::fact::read_or_note;
use compliance::observation::{AccountObservation, PredictableBucket};
use compliance::{Fact, Observation, Refusal, Region, Unknown};
use futures::StreamExt;
use futures::stream;

use super::places::Whereabouts;
use super::read::AccountBlock;
use super::{BucketCollector, continuation};
use crate::account::{Predictable, predictable_names};
use crate::bucket::access;

/// The most buckets in one answer (Amazon S3 API Reference, `ListBuckets`, `max-buckets`).
const MOST_BUCKETS: i32 = 10_000;

impl BucketCollector {
    /// The account itself, as resource of the first page, whose `listing` is at hand.
    pub(super) async fn observe_account(
        &self,
        home: &Region,
        client: &Client,
        listing: &ListBucketsOutput,
    ) -> Observation {
        let mut unknown = Unknown::new();
        let block = self.account_block().await.clone();
        let public_access_block = read_or_note(&mut unknown, "public_access_block", block);
        let count = self.count_buckets(client, listing).await;
        let bucket_count = read_or_note(&mut unknown, "bucket_count", count);
        let predictable = self.predictable_buckets().await;
        let predictable_buckets: Fact<_> =
            read_or_note(&mut unknown, "predictable_buckets", predictable);
        Observation::Account(AccountObservation {
            account: self.account.clone(),
            region: home.clone(),
            public_access_block,
            bucket_count,
            predictable_buckets,
            unknown,
        })
    }

    /// The account's own block: read once, repeated in the observation of each bucket and access point.
    pub(super) async fn account_block(&self) -> &AccountBlock {
        if let Some(known) = self.account_block.get() {
            return known;
        }
        self.pace.wait().await;
        let request = self.control.get_public_access_block();
        let answer = request.account_id(self.account.as_str()).send().await;
        let block = match read_or_absent("GetPublicAccessBlock", answer, &[access::NO_BLOCK]) {
            Answer::Known(found) => Ok(found
                .and_then(|found| found.public_access_block_configuration)
                .map(|block| access::block_of_account(&block))),
            Answer::Refused(refusal) => Err(refusal),
            Answer::Vanished => Ok(None),
        };
        self.account_block.get_or_init(|| block)
    }

    /// How many buckets there are, in whatever region: listed to the end with as few calls as S3 allows.
    async fn count_buckets(
        &self,
        client: &Client,
        listing: &ListBucketsOutput,
    ) -> Result<u64, Refusal> {
        let mut count = listing.buckets().len() as u64;
        let mut after = continuation(listing).map(str::to_owned);
        while let Some(token) = after {
            self.pace.wait().await;
            let request = client.list_buckets().max_buckets(MOST_BUCKETS);
            let answer = request.continuation_token(token).send().await;
            let page = match read("ListBuckets", answer) {
                Answer::Known(page) => page,
                Answer::Refused(refusal) => return Err(refusal),
                Answer::Vanished => break,
            };
            count += page.buckets().len() as u64;
            after = continuation(&page).map(str::to_owned);
        }
        Ok(count)
    }

    /// The buckets under the names that AWS services choose, in the wanted regions.
    async fn predictable_buckets(&self) -> Result<Vec<PredictableBucket>, Refusal> {
        let mut looking = Vec::new();
        for (region, client) in &self.clients {
            for name in predictable_names(&self.account, region) {
                looking.push(self.look_for(client, name));
            }
        }
        let mut answers = stream::iter(looking).buffer_unordered(self.read_concurrency);
        let mut found = Vec::new();
        while let Some(answer) = answers.next().await {
            found.extend(answer?);
        }
        found.sort();
        Ok(found)
    }

    async fn look_for(
        &self,
        client: &Client,
        Predictable { name, used_by }: Predictable,
    ) -> Result<Option<PredictableBucket>, Refusal> {
        let owned = match self.places.find(client, &self.pace, &name).await {
            Whereabouts::Own(_) => true,
            Whereabouts::Foreign(_) => false,
            Whereabouts::Missing => return Ok(None),
            Whereabouts::Untold(refusal) => return Err(refusal),
        };
        Ok(Some(PredictableBucket {
            name,
            used_by: used_by.to_owned(),
            owned,
        }))
    }
}
