//! A finding: a verdict with a life.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{AccountId, ControlId, Region, RunId, Service, Verdict};

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

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a finding is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum FindingState {
    /// The verdict stands.
    Open,
    /// The place was examined again, completely, and the verdict no longer stands.
    Resolved,
    /// An accepted failure.
    Suppressed,
}

impl FindingState {
    /// The state as it is written in the table and in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Resolved => "RESOLVED",
            Self::Suppressed => "SUPPRESSED",
        }
    }
}

/// A verdict (`FAILED` or `NOT_AVAILABLE`) and when it was observed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable id.
    pub id: FindingId,
    /// What was judged, and how.
    pub verdict: Verdict,
    /// The service in whose scope it was found.
    pub service: Service,
    /// Open, resolved or suppressed.
    pub state: FindingState,
    /// Start of the run that first saw it, RFC 3339.
    pub first_observed_at: jiff::Timestamp,
    /// Start of the run that last changed it, RFC 3339.
    pub changed_at: jiff::Timestamp,
    /// The run that last changed it.
    pub changed_in: RunId,
}
