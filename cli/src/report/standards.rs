//! Scores: how much of each standard holds.

use std::fmt::Write as _;

use compliance::{AccountId, AccountScores, RunId, Score};
use serde::Serialize;

use super::table::{or_dash, table};
use crate::output::csv;

/// The scores of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunScores {
    /// The run.
    pub run: RunId,
    /// Over all accounts that were seen; empty where one account is asked for.
    pub organization: Vec<Score>,
    /// Of each account in scope.
    pub accounts: Vec<AccountScores>,
}

impl RunScores {
    /// The scores of one account, if the run has them.
    #[must_use]
    pub fn only(mut self, account: &AccountId) -> Option<Self> {
        self.organization.clear();
        self.accounts.retain(|it| it.account == *account);
        (!self.accounts.is_empty()).then_some(self)
    }

    /// The scores for people: the Organization first, then each account that was seen.
    #[must_use]
    pub fn in_words(&self, width: Option<u16>) -> String {
        let mut text = String::new();
        if !self.organization.is_empty() {
            let _infallible = write!(text, "ORGANIZATION\n\n{}", rows(&self.organization, width));
        }
        for account in &self.accounts {
            let gap = if text.is_empty() { "" } else { "\n" };
            let name = match account.account_name.as_str() {
                "" => String::new(),
                name => format!(" {name}"),
            };
            let _infallible = write!(text, "{gap}{}{name}\n\n", account.account);
            if account.is_seen() {
                text.push_str(&rows(&account.scores, width));
            } else {
                text.push_str("nothing was judged: see `orgsweep coverage`\n");
            }
        }
        text
    }

    /// The scores as CSV; the Organization has no account id.
    #[must_use]
    pub fn csv(&self) -> String {
        let header = [
            "ACCOUNT",
            "ACCOUNT NAME",
            "STANDARD",
            "PASSED",
            "FAILED",
            "NOT AVAILABLE",
            "PERCENT",
        ];
        let organization = self.organization.iter().map(|score| ("", "", score));
        let accounts = self.accounts.iter().flat_map(|it| {
            let name = it.account_name.as_str();
            let scores = it.scores.iter();
            scores.map(move |score| (it.account.as_str(), name, score))
        });
        let row = |(account, name, score): (&str, &str, &Score)| {
            vec![
                account.to_owned(),
                name.to_owned(),
                score.standard.clone(),
                score.passed.to_string(),
                score.failed.to_string(),
                score.not_available.to_string(),
                score.percent().map(|it| it.to_string()).unwrap_or_default(),
            ]
        };
        csv(&header, organization.chain(accounts).map(row))
    }
}

/// One line per standard.
#[must_use]
pub fn rows(scores: &[Score], width: Option<u16>) -> String {
    let row = |score: &Score| {
        let percent = score.percent().map(|it| format!("{it}%"));
        vec![
            score.standard.clone(),
            or_dash(percent.as_deref()),
            score.passed.to_string(),
            score.failed.to_string(),
            score.not_available.to_string(),
        ]
    };
    let header = ["STANDARD", "SCORE", "PASSED", "FAILED", "NOT AVAILABLE"];
    table(&header, scores.iter().map(row).collect(), width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(standard: &str, passed: u64, failed: u64, not_available: u64) -> Score {
        Score {
            standard: standard.to_owned(),
            passed,
            failed,
            not_available,
        }
    }

    fn scores() -> RunScores {
        let account = |id: &str, name: &str, scores: Vec<Score>| AccountScores {
            account: id.parse().unwrap(),
            account_name: name.to_owned(),
            scores,
        };
        RunScores {
            run: "20261120T140433000Z-1a2b3c4d".parse().unwrap(),
            organization: vec![
                score("cis-aws/5.0.0", 1, 2, 1),
                score("pci-dss/4.0.1", 3, 0, 0),
            ],
            accounts: vec![
                account(
                    "111122223333",
                    "=pay\"ments",
                    vec![score("cis-aws/5.0.0", 3, 1, 0)],
                ),
                account(
                    "444455556666",
                    "acquired",
                    vec![score("cis-aws/5.0.0", 0, 0, 0)],
                ),
            ],
        }
    }

    #[test]
    fn the_organization_comes_first_and_an_unseen_account_has_no_score() {
        insta::assert_snapshot!(scores().in_words(None), @r#"
        ORGANIZATION

        STANDARD       SCORE  PASSED  FAILED  NOT AVAILABLE
        cis-aws/5.0.0  25%    1       2       1
        pci-dss/4.0.1  100%   3       0       0

        111122223333 =pay"ments

        STANDARD       SCORE  PASSED  FAILED  NOT AVAILABLE
        cis-aws/5.0.0  75%    3       1       0

        444455556666 acquired

        nothing was judged: see `orgsweep coverage`
        "#);
    }

    #[test]
    fn one_account_alone() {
        let one = scores().only(&"111122223333".parse().unwrap()).unwrap();
        insta::assert_snapshot!(one.in_words(None), @r#"
        111122223333 =pay"ments

        STANDARD       SCORE  PASSED  FAILED  NOT AVAILABLE
        cis-aws/5.0.0  75%    3       1       0
        "#);
        assert_eq!(scores().only(&"999999999999".parse().unwrap()), None);
    }

    #[test]
    fn csv_quotes_names_and_leaves_a_missing_score_empty() {
        insta::assert_snapshot!(scores().csv(), @r#"
        account,account_name,standard,passed,failed,not_available,percent
        ,,cis-aws/5.0.0,1,2,1,25
        ,,pci-dss/4.0.1,3,0,0,100
        111122223333,"'=pay""ments",cis-aws/5.0.0,3,1,0,75
        444455556666,acquired,cis-aws/5.0.0,0,0,0,
        "#);
    }
}
