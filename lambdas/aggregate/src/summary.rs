//! The summary of a run: what its coverage amounts to. Pure.

use std::collections::{BTreeMap, BTreeSet};

use audit::error::cut;
use compliance::payload::{AccountItem, Failure};
use compliance::{AccountId, Coverage, CoverageStatus, Run, RunStatus, RunSummary, Score};
use jiff::Timestamp;

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
    /// What ended the Map, if something did.
    pub(crate) failure: Option<&'a Failure>,
    /// When the run was summed up.
    pub(crate) at: Timestamp,
}

/// The rows that the ledger lacks: accounts in scope that nobody aggregated, and those left out.
/// None of them is made twice, so that a summary can be repeated.
pub(crate) fn missing_rows(ended: &Ended<'_>, rows: &[Coverage]) -> Vec<Coverage> {
    let covered: BTreeSet<&AccountId> = rows.iter().map(|row| &row.account).collect();
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

/// The ledger without what a redrive overtook: rows of whole accounts that have been aggregated since.
pub(crate) fn current(rows: Vec<Coverage>) -> Vec<Coverage> {
    let is_account = |row: &Coverage| row.region.is_none() && row.service.is_none();
    let aggregated: BTreeSet<AccountId> = rows
        .iter()
        .filter(|row| !is_account(row))
        .map(|row| row.account.clone())
        .collect();
    rows.into_iter()
        .filter(|row| !is_account(row) || !aggregated.contains(&row.account))
        .collect()
}

/// Sums up the whole ledger of a run, missing rows included.
pub(crate) fn summary(ended: &Ended<'_>, rows: &[Coverage], standards: Vec<Score>) -> RunSummary {
    let mut scopes: BTreeMap<String, u64> = BTreeMap::new();
    let mut failed = BTreeMap::new();
    for row in rows {
        *scopes.entry(row.status.as_str().to_owned()).or_default() += 1;
        for (severity, count) in &row.failed_by_severity {
            *failed.entry(*severity).or_default() += count;
        }
    }
    let total = |of: fn(&Coverage) -> u64| rows.iter().map(of).sum();
    RunSummary {
        run: ended.run.clone(),
        status: status(ended, rows),
        reasons: reasons(ended, rows),
        accounts: ended.accounts.len() as u64,
        accounts_skipped: ended.skipped.len() as u64,
        scopes,
        resources: total(|row| row.resources),
        failed,
        not_available: total(|row| row.not_available.values().sum()),
        passed: total(|row| row.passed.values().sum()),
        standards,
        ended_at: ended.at,
    }
}

/// What was skipped on purpose does not count against a run; a run that saw nothing failed.
fn status(ended: &Ended<'_>, rows: &[Coverage]) -> RunStatus {
    let has = |status| rows.iter().any(|row| row.status == status);
    let (complete, partial) = (has(CoverageStatus::Complete), has(CoverageStatus::Partial));
    if !complete && !partial {
        RunStatus::Failed
    } else if partial || has(CoverageStatus::Failed) || ended.failure.is_some() {
        RunStatus::Partial
    } else {
        RunStatus::Complete
    }
}

/// Why a run is not complete: the Map's failure, then what failed, then what is partial.
fn reasons(ended: &Ended<'_>, rows: &[Coverage]) -> Vec<String> {
    let map = ended.failure.map(|failure| {
        format!(
            "the sweep of accounts ended early: {}",
            cut(&failure.in_words())
        )
    });
    let of = |status| {
        rows.iter()
            .filter(move |row| row.status == status)
            .map(reason)
    };
    let mut reasons: Vec<String> = map
        .into_iter()
        .chain(of(CoverageStatus::Failed))
        .chain(of(CoverageStatus::Partial))
        .collect();
    let more = reasons.len().saturating_sub(MOST_REASONS);
    reasons.truncate(MOST_REASONS);
    if more > 0 {
        reasons.push(format!("and {more} more; the coverage holds them all"));
    }
    if reasons.is_empty() && status(ended, rows) == RunStatus::Failed {
        reasons.push("no scope was seen".to_owned());
    }
    reasons
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
