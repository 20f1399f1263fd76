//! Where buckets lie: those of the page, and those that replication writes to.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use audit::Pace;
use aws::answer::{Answer, read};
use aws_sdk_s3::Client;
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::operation::head_bucket::{HeadBucketError, HeadBucketOutput};
use compliance::Region;

use crate::bucket::{MALFORMED_ANSWER, malformed};

/// The response header that names a bucket's region. S3 sends it also with 301 and 403, so it needs
/// no permission (Amazon S3 API Reference, `HeadBucket`).
const REGION_HEADER: &str = "x-amz-bucket-region";

/// What is known of where a bucket lies.
#[derive(Debug, Clone)]
enum Whereabouts {
    In(Region),
    /// S3 was asked and did not tell.
    Untold,
}

/// The regions of buckets, as far as they are known: none is looked up twice.
#[derive(Debug, Default)]
pub(super) struct Destinations(Mutex<BTreeMap<String, Whereabouts>>);

impl Destinations {
    /// Remembers where a bucket lies.
    pub(super) fn remember(&self, name: &str, region: Region) {
        self.keep(name, Whereabouts::In(region));
    }

    /// The region of a bucket of any account; `None` if S3 does not tell.
    pub(super) async fn region(&self, client: &Client, pace: &Pace, name: &str) -> Option<Region> {
        match self.kept(name) {
            Some(Whereabouts::In(region)) => return Some(region),
            Some(Whereabouts::Untold) => return None,
            None => {}
        }
        if let Answer::Known(region) = head(client, pace, name).await {
            self.remember(name, region.clone());
            return Some(region);
        }
        self.keep(name, Whereabouts::Untold);
        None
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
