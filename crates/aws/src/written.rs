//! What a run changed, counted.

use std::collections::BTreeMap;

use compliance::{Finding, FindingChange};

/// How many findings a run changed, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    pub(crate) changes: BTreeMap<FindingChange, u64>,
    /// Findings that stay as they are.
    pub unchanged: u64,
}

impl Written {
    /// How many findings the run changed in this way.
    #[must_use]
    pub fn count(&self, change: FindingChange) -> u64 {
        self.changes.get(&change).copied().unwrap_or_default()
    }

    /// Adds what was changed elsewhere.
    pub fn extend(&mut self, other: &Self) {
        for (change, count) in &other.changes {
            *self.changes.entry(*change).or_default() += count;
        }
        self.unchanged += other.unchanged;
    }

    /// Counts a finding by what was last done to it.
    pub(crate) fn add(&mut self, finding: &Finding) {
        *self.changes.entry(finding.last_change()).or_default() += 1;
    }
}
