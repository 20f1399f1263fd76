//! Coverage: the ledger of what a run saw, and what it did not see and why.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AccountId, ControlId, FindingChanges, Gap, Region, Service, Severity, SuppressionId};

/// How much of a scope was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum CoverageStatus {
    /// All of it.
    Complete,
    /// It was listed, but facts are missing: see the gaps.
    Partial,
    /// It could not be seen: see the reason.
    Failed,
    /// It was left out on purpose: see the reason.
    Skipped,
}

impl CoverageStatus {
    /// The status as it is written in the table and in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "COMPLETE",
            Self::Partial => "PARTIAL",
            Self::Failed => "FAILED",
            Self::Skipped => "SKIPPED",
        }
    }
}

/// One row of the ledger: a scope, a region of an account that was skipped (no service), or a whole
/// account that was skipped or could not be entered (neither region nor service).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The account.
    pub account: AccountId,
    /// Its name in the Organization; empty if it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub account_name: String,
    /// The region; `null` for S3, whose scope is the account, and for whole accounts.
    pub region: Option<Region>,
    /// The service; `null` for whole regions and whole accounts.
    pub service: Option<Service>,
    /// How much was seen.
    pub status: CoverageStatus,
    /// Whether the audit ended before it had seen every resource.
    #[serde(default)]
    pub ended_early: bool,
    /// Why it is not complete: an error name and what was attempted, or the filter that left it out.
    pub reason: Option<String>,
    /// Resources examined.
    pub resources: u64,
    /// Resources that vanished between being listed and being read.
    pub vanished: u64,
    /// Passed verdicts by control.
    pub passed: BTreeMap<ControlId, u64>,
    /// Failed verdicts by control, without those that are accepted.
    pub failed: BTreeMap<ControlId, u64>,
    /// Failed verdicts by control that a suppression accepts; they count neither as failed nor as passed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub suppressed: BTreeMap<ControlId, u64>,
    /// How many of them each suppression matches; one verdict may be matched by several.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub suppressions: BTreeMap<SuppressionId, u64>,
    /// Failed verdicts by severity, without those that are accepted: a verdict may name another severity than its control's.
    #[serde(default)]
    pub failed_by_severity: BTreeMap<Severity, u64>,
    /// Verdicts that could not be reached, by control.
    pub not_available: BTreeMap<ControlId, u64>,
    /// Gaps in all.
    pub gap_count: u64,
    /// The first gaps, at most [`Coverage::MOST_GAPS`]; the reports in the run bucket hold them all.
    pub gaps: Vec<Gap>,
    /// What the run did to the findings of the scope.
    #[serde(default)]
    pub findings: FindingChanges,
    /// What Security Hub did not take, and custom policies that are not used or gave no verdict, in words; empty when all was well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Coverage {
    /// Gaps kept in a row: a DynamoDB item holds at most 400 KB (DynamoDB, "Service, account, and table quotas").
    pub const MOST_GAPS: usize = 100;

    /// A row for something of which nothing was seen.
    #[must_use]
    pub fn unseen(
        account: AccountId,
        region: Option<Region>,
        service: Option<Service>,
        status: CoverageStatus,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            account,
            account_name: String::new(),
            region,
            service,
            status,
            ended_early: false,
            reason: Some(reason.into()),
            resources: 0,
            vanished: 0,
            passed: BTreeMap::new(),
            failed: BTreeMap::new(),
            suppressed: BTreeMap::new(),
            suppressions: BTreeMap::new(),
            failed_by_severity: BTreeMap::new(),
            not_available: BTreeMap::new(),
            gap_count: 0,
            gaps: Vec::new(),
            findings: FindingChanges::default(),
            notes: Vec::new(),
        }
    }

    /// The row with the account's name.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.account_name);
        self
    }
}
