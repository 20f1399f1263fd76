//! What is read of an account's S3 settings.

use serde::{Deserialize, Serialize};

use super::PublicAccessBlock;
use crate::{AccountId, Fact, Region, Unknown};

/// An account's S3 settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountObservation {
    /// The account.
    pub account: AccountId,
    /// The region that findings on the account carry: the first audited one.
    pub region: Region,
    /// Account-level Block Public Access (`s3control:GetPublicAccessBlock`); `null` if none is configured.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub public_access_block: Fact<Option<PublicAccessBlock>>,
    /// How many general purpose buckets the account has, in all regions (`ListBuckets`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub bucket_count: Fact<u64>,
    /// The buckets that exist under names which AWS services and tools choose for this account in the audited regions,
    /// whosever they are, sorted by name.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub predictable_buckets: Fact<Vec<PredictableBucket>>,
    /// What could not be read.
    #[serde(default)]
    pub unknown: Unknown,
}

/// A bucket under a name that anybody can predict who knows account and region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PredictableBucket {
    /// Name.
    pub name: String,
    /// The service or tool that takes the bucket of this name for the account's own.
    pub used_by: String,
    /// Whether it is the account's own.
    pub owned: bool,
}
