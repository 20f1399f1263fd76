//! What has come together of an account so far.

use std::collections::BTreeMap;

use aws::Written;
use compliance::{Coverage, FindingChange};

use crate::hub::Sent;
use crate::response::Changes;

/// Rows of coverage, and what was changed and imported.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) rows: Vec<Coverage>,
    pub(crate) changes: Changes,
    pub(crate) imported: u64,
    pub(crate) refused: u64,
    /// The first failure of an import that another try may overcome.
    pub(crate) retryable: Option<aws::Error>,
}

/// What became of one scope's findings.
#[derive(Debug, Default)]
pub(crate) struct Tidings {
    pub(crate) written: Written,
    imported: u64,
    refused: u64,
    reasons: BTreeMap<String, u64>,
    retryable: Option<aws::Error>,
}

impl Tidings {
    /// Adds what became of an import.
    pub(crate) fn add(&mut self, sent: Sent) {
        self.imported += sent.imported.imported;
        self.refused += sent.imported.refused.len() as u64;
        for (reason, findings) in sent.imported.reasons {
            *self.reasons.entry(reason).or_default() += findings;
        }
        self.retryable = self.retryable.take().or(sent.retryable);
    }
}

impl Ledger {
    /// Enters a scope, with what Security Hub did not take as notes.
    pub(crate) fn enter(&mut self, mut row: Coverage, tidings: Tidings) {
        let note = |(reason, findings)| format!("{reason} (findings: {findings})");
        row.notes.extend(tidings.reasons.into_iter().map(note));
        let count = |change| tidings.written.count(change);
        for change in FindingChange::ALL {
            *row.findings.of(change) = count(change);
        }
        row.findings.unchanged = tidings.written.unchanged;
        self.rows.push(row);
        self.changes.opened += count(FindingChange::Opened);
        self.changes.reopened += count(FindingChange::Reopened);
        self.changes.changed += count(FindingChange::Changed);
        self.changes.suppressed += count(FindingChange::Suppressed);
        self.changes.resolved += count(FindingChange::Resolved);
        self.changes.unchanged += tidings.written.unchanged;
        self.imported += tidings.imported;
        self.refused += tidings.refused;
        self.retryable = self.retryable.take().or(tidings.retryable);
    }
}
