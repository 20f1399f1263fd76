//! What is read of access points: those of a region, and those in front of buckets of several regions.

use serde::{Deserialize, Serialize};

use super::PublicAccessBlock;
use crate::{AccountId, Fact, Region, Unknown};

/// An access point as observed. Access points in front of something else than a bucket are not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessPointObservation {
    /// ARN.
    pub arn: String,
    /// Name, unique in account and region.
    pub name: String,
    /// Owner of the access point, who need not own the bucket.
    pub account: AccountId,
    /// Region of the access point and of its bucket.
    pub region: Region,
    /// Name of the bucket behind it.
    pub bucket: String,
    /// `Internet` or `VPC` (`ListAccessPoints`).
    pub network_origin: String,
    /// Owner of the bucket behind it; `null` if AWS did not say.
    pub bucket_account: Option<AccountId>,
    /// The account's Block Public Access, which applies to every access point.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub account_public_access_block: Fact<Option<PublicAccessBlock>>,
    /// The access point's own Block Public Access (`GetAccessPoint`).
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub public_access_block: Fact<Option<PublicAccessBlock>>,
    /// The access point policy, parsed (`GetAccessPointPolicy`); `null` without one.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub policy: Fact<Option<serde_json::Value>>,
    /// What could not be read.
    #[serde(default)]
    pub unknown: Unknown,
}

/// A Multi-Region Access Point as observed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MultiRegionAccessPointObservation {
    /// ARN, which names no region.
    pub arn: String,
    /// Name, unique in the account.
    pub name: String,
    /// Owner of the access point, who need not own the buckets.
    pub account: AccountId,
    /// The region that findings on it carry: the first audited one, as for the account.
    pub region: Region,
    /// The buckets behind it, sorted.
    pub buckets: Vec<BucketBehind>,
    /// The account's Block Public Access, which applies to every access point.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub account_public_access_block: Fact<Option<PublicAccessBlock>>,
    /// Its own Block Public Access (`ListMultiRegionAccessPoints`); `null` if AWS did not say.
    pub public_access_block: Option<PublicAccessBlock>,
    /// The policy in force, parsed (`GetMultiRegionAccessPointPolicy`); `null` without one. A policy that is only proposed does not count.
    #[serde(default, skip_serializing_if = "Fact::is_unread")]
    pub policy: Fact<Option<serde_json::Value>>,
    /// What could not be read.
    #[serde(default)]
    pub unknown: Unknown,
}

/// A bucket behind a Multi-Region Access Point.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BucketBehind {
    /// Name.
    pub name: String,
    /// Region.
    pub region: Option<String>,
    /// Owner; `null` if AWS did not say.
    pub account: Option<AccountId>,
}
