//! Scores: how much of a standard holds.

use serde::{Deserialize, Serialize};

use crate::AccountId;

/// How many controls of a standard hold, as Security Hub counts (user guide, "Calculating security
/// scores"): a control is failed if it failed on any resource, and controls without a verdict do not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Key of the standard, such as `cis-aws/5.0.0`.
    pub standard: String,
    /// Controls that passed on every resource.
    pub passed: u64,
    /// Controls that failed on some resource.
    pub failed: u64,
    /// Controls that failed nowhere, but could not be judged everywhere. They count as not passed.
    pub not_available: u64,
}

impl Score {
    /// Controls that were judged.
    #[must_use]
    pub fn judged(&self) -> u64 {
        self.passed + self.failed + self.not_available
    }

    /// Passed of judged controls in percent, rounded down, so that 100 means all; `None` if none was judged.
    #[must_use]
    pub fn percent(&self) -> Option<u64> {
        (self.passed * 100).checked_div(self.judged())
    }
}

/// The scores of one account in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountScores {
    /// The account.
    pub account: AccountId,
    /// Its name in the Organization; empty if it has none.
    #[serde(default)]
    pub account_name: String,
    /// One score per standard.
    pub scores: Vec<Score>,
}

impl AccountScores {
    /// Whether anything of the account was judged.
    #[must_use]
    pub fn is_seen(&self) -> bool {
        self.scores.iter().any(|score| score.judged() > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(passed: u64, failed: u64, not_available: u64) -> Score {
        Score {
            standard: "cis-aws/5.0.0".into(),
            passed,
            failed,
            not_available,
        }
    }

    #[test]
    fn what_could_not_be_judged_counts_as_not_passed() {
        assert_eq!(score(1, 1, 1).percent(), Some(33));
        assert_eq!(score(199, 1, 0).percent(), Some(99), "100 means all");
        assert_eq!(score(2, 0, 0).percent(), Some(100));
        assert_eq!(score(0, 0, 0).percent(), None);
    }
}
