//! How much of each standard holds: per account, and in the Organization. Pure.

use compliance::{AccountScores, Coverage, CoverageStatus, Score};
use controls::Standings;

use crate::settings::Stage;

/// The scores of a run, account by account.
#[derive(Debug, Default)]
pub(crate) struct Board {
    organization: Standings,
}

impl Board {
    /// The scores of the account of these rows; none if it was left out. A control that failed in one account is failed
    /// in the Organization; nothing is judged in an account that could not be entered.
    pub(crate) fn add(&mut self, stage: &Stage, rows: &[Coverage]) -> Option<AccountScores> {
        let disabled = &stage.parameters.configured().disabled_controls;
        let mut wanted = rows
            .iter()
            .filter(|row| row.status != CoverageStatus::Skipped)
            .peekable();
        let first = *wanted.peek()?;
        let mut standings = Standings::default();
        for row in wanted {
            standings.add_row(&stage.catalog, disabled, row);
        }
        self.organization.add_all(&standings);
        Some(AccountScores {
            account: first.account.clone(),
            account_name: first.account_name.clone(),
            scores: stage.standards.scores(&standings),
        })
    }

    /// The scores over all accounts that were seen.
    pub(crate) fn organization(&self, stage: &Stage) -> Vec<Score> {
        stage.standards.scores(&self.organization)
    }
}
