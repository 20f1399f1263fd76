//! What is read of a bucket.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Configured, CorsRule, LogTarget, Website};
use crate::{AccountId, Fact, Region, Unknown};

/// A bucket as observed. Configurations that do not exist are `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BucketObservation {
    /// ARN, in the account's partition.
    pub arn: String,
    /// Bucket name.
    pub name: String,
    /// Owner.
    pub account: AccountId,
    /// Region of the bucket (`ListBuckets` `BucketRegion`).
    pub region: Region,
    /// The account's Block Public Access, which applies to every bucket.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub account_public_access_block: Fact<Option<PublicAccessBlock>>,
    /// The bucket's own Block Public Access (`GetPublicAccessBlock`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub public_access_block: Fact<Option<PublicAccessBlock>>,
    /// The bucket policy, parsed (`GetBucketPolicy`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub policy: Fact<Option<serde_json::Value>>,
    /// Whether AWS calls the policy public (`GetBucketPolicyStatus`); `null` without a policy, and not asked for then.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub policy_status: Fact<Option<PolicyStatus>>,
    /// `BucketOwnerEnforced`, `BucketOwnerPreferred` or `ObjectWriter` (`GetBucketOwnershipControls`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub object_ownership: Fact<Option<String>>,
    /// The ACL (`GetBucketAcl`); `null` where ACLs are disabled, and not asked for then.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub acl: Fact<Option<Acl>>,
    /// Default encryption (`GetBucketEncryption`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub encryption: Fact<Option<Encryption>>,
    /// Versioning (`GetBucketVersioning`); `null` if it was never configured.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub versioning: Fact<Option<Versioning>>,
    /// Server access logging (`GetBucketLogging`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub logging: Fact<Option<Logging>>,
    /// The bucket that receives the access logs; `null` where there is no logging.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub log_target: Fact<Option<LogTarget>>,
    /// Lifecycle rules (`GetBucketLifecycleConfiguration`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub lifecycle: Fact<Option<Vec<LifecycleRule>>>,
    /// Replication rules (`GetBucketReplication`); `null` without versioning, and not asked for then.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub replication: Fact<Option<Vec<ReplicationRule>>>,
    /// Object Lock (`GetObjectLockConfiguration`); `null` without versioning, and not asked for then.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub object_lock: Fact<Option<ObjectLock>>,
    /// Event notifications (`GetBucketNotificationConfiguration`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub notifications: Fact<Notifications>,
    /// Website hosting (`GetBucketWebsite`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub website: Fact<Option<Website>>,
    /// CORS rules (`GetBucketCors`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub cors: Fact<Option<Vec<CorsRule>>>,
    /// Tags (`GetBucketTagging`). They reach the policies only: no report, log or error holds a tag's value.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub tags: Fact<BTreeMap<String, String>>,
    /// `Enabled` or `Suspended` (`GetBucketAccelerateConfiguration`); `null` if it was never configured or cannot be.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub transfer_acceleration: Fact<Option<String>>,
    /// S3 Inventory configurations (`ListBucketInventoryConfigurations`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub inventories: Fact<Vec<Configured>>,
    /// S3 Intelligent-Tiering configurations (`ListBucketIntelligentTieringConfigurations`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub tierings: Fact<Vec<Configured>>,
    /// What could not be read.
    #[serde(default)]
    pub unknown: Unknown,
}

/// The four settings of S3 Block Public Access (S3 User Guide, "Blocking public access to your Amazon S3 storage").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the four switches that AWS has"
)]
pub struct PublicAccessBlock {
    /// New public ACLs are refused.
    pub block_public_acls: bool,
    /// Public ACLs have no effect.
    pub ignore_public_acls: bool,
    /// New public policies are refused.
    pub block_public_policy: bool,
    /// A public policy only lets in the owner and AWS services.
    pub restrict_public_buckets: bool,
}

/// AWS's own judgement of a bucket policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyStatus {
    /// `IsPublic`.
    pub is_public: bool,
}

/// An access control list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acl {
    /// Canonical user id of the owner.
    pub owner: Option<String>,
    /// Grants.
    pub grants: Vec<Grant>,
}

/// One grant of an access control list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// `CanonicalUser`, `Group` or `AmazonCustomerByEmail`.
    pub grantee_type: String,
    /// Canonical user id, for a user.
    pub grantee_id: Option<String>,
    /// URI, for a group.
    pub grantee_uri: Option<String>,
    /// `READ`, `WRITE`, `READ_ACP`, `WRITE_ACP` or `FULL_CONTROL`.
    pub permission: String,
}

/// Default encryption.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Encryption {
    /// `AES256`, `aws:kms` or `aws:kms:dsse`.
    pub algorithm: String,
    /// The key as configured: ARN, id or alias; `null` means the AWS managed key `aws/s3`.
    pub kms_key_id: Option<String>,
    /// Whether an S3 Bucket Key is used.
    pub bucket_key_enabled: bool,
    /// Encryption types that uploads may not use, such as `SSE-C`; `null` if AWS did not say.
    pub blocked_encryption_types: Option<Vec<String>>,
}

/// Versioning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Versioning {
    /// `Enabled` or `Suspended`.
    pub status: String,
    /// Whether MFA delete is on.
    pub mfa_delete: bool,
}

/// Server access logging.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logging {
    /// Name of the bucket that receives the logs.
    pub target_bucket: String,
    /// Key prefix of the logs.
    pub target_prefix: String,
}

/// One lifecycle rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent actions of one rule"
)]
pub struct LifecycleRule {
    /// Whether the rule is enabled.
    pub enabled: bool,
    /// Whether current versions expire.
    pub expires: bool,
    /// Whether noncurrent versions expire.
    pub expires_noncurrent: bool,
    /// Whether objects move to another storage class.
    pub transitions: bool,
    /// Whether incomplete multipart uploads are aborted.
    pub aborts_incomplete_uploads: bool,
}

/// One replication rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplicationRule {
    /// Whether the rule is enabled.
    pub enabled: bool,
    /// ARN of the destination bucket.
    pub destination: String,
    /// Owner of the destination, if the rule names it.
    pub destination_account: Option<String>,
    /// Region of the destination; `null` if it could not be found out.
    pub destination_region: Option<Region>,
    /// Whether the destination is the account's own; `null` if it could not be found out.
    pub destination_owned: Option<bool>,
    /// The key that encrypts the replica, if the rule names one.
    pub replica_kms_key_id: Option<String>,
}

/// Object Lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectLock {
    /// Whether Object Lock is enabled.
    pub enabled: bool,
    /// `GOVERNANCE` or `COMPLIANCE`, if there is a default retention.
    pub mode: Option<String>,
    /// Default retention in days (a year counts 365), if there is one.
    pub days: Option<i32>,
}

/// Event notifications: how many targets of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notifications {
    /// Whether events go to Amazon EventBridge.
    pub event_bridge: bool,
    /// Lambda functions.
    pub functions: usize,
    /// SQS queues.
    pub queues: usize,
    /// SNS topics.
    pub topics: usize,
}
