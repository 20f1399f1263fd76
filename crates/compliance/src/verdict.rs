//! A verdict: what one control says of one resource in one run.

use serde::{Deserialize, Serialize};

use crate::{AccountId, ControlId, FindingId, Region, ResourceType, Severity};

/// The outcome of a control; spelled as ASFF's `Compliance.Status` spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// The statement holds, and everything it depends on was read.
    Passed,
    /// The statement does not hold.
    Failed,
    /// The statement could not be judged: a read was refused, or the policy is broken.
    NotAvailable,
}

impl Status {
    /// The status as ASFF spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "PASSED",
            Self::Failed => "FAILED",
            Self::NotAvailable => "NOT_AVAILABLE",
        }
    }
}

/// What one control says of one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The control.
    pub control: ControlId,
    /// The resource: its ARN, or `AWS::::Account:<id>` for an account, as ASFF writes it.
    pub resource: String,
    /// Its type.
    pub resource_type: ResourceType,
    /// The account that owns it.
    pub account: AccountId,
    /// The region it lives in.
    pub region: Region,
    /// The outcome.
    pub status: Status,
    /// Severity: the control's, or the one the verdict names.
    pub severity: Severity,
    /// Why, in one sentence with the facts.
    pub reason: String,
    /// For a bucket: the key it uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyLink>,
    /// For a key: ARNs of the buckets that use it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buckets: Vec<String>,
}

impl Verdict {
    /// The id of the finding that this verdict belongs to.
    #[must_use]
    pub fn finding_id(&self) -> FindingId {
        FindingId::new(&self.account, &self.region, &self.control, &self.resource)
    }
}

/// The key that a bucket uses, as its findings carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyLink {
    /// The key's ARN, or the reference as configured if it could not be resolved.
    pub key: String,
    /// The key's state (`Enabled`, `Disabled`, `PendingDeletion`, ...), `Foreign`, `Missing` or `Unknown`.
    pub kms_security_status: String,
    /// Id of the finding on the key that is the cause. Deterministic, so it also holds across accounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked_kms_finding_id: Option<FindingId>,
}
