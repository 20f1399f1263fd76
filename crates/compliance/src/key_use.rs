//! The join of buckets and keys: which bucket uses which key, and what is known of that key.

use serde::{Deserialize, Serialize};

use crate::{AccountId, ControlId, Fact, Refusal, Region};

/// A key as a bucket's configuration names it, with the buckets that do so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyReference {
    /// The reference as configured: a key ARN, an alias ARN, a key id or `alias/<name>`.
    pub reference: String,
    /// ARNs of the buckets that use it, sorted.
    pub buckets: Vec<String>,
}

/// What the bucket side of the join knows; emitted by the S3 audit for each bucket whose encryption or replication names a KMS key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyUse {
    /// The bucket's ARN.
    pub bucket: String,
    /// The account that owns the bucket.
    pub account: AccountId,
    /// The bucket's region.
    pub region: Region,
    /// Default encryption names this key; `null` for the AWS managed key `aws/s3`.
    pub reference: Option<String>,
    /// `aws:kms` or `aws:kms:dsse`.
    pub algorithm: String,
    /// Whether the bucket can be reached by the public; unread when its policy or ACL was not read.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub public: Fact<bool>,
    /// Foreign accounts, organizations and principals of unknown account that the bucket's policy lets in, sorted;
    /// unread when the policy was not read.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub accounts: Fact<Vec<String>>,
    /// For each enabled replication rule: the destination bucket's ARN and the key that encrypts the replica
    /// (`null`: the destination's default). Unread when the replication configuration was not read.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub replicas: Fact<Vec<ReplicaKey>>,
}

/// Where a replication rule writes, and with which key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplicaKey {
    /// ARN of the destination bucket.
    pub destination: String,
    /// `ReplicaKmsKeyID` of the rule, if it has one.
    pub key: Option<String>,
}

/// What the key side of the join knows; emitted by the KMS audit for each key that a bucket uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyFacts {
    /// The references by which buckets name it.
    pub references: Vec<String>,
    /// The region whose audit looked the reference up.
    pub region: Region,
    /// The key's ARN, once resolved; `null` when the reference leads to no key or the look-up was refused.
    pub key_arn: Option<String>,
    /// The account that owns the key, as far as the ARN tells.
    pub account: Option<AccountId>,
    /// Whether the key belongs to another account than the audited one; then only what the ARN tells is known.
    pub foreign: bool,
    /// Whether the key exists; unread for foreign keys and refused look-ups.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub exists: Fact<bool>,
    /// `Enabled`, `Disabled`, `PendingDeletion`, ... (KMS `KeyState`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub key_state: Fact<String>,
    /// When a key that is pending deletion will be deleted, RFC 3339.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub deletion_date: Fact<Option<String>>,
    /// `CUSTOMER` or `AWS` (KMS `KeyManagerType`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub key_manager: Fact<String>,
    /// Whether automatic rotation is on; `null` where the kind of key cannot rotate automatically.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub key_rotation_enabled: Fact<Option<bool>>,
    /// Whether the key policy lets the public in.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub public: Fact<bool>,
    /// Foreign accounts, organizations and principals of unknown account that the key policy lets in, sorted.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub accounts: Fact<Vec<String>>,
    /// The controls of which this run has a finding on the key; empty for keys that are not judged here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<ControlId>,
    /// The read that was refused, if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}
