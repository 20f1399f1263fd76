//! A bucket joined with the key it uses.

use serde::{Deserialize, Serialize};

use crate::key_use::ReplicaKey;
use crate::{AccountId, Fact, KeyFacts, Region, Unknown};

/// What the bucket x key controls judge: a bucket whose default encryption uses KMS, and that key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BucketKeyObservation {
    /// The bucket's ARN.
    pub bucket: String,
    /// The bucket's owner.
    pub account: AccountId,
    /// The bucket's region.
    pub region: Region,
    /// The key as configured; `null` for the AWS managed key `aws/s3`.
    pub reference: Option<String>,
    /// `aws:kms` or `aws:kms:dsse`.
    pub algorithm: String,
    /// Whether the bucket can be reached by the public.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub public: Fact<bool>,
    /// Foreign accounts, organizations and principals of unknown account that the bucket's policy lets in.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub accounts: Fact<Vec<String>>,
    /// Where replication writes, and with which keys.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub replicas: Fact<Vec<ReplicaKey>>,
    /// The key; `null` for the AWS managed key. Unread when its audit did not reach it.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub key: Fact<Option<KeyFacts>>,
    /// What could not be read.
    #[serde(default)]
    pub unknown: Unknown,
}
