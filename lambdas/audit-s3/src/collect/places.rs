//! Where buckets lie and whose they are: those of the page, and those that others write to.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use audit::Pace;
use aws::answer::{Answer, read};
use aws_sdk_s3::Client;
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::operation::head_bucket::{HeadBucketError, HeadBucketOutput};
use compliance::{Refusal, Region};

use crate::bucket::{MALFORMED_ANSWER, malformed};

/// The response header that names a bucket's region. S3 sends it also with 301 and 403, so it needs
/// no permission (Amazon S3 API Reference, `HeadBucket`).
const REGION_HEADER: &str = "x-amz-bucket-region";

/// More names than begin with the name of any one bucket.
const NAMESAKES: i32 = 1_000;

/// Where a bucket lies and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whereabouts {
    /// In the list of the account's own buckets.
    Own(Region),
    /// Not in that list, and yet it exists.
    Foreign(Region),
    /// There is no such bucket.
    Missing,
    /// S3 was asked and did not tell.
    Untold(Refusal),
}

impl Whereabouts {
    /// The region, if it is known.
    pub(super) fn region(&self) -> Option<&Region> {
        match self {
            Self::Own(region) | Self::Foreign(region) => Some(region),
            Self::Missing | Self::Untold(_) => None,
        }
    }

    /// Whether the bucket is the account's own, if that is known.
    pub(super) fn is_own(&self) -> Option<bool> {
        match self {
            Self::Own(_) => Some(true),
            Self::Foreign(_) => Some(false),
            Self::Missing | Self::Untold(_) => None,
        }
    }
}

/// What is known of where buckets lie: none is looked up twice.
#[derive(Debug, Default)]
pub(super) struct Places(Mutex<BTreeMap<String, Whereabouts>>);

impl Places {
    /// Remembers where a bucket of the account's list lies.
    pub(super) fn remember(&self, name: &str, region: Region) {
        self.keep(name, Whereabouts::Own(region));
    }

    /// Where a bucket of any account lies: looked up in the account's list, then asked itself.
    pub(super) async fn find(&self, client: &Client, pace: &Pace, name: &str) -> Whereabouts {
        if let Some(known) = self.kept(name) {
            return known;
        }
        let found = look_up(client, pace, name).await;
        self.keep(name, found.clone());
        found
    }

    fn keep(&self, name: &str, whereabouts: Whereabouts) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(name.to_owned(), whereabouts);
    }

    fn kept(&self, name: &str) -> Option<Whereabouts> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(name).cloned()
    }
}

async fn look_up(client: &Client, pace: &Pace, name: &str) -> Whereabouts {
    let region = match head(client, pace, name).await {
        Answer::Known(region) => region,
        Answer::Vanished => return Whereabouts::Missing,
        Answer::Refused(refusal) => return Whereabouts::Untold(refusal),
    };
    match is_listed(client, pace, name).await {
        Ok(true) => Whereabouts::Own(region),
        Ok(false) => Whereabouts::Foreign(region),
        Err(refusal) => Whereabouts::Untold(refusal),
    }
}

/// Whether the account's own list of buckets holds the name.
async fn is_listed(client: &Client, pace: &Pace, name: &str) -> Result<bool, Refusal> {
    const OPERATION: &str = "ListBuckets";
    pace.wait().await;
    let request = client.list_buckets().prefix(name).max_buckets(NAMESAKES);
    match read(OPERATION, request.send().await) {
        Answer::Known(listing) => Ok(listing
            .buckets()
            .iter()
            .any(|bucket| bucket.name() == Some(name))),
        Answer::Refused(refusal) => Err(refusal),
        Answer::Vanished => Ok(false),
    }
}

/// Asks S3 where a bucket of any account lies.
pub(super) async fn head(client: &Client, pace: &Pace, name: &str) -> Answer<Region> {
    const OPERATION: &str = "HeadBucket";
    pace.wait().await;
    let answer = client.head_bucket().bucket(name).send().await;
    if let Some(region) = region_in(&answer) {
        return Answer::Known(region);
    }
    match read(OPERATION, answer) {
        Answer::Known(_) => Answer::Refused(malformed(OPERATION, MALFORMED_ANSWER)),
        Answer::Refused(refusal) => Answer::Refused(refusal),
        Answer::Vanished => Answer::Vanished,
    }
}

fn region_in(answer: &Result<HeadBucketOutput, SdkError<HeadBucketError>>) -> Option<Region> {
    let region = match answer {
        Ok(found) => found.bucket_region(),
        Err(error) => error.raw_response()?.headers().get(REGION_HEADER),
    };
    region?.parse().ok()
}
