//! What the function answers: counts, never findings.

use std::collections::BTreeMap;

use compliance::{
    AccountId, Coverage, Run, RunStatus, RunSummary, Score, Severity, SuppressionNotices,
};
use serde::Serialize;

use crate::notification::Notification;

/// The answer to either task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Response {
    /// To `task: account`.
    Account(AccountResponse),
    /// To `task: run`.
    Run(Box<RunResponse>),
}

/// What became of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountResponse {
    /// The account.
    pub account: AccountId,
    /// Coverage rows by status.
    pub scopes: BTreeMap<&'static str, u64>,
    /// What changed in the findings table.
    pub findings: Changes,
    /// Findings that Security Hub took.
    pub imported: u64,
    /// Findings that it did not take; the coverage says why.
    pub refused: u64,
}

/// How many findings changed, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// New ones.
    pub opened: u64,
    /// Those that stand again after they were resolved.
    pub reopened: u64,
    /// Those whose verdict says something else than before.
    pub changed: u64,
    /// Those that are accepted from now on.
    pub suppressed: u64,
    /// Those that no longer stand.
    pub resolved: u64,
    /// Those that stay as they are.
    pub unchanged: u64,
}

/// What a run amounts to: the output of the execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunResponse {
    /// The run.
    pub run: Run,
    /// How it ended.
    pub status: RunStatus,
    /// Why it is not complete.
    pub reasons: Vec<String>,
    /// Its totals.
    pub counts: Counts,
    /// How much of each standard holds in the Organization.
    pub standards: Vec<Score>,
    /// What is to be told of the suppressions.
    pub suppressions: SuppressionNotices,
    /// What is to be told of it. The state machine puts in its place what became of it.
    pub notification: Notification,
}

/// The totals of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Accounts in scope.
    pub accounts: u64,
    /// Accounts left out.
    pub accounts_skipped: u64,
    /// Coverage rows by status.
    pub scopes: BTreeMap<String, u64>,
    /// Resources examined.
    pub resources: u64,
    /// Failed verdicts by severity, without those that are accepted.
    pub failed: BTreeMap<Severity, u64>,
    /// Failed verdicts that are accepted.
    pub suppressed: u64,
    /// Verdicts that could not be reached.
    pub not_available: u64,
    /// Passed verdicts.
    pub passed: u64,
}

impl RunResponse {
    /// The answer for a run that was summed up.
    pub(crate) fn of(summary: RunSummary, notification: Notification) -> Self {
        Self {
            notification,
            run: summary.run,
            status: summary.status,
            reasons: summary.reasons,
            standards: summary.standards,
            suppressions: summary.suppressions,
            counts: Counts {
                accounts: summary.accounts,
                accounts_skipped: summary.accounts_skipped,
                scopes: summary.scopes,
                resources: summary.resources,
                failed: summary.failed,
                suppressed: summary.suppressed,
                not_available: summary.not_available,
                passed: summary.passed,
            },
        }
    }
}

/// Coverage rows by status.
pub(crate) fn by_status(rows: &[Coverage]) -> BTreeMap<&'static str, u64> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row.status.as_str()).or_default() += 1;
    }
    counts
}
