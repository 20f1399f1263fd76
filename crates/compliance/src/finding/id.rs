//! What a finding is called.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{AccountId, ControlId, Region};

/// `{account}/{region}/{control}/{resource}`: the same problem has the same id for ever, in DynamoDB and in Security Hub.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FindingId(String);

impl FindingId {
    /// The id of the finding of `control` on `resource`.
    #[must_use]
    pub fn new(account: &AccountId, region: &Region, control: &ControlId, resource: &str) -> Self {
        Self(format!("{account}/{region}/{control}/{resource}"))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for FindingId {
    /// An id as it was read.
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
