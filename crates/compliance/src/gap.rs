//! A gap: a fact or a scope that a run could not see.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Region, Service};

/// Something that was not seen, and the operation and error code that say why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// The account in which it was not seen.
    pub account: AccountId,
    /// The region; `null` where the operation has none.
    pub region: Option<Region>,
    /// The service; `null` when the whole account was not seen.
    pub service: Option<Service>,
    /// The ARN of the resource; `null` when a whole scope was not seen.
    pub resource: Option<String>,
    /// The API operation that was refused.
    pub operation: String,
    /// The error code, never the message.
    pub code: String,
}
