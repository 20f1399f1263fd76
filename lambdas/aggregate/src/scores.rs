//! How much of each standard holds: per account, and in the Organization. Pure.

use std::collections::BTreeMap;

use compliance::{AccountId, AccountScores, Coverage, CoverageStatus, Score};
use controls::Standings;

use crate::settings::Stage;

/// The scores of a run.
pub(crate) struct Scores {
    /// Over all accounts that were seen.
    pub(crate) organization: Vec<Score>,
    /// Of each account in scope; nothing is judged in one that could not be entered.
    pub(crate) accounts: Vec<AccountScores>,
}

/// Counts the ledger of a run. A control that failed in one account is failed in the Organization.
pub(crate) fn scores(stage: &Stage, rows: &[Coverage]) -> Scores {
    let disabled = &stage.parameters.configured().disabled_controls;
    let mut accounts: BTreeMap<(&AccountId, &str), Standings> = BTreeMap::new();
    for row in rows
        .iter()
        .filter(|row| row.status != CoverageStatus::Skipped)
    {
        let standings = accounts
            .entry((&row.account, row.account_name.as_str()))
            .or_default();
        standings.add_row(&stage.catalog, disabled, row);
    }
    let mut organization = Standings::default();
    for standings in accounts.values() {
        organization.add_all(standings);
    }
    let of_account = |((account, name), standings): (&(&AccountId, &str), &Standings)| {
        let scores = stage.standards.scores(standings);
        AccountScores {
            account: (*account).clone(),
            account_name: (*name).to_owned(),
            scores,
        }
    };
    Scores {
        organization: stage.standards.scores(&organization),
        accounts: accounts.iter().map(of_account).collect(),
    }
}
