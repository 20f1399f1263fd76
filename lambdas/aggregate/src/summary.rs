//! The summary of a run: what its coverage amounts to. Pure.

use std::collections::{BTreeMap, BTreeSet};

use audit::error::cut;
use compliance::payload::{AccountItem, Failure};
use compliance::{
    AccountId, Coverage, CoverageStatus, FindingChanges, Run, RunStatus, RunSummary, Score,
    Severity, SuppressionId, Suppressions,
};
use jiff::Timestamp;

use crate::accepted::notices;

/// Reasons that a summary names one by one.
const MOST_REASONS: usize = 20;

/// What the end of a run knows.
#[derive(Debug, Clone)]
pub(crate) struct Ended<'a> {
    /// The run.
    pub(crate) run: &'a Run,
    /// The accounts in scope.
    pub(crate) accounts: &'a [AccountItem],
    /// The accounts that were left out.
    pub(crate) skipped: &'a [Coverage],
    /// All suppressions.
    pub(crate) accepted: &'a Suppressions,
    /// What ended the Map, if something did.
    pub(crate) failure: Option<&'a Failure>,
    /// When the run was summed up.
    pub(crate) at: Timestamp,
}

/// The rows that the ledger lacks: accounts in scope that nobody aggregated, and those left out; `covered` are those
/// that have rows. None of them is made twice, so that a summary can be repeated.
pub(crate) fn missing_rows(ended: &Ended<'_>, covered: &BTreeSet<AccountId>) -> Vec<Coverage> {
    let reason = ended.failure.map_or_else(
        || "not aggregated".to_owned(),
        |failure| format!("not aggregated: {}", cut(&failure.in_words())),
    );
    let unseen = ended
        .accounts
        .iter()
        .filter(|item| !covered.contains(&item.account))
        .map(|item| {
            let failed = CoverageStatus::Failed;
            Coverage::unseen(item.account.clone(), None, None, failed, reason.clone())
                .named(&item.name)
        });
    let skipped = ended
        .skipped
        .iter()
        .filter(|row| !covered.contains(&row.account));
    unseen.chain(skipped.cloned()).collect()
}

/// The rows of one account without what a redrive overtook: one of the whole account, if it has been aggregated since.
pub(crate) fn current(mut rows: Vec<Coverage>) -> Vec<Coverage> {
    let is_account = |row: &Coverage| row.region.is_none() && row.service.is_none();
    if !rows.iter().all(is_account) {
        rows.retain(|row| !is_account(row));
    }
    rows
}

/// The totals of a ledger, row by row.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    scopes: BTreeMap<String, u64>,
    failed_by_severity: BTreeMap<Severity, u64>,
    resources: u64,
    not_available: u64,
    passed: u64,
    suppressed: u64,
    /// The suppressions that matched something.
    matched: BTreeSet<SuppressionId>,
    findings: FindingChanges,
    failed: Reasons,
    partial: Reasons,
}

/// Why rows are not complete: the first ones in words, and how many.
#[derive(Debug, Default)]
struct Reasons {
    first: Vec<String>,
    count: usize,
}

impl Reasons {
    fn add(&mut self, row: &Coverage) {
        self.count += 1;
        if self.first.len() < MOST_REASONS {
            self.first.push(reason(row));
        }
    }
}

impl Totals {
    /// Counts a row.
    pub(crate) fn add(&mut self, row: &Coverage) {
        *self
            .scopes
            .entry(row.status.as_str().to_owned())
            .or_default() += 1;
        for (severity, count) in &row.failed_by_severity {
            *self.failed_by_severity.entry(*severity).or_default() += count;
        }
        self.resources += row.resources;
        self.not_available += row.not_available.values().sum::<u64>();
        self.passed += row.passed.values().sum::<u64>();
        self.suppressed += row.suppressed.values().sum::<u64>();
        self.matched.extend(row.suppressions.keys().cloned());
        self.findings.add(row.findings);
        match row.status {
            CoverageStatus::Failed => self.failed.add(row),
            CoverageStatus::Partial => self.partial.add(row),
            CoverageStatus::Complete | CoverageStatus::Skipped => {}
        }
    }

    /// The summary of the whole ledger, missing rows included.
    pub(crate) fn into_summary(self, ended: &Ended<'_>, standards: Vec<Score>) -> RunSummary {
        RunSummary {
            run: ended.run.clone(),
            status: self.status(ended),
            reasons: self.reasons(ended),
            accounts: ended.accounts.len() as u64,
            accounts_skipped: ended.skipped.len() as u64,
            scopes: self.scopes,
            resources: self.resources,
            failed: self.failed_by_severity,
            suppressed: self.suppressed,
            suppressions: notices(ended.run, ended.accepted, &self.matched),
            findings: self.findings,
            not_available: self.not_available,
            passed: self.passed,
            standards,
            ended_at: ended.at,
        }
    }

    /// What was skipped on purpose does not count against a run; a run that saw nothing failed.
    fn status(&self, ended: &Ended<'_>) -> RunStatus {
        let complete = self.scopes.contains_key(CoverageStatus::Complete.as_str());
        let partial = self.partial.count > 0;
        if !complete && !partial {
            RunStatus::Failed
        } else if partial || self.failed.count > 0 || ended.failure.is_some() {
            RunStatus::Partial
        } else {
            RunStatus::Complete
        }
    }

    /// Why a run is not complete: the Map's failure, then what failed, then what is partial.
    fn reasons(&self, ended: &Ended<'_>) -> Vec<String> {
        let map = ended.failure.map(|failure| {
            format!(
                "the sweep of accounts ended early: {}",
                cut(&failure.in_words())
            )
        });
        let all = map.iter().count() + self.failed.count + self.partial.count;
        let named = self.failed.first.iter().chain(&self.partial.first).cloned();
        let mut reasons: Vec<String> = map.into_iter().chain(named).take(MOST_REASONS).collect();
        let more = all.saturating_sub(MOST_REASONS);
        if more > 0 {
            reasons.push(format!("and {more} more; the coverage holds them all"));
        }
        if reasons.is_empty() && self.status(ended) == RunStatus::Failed {
            reasons.push("no scope was seen".to_owned());
        }
        reasons
    }
}

fn reason(row: &Coverage) -> String {
    let service = row
        .service
        .map(|service| format!(" {service}"))
        .unwrap_or_default();
    let region = row
        .region
        .as_ref()
        .map(|region| format!(" {region}"))
        .unwrap_or_default();
    let why = row.reason.as_deref().unwrap_or("no reason was given");
    format!(
        "{}{service}{region}: {} ({why})",
        row.account,
        row.status.as_str()
    )
}

#[cfg(test)]
#[path = "summary_test.rs"]
mod tests;
