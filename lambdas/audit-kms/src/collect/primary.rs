//! The primary of a replica, read in its own region: no other audit sees both keys.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws::Session;
use aws::answer::Gone;
use aws_sdk_kms::types::KeyMetadata;
use compliance::fact::read_or_note;
use compliance::observation::{KeyObservation, PrimaryKeyObservation, ReplicaKeyObservation};
use compliance::{Refusal, Region};

use super::KeyCollector;
use super::read::{KeyReader, Reading};
use crate::key::{MALFORMED_ANSWER, malformed, primary};

/// What KMS says of a key that is not there.
const MISSING: &str = "NotFoundException";

/// Readers of other regions: made when a replica asks for its primary, each with its own pace.
#[derive(Debug)]
pub(super) struct Elsewhere {
    session: Session,
    readers: Mutex<BTreeMap<Region, Arc<KeyReader>>>,
}

impl Elsewhere {
    pub(super) fn new(session: &Session) -> Self {
        Self {
            session: session.clone(),
            readers: Mutex::default(),
        }
    }

    fn reader(&self, region: &Region) -> Arc<KeyReader> {
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(KeyReader::new(&self.session, region));
        Arc::clone(readers.entry(region.clone()).or_insert_with(new))
    }
}

impl KeyCollector {
    /// Compares a replica with its primary, once its own policy was asked for.
    pub(super) async fn read_primary(
        &self,
        key: &mut KeyObservation,
        described: &Result<KeyMetadata, Refusal>,
    ) {
        let primary = match described
            .as_ref()
            .map_err(Clone::clone)
            .and_then(primary::of)
        {
            Ok(Some(primary)) => self.compared(key, primary).await.map(Some),
            Ok(None) => Ok(None),
            Err(refusal) => Err(refusal),
        };
        key.primary = read_or_note(&mut key.unknown, "primary", primary);
    }

    async fn compared(
        &self,
        key: &KeyObservation,
        primary: ReplicaKeyObservation,
    ) -> Result<PrimaryKeyObservation, Refusal> {
        let unread = || key.unknown.get("key_policy").cloned();
        let unread = || unread().unwrap_or_else(|| malformed("GetKeyPolicy", MALFORMED_ANSWER));
        let own = key.key_policy.known().ok_or_else(unread)?;
        let reader = self.elsewhere.reader(&primary.region);
        let metadata = there("DescribeKey", reader.metadata(&primary.arn).await)?;
        let policy = there("GetKeyPolicy", reader.policy(&primary.arn).await)?;
        primary::observed(primary, &metadata, policy == *own)
    }
}

/// A primary that is gone cannot be compared with.
fn there<T>(operation: &str, reading: Reading<T>) -> Result<T, Refusal> {
    reading.unwrap_or_else(|Gone| Err(malformed(operation, MISSING)))
}
