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
    /// What could not be read.
    #[serde(default)]
    pub unknown: Unknown,
}
