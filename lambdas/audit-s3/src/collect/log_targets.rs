//! The buckets that receive access logs: each is looked at once for all that log to it.

use std::collections::BTreeMap;

use compliance::fact::read_or_note;
use compliance::observation::{BucketObservation, LogTarget};
use compliance::{Fact, Refusal, Region};

use super::BucketCollector;
use super::places::Whereabouts;

type Target = Result<LogTarget, Refusal>;

impl BucketCollector {
    /// Adds to every bucket of a page what its log target is like: taken from the page where the
    /// target is on it, else read. A target in another region is not read: no logs go there anyway.
    pub(super) async fn observe_log_targets(&self, buckets: &mut [BucketObservation]) {
        let mut targets: BTreeMap<(Region, String), Target> = BTreeMap::new();
        for bucket in buckets.iter() {
            let Some(name) = target_of(bucket) else {
                continue;
            };
            let key = (bucket.region.clone(), name.to_owned());
            if targets.contains_key(&key) {
                continue;
            }
            let target = match buckets.iter().find(|other| other.name == name) {
                Some(other) => of_the_page(other),
                None => self.read_log_target(&bucket.region, name).await,
            };
            targets.insert(key, target);
        }
        for bucket in buckets {
            note(bucket, &targets);
        }
    }

    async fn read_log_target(&self, region: &Region, name: &str) -> Target {
        let Some(client) = self.clients.get(region) else {
            return Ok(elsewhere(false, None));
        };
        match self.places.find(client, &self.pace, name).await {
            Whereabouts::Own(lies) if lies == *region => {
                let reader = self.reader(client, region, name);
                let read = reader.observe_access().await;
                read.map_or_else(|_| Ok(elsewhere(false, None)), |found| of_the_page(&found))
            }
            Whereabouts::Own(lies) => Ok(LogTarget {
                owned: true,
                ..elsewhere(true, Some(lies))
            }),
            Whereabouts::Foreign(lies) => Ok(elsewhere(true, Some(lies))),
            Whereabouts::Missing => Ok(elsewhere(false, None)),
            Whereabouts::Untold(refusal) => Err(refusal),
        }
    }
}

/// The name of the bucket that receives the logs.
fn target_of(bucket: &BucketObservation) -> Option<&str> {
    let logging = bucket.logging.known()?.as_ref()?;
    Some(&logging.target_bucket)
}

fn note(bucket: &mut BucketObservation, targets: &BTreeMap<(Region, String), Target>) {
    let Fact::Known(logging) = &bucket.logging else {
        return;
    };
    let target = logging
        .as_ref()
        .and_then(|logging| targets.get(&(bucket.region.clone(), logging.target_bucket.clone())));
    let answer = target.cloned().transpose();
    bucket.log_target = read_or_note(&mut bucket.unknown, "log_target", answer);
}

/// A target that was observed like any bucket.
fn of_the_page(bucket: &BucketObservation) -> Target {
    let unread = || refusal_in(bucket, &["policy", "object_ownership", "acl"]);
    Ok(LogTarget {
        exists: true,
        owned: true,
        region: Some(bucket.region.clone()),
        policy: bucket.policy.known().cloned().ok_or_else(unread)?,
        object_ownership: bucket
            .object_ownership
            .known()
            .cloned()
            .ok_or_else(unread)?,
        acl: bucket.acl.known().cloned().ok_or_else(unread)?,
    })
}

/// The first refusal of one of these fields.
fn refusal_in(bucket: &BucketObservation, fields: &[&str]) -> Refusal {
    let mut refusals = fields.iter().filter_map(|field| bucket.unknown.get(*field));
    refusals.next().cloned().unwrap_or_else(|| Refusal {
        operation: "GetBucketPolicy".to_owned(),
        code: crate::bucket::MALFORMED_ANSWER.to_owned(),
    })
}

/// A target that is not looked into.
fn elsewhere(exists: bool, region: Option<Region>) -> LogTarget {
    LogTarget {
        exists,
        owned: false,
        region,
        policy: None,
        object_ownership: None,
        acl: None,
    }
}
