//! What is read of a KMS key.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AccountId, Fact, Region, Unknown};

/// A key as observed; field names are those of the published policy input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyObservation {
    /// Owner.
    pub account: AccountId,
    /// Region.
    pub region: Region,
    /// Key id.
    pub key_id: String,
    /// Key ARN.
    pub key_arn: String,
    /// When the key was looked at, RFC 3339: what is said of the days that are left counts from here.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub observed_at: Fact<String>,
    /// `Enabled`, `Disabled`, `PendingDeletion`, `PendingImport`, `Unavailable`, ... (`DescribeKey`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub key_state: Fact<String>,
    /// `ENCRYPT_DECRYPT`, `SIGN_VERIFY`, `GENERATE_VERIFY_MAC`, `KEY_AGREEMENT`.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub key_usage: Fact<String>,
    /// `SYMMETRIC_DEFAULT`, `RSA_2048`, ...
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub key_spec: Fact<String>,
    /// `AWS_KMS`, `EXTERNAL`, `AWS_CLOUDHSM`, `EXTERNAL_KEY_STORE`.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub origin: Fact<String>,
    /// `CUSTOMER` or `AWS`.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub key_manager: Fact<String>,
    /// When the key will be deleted, RFC 3339; `null` if it is not scheduled.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub deletion_date: Fact<Option<String>>,
    /// The key policy, parsed (`GetKeyPolicy`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub key_policy: Fact<Option<serde_json::Value>>,
    /// Whether automatic rotation is on (`GetKeyRotationStatus`); `null` where the kind of key cannot rotate automatically, and not asked for then.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub key_rotation_enabled: Fact<Option<bool>>,
    /// Rotation period in days; `null` if rotation is off.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub rotation_period_days: Fact<Option<i32>>,
    /// Next automatic rotation, RFC 3339; `null` if rotation is off.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub next_rotation_date: Fact<Option<String>>,
    /// When the key was made, RFC 3339.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub creation_date: Fact<String>,
    /// When the key material was last rotated, by KMS itself or on demand, RFC 3339 (`ListKeyRotations`); `null` if it never was, or
    /// where KMS rotates no material of this kind of key, and not asked for then.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub last_rotation_date: Fact<Option<String>>,
    /// What KMS has recorded of the use of the key (`GetKeyLastUsage`); `null` where KMS does not tell, and for keys that are not enabled
    /// or that AWS manages, which are not asked for.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub last_usage: Fact<Option<KeyUsage>>,
    /// Alias names, such as `alias/app`, sorted (`ListAliases`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub aliases: Fact<Vec<String>>,
    /// Grants (`ListGrants`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub grants: Fact<Vec<KeyGrant>>,
    /// Tags (`ListResourceTags`). They reach the policies only: no report, log or error holds a tag's value.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub tags: Fact<BTreeMap<String, String>>,
    /// Whether it is a multi-Region key.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub multi_region: Fact<bool>,
    /// The other keys of its multi-Region set.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub replica_keys: Fact<Vec<ReplicaKeyObservation>>,
    /// What its primary is like, where it is a replica (`DescribeKey` and `GetKeyPolicy` in the primary's region); `null` for every
    /// other key.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub primary: Fact<Option<PrimaryKeyObservation>>,
    /// When imported key material expires, RFC 3339; `null` if it does not.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub valid_to: Fact<Option<String>>,
    /// ARNs of the buckets that use the key, as far as the account's own S3 audit saw them, sorted.
    #[serde(default)]
    pub buckets: Vec<String>,
    /// What could not be read.
    #[serde(default)]
    pub unknown: Unknown,
}

/// The last successful cryptographic operation with a key, as far as KMS has recorded it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyUsage {
    /// When it was, RFC 3339; `null` if there was none since KMS keeps the record.
    pub last_used_at: Option<String>,
    /// Since when KMS keeps the record for this key, RFC 3339.
    pub recorded_since: Option<String>,
}

/// One grant on a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyGrant {
    /// Grant id.
    pub grant_id: String,
    /// Who may use the key by it.
    pub grantee_principal: Option<String>,
    /// Who may retire it.
    pub retiring_principal: Option<String>,
    /// Allowed operations.
    pub operations: Vec<String>,
    /// Whether an encryption context constrains it.
    pub constrained: bool,
}

/// Another key of a multi-Region set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplicaKeyObservation {
    /// Its ARN.
    pub arn: String,
    /// Its region.
    pub region: Region,
    /// Whether it is the primary.
    pub primary: bool,
}

/// The primary of a replica: what AWS does not keep equal (KMS Developer Guide, "Multi-Region keys": shared properties).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrimaryKeyObservation {
    /// Its ARN.
    pub arn: String,
    /// Its region.
    pub region: Region,
    /// Its state, as [`KeyObservation::key_state`].
    pub key_state: String,
    /// Whether its key policy is the replica's.
    pub same_policy: bool,
}
