//! A run: one sweep of the Organization.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{FindingChanges, RunId, Score, Severity, SuppressionId};

/// One sweep: its id and the clock that everything in it is ordered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Sortable id, made from the start time and the execution.
    pub id: RunId,
    /// Start of the execution, RFC 3339 in UTC. Conditional writes are ordered by it.
    pub started_at: jiff::Timestamp,
}

impl Run {
    /// The run of an execution: the same execution always gives the same run id.
    #[must_use]
    pub fn of_execution(execution: &str, started_at: jiff::Timestamp) -> Self {
        let time = started_at.strftime("%Y%m%dT%H%M%S%3fZ");
        let text = format!("{time}-{:08x}", fnv1a(execution.as_bytes()));
        Self {
            id: RunId::try_from(text).unwrap_or_else(|_| unreachable_run_id()),
            started_at,
        }
    }
}

/// A time outside years 0000 to 9999 cannot be the start of an execution; it sorts first.
fn unreachable_run_id() -> RunId {
    #[expect(
        clippy::expect_used,
        reason = "the literal has the form that `RunId` demands; a test holds it"
    )]
    RunId::try_from("00000101T000000000Z-00000000".to_owned()).expect("a literal run id")
}

/// FNV-1a, 32 bits: tells executions of one millisecond apart; not a security boundary.
fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RunStatus {
    /// Every scope in the run was complete, or skipped on purpose.
    Complete,
    /// Something was not seen; the coverage says what and why.
    Partial,
    /// No scope was seen.
    Failed,
}

impl RunStatus {
    /// The status as it is written in payloads, tables and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "COMPLETE",
            Self::Partial => "PARTIAL",
            Self::Failed => "FAILED",
        }
    }
}

/// The totals of a run, as the runs table keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunSummary {
    /// The run.
    pub run: Run,
    /// How it ended.
    pub status: RunStatus,
    /// Why it is not complete; empty for a complete run.
    pub reasons: Vec<String>,
    /// Accounts that were in scope.
    pub accounts: u64,
    /// Accounts that were left out on purpose.
    pub accounts_skipped: u64,
    /// Scopes by coverage status (`COMPLETE`, `PARTIAL`, `FAILED`, `SKIPPED`).
    pub scopes: BTreeMap<String, u64>,
    /// Resources examined.
    pub resources: u64,
    /// Failed verdicts by severity, without those that are accepted.
    pub failed: BTreeMap<Severity, u64>,
    /// Failed verdicts that a suppression accepts.
    #[serde(default)]
    pub suppressed: u64,
    /// What is to be told of the suppressions.
    #[serde(default)]
    pub suppressions: SuppressionNotices,
    /// What the run did to findings.
    #[serde(default)]
    pub findings: FindingChanges,
    /// Verdicts that could not be reached.
    pub not_available: u64,
    /// Passed verdicts.
    pub passed: u64,
    /// How much of each standard holds in the Organization, over all accounts that were seen.
    #[serde(default)]
    pub standards: Vec<Score>,
    /// When the run was summed up.
    pub ended_at: jiff::Timestamp,
}

/// What a run has to tell of the suppressions, each list by id and at most [`SuppressionNotices::MOST`] long.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SuppressionNotices {
    /// How many are in force.
    pub in_force: u64,
    /// Those that are over within 14 days.
    pub expiring: Vec<SuppressionNotice>,
    /// Those in force that matched no failure in what this run saw.
    pub matching_nothing: Vec<SuppressionNotice>,
    /// How many more there are to tell than are listed.
    pub left_out: u64,
}

impl SuppressionNotices {
    /// Notices in one list: some 15 KB of a state that may have 256.
    pub const MOST: usize = 50;
}

/// A suppression that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuppressionNotice {
    /// Its id.
    pub id: SuppressionId,
    /// Who answers for it.
    pub owner: String,
    /// When it is over, RFC 3339.
    pub expires: jiff::Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_ids_sort_by_start_and_are_the_same_for_the_same_execution() {
        let early: jiff::Timestamp = "2026-11-20T14:04:33.007Z".parse().unwrap();
        let late: jiff::Timestamp = "2026-11-20T14:04:33.1Z".parse().unwrap();
        let first = Run::of_execution("arn:x:a", early);
        assert_eq!(first, Run::of_execution("arn:x:a", early));
        assert_ne!(first.id, Run::of_execution("arn:x:b", early).id);
        assert!(first.id < Run::of_execution("arn:x:a", late).id);
        assert!(
            first.id.as_str().starts_with("20261120T140433007Z-"),
            "{}",
            first.id
        );
    }

    #[test]
    fn the_run_id_of_an_impossible_time_is_still_a_run_id() {
        assert_eq!(
            unreachable_run_id().as_str(),
            "00000101T000000000Z-00000000"
        );
    }
}
