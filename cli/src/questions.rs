//! Questions to the tables that runs write. Each one is answered from an index, never by a scan.

mod runs;

use anyhow::{Context, anyhow, bail};
use aws::{Asked, FindingsTable, Page, Part, Question, RunsTable, Token};
use aws_config::SdkConfig;
use compliance::{
    ControlId, Finding, FindingId, FindingState, RunId, RunSummary, Severity, Suppressions,
};
use jiff::Timestamp;

use crate::report::findings::Change;
use crate::report::sweep::{Open, SweepReport, WORST};

pub use runs::Runs;

/// Findings that are counted beyond a page; after that it says `or more`.
const MOST_COUNTED: u64 = 10_000;

/// Which part of an answer is wanted.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What the page before ended with.
    pub after: Option<Token>,
    /// At most so many rows.
    pub limit: usize,
}

/// The error for a run that is not in the table, or for a table without any.
#[must_use]
pub fn no_such_run(run: Option<&RunId>) -> anyhow::Error {
    match run {
        Some(run) => anyhow!("there is no run `{run}`; see `orgsweep runs`"),
        None => anyhow!("no run has ended yet"),
    }
}

/// Both tables.
#[derive(Debug)]
pub struct Tables {
    pub(crate) findings: FindingsTable,
    pub(crate) runs: RunsTable,
}

impl Tables {
    /// The tables of these names.
    #[must_use]
    pub fn new(config: &SdkConfig, findings: &str, runs: &str) -> Self {
        Self {
            findings: FindingsTable::new(config, findings),
            runs: RunsTable::new(config, runs),
        }
    }

    /// All suppressions, those that have ended included.
    ///
    /// # Errors
    ///
    /// If the table does not answer.
    pub async fn suppressions(&self) -> anyhow::Result<Suppressions> {
        let known = self.runs.suppressions().await;
        known.context("cannot read the suppressions")
    }

    /// A page of the findings that are wanted, as they are now.
    ///
    /// # Errors
    ///
    /// If no index answers the question, or a table does not answer.
    pub async fn findings(
        &self,
        question: &Question,
        wanted: &Wanted,
    ) -> anyhow::Result<Page<Finding>> {
        let suppressions = self.suppressions().await?;
        let asked = Asked {
            suppressions: &suppressions,
            now: Timestamp::now(),
        };
        let part = Part {
            after: wanted.after.as_ref(),
            limit: wanted.limit,
            // A reader who goes on has seen how many there are.
            count: if wanted.after.is_none() {
                MOST_COUNTED
            } else {
                0
            },
        };
        let page = self.findings.page(question, asked, part).await;
        Ok(page.context("cannot read the findings")??)
    }

    /// A page of the findings that a run changed, and how; and how many of its changes are not among them because a
    /// later run has changed the finding again, where the whole answer tells that.
    ///
    /// # Errors
    ///
    /// If there is no such run, or a table does not answer.
    pub async fn changes(
        &self,
        question: Question,
        wanted: &Wanted,
    ) -> anyhow::Result<(Page<Change>, u64)> {
        let summary = self.summary(question.changed_in.as_ref()).await?;
        let summary = summary.ok_or_else(|| no_such_run(question.changed_in.as_ref()))?;
        let question = Question {
            changed_in: Some(summary.run.id.clone()),
            ..question
        };
        let page = self.findings(&question, wanted).await?;
        let told = page
            .left_out
            .map(|rest| rest.count + page.items.len() as u64);
        let mut counts = summary.findings;
        let all = compliance::FindingChange::ALL.map(|change| *counts.of(change));
        let all = all.into_iter().sum::<u64>();
        let again = told.filter(|_| question.changes.is_empty());
        let again = again.map_or(0, |told| all.saturating_sub(told));
        let change = |finding: Finding| Change {
            change: finding.last_change(),
            finding,
        };
        Ok((page.map(change), again))
    }

    /// The finding with an id, as it is now.
    ///
    /// # Errors
    ///
    /// If the id is none, there is no such finding, or a table does not answer.
    pub async fn finding(&self, id: &FindingId) -> anyhow::Result<Finding> {
        let (control, resource) = parts(id)?;
        let found = self.findings.finding(id, &control, &resource).await;
        let found = found.context("cannot read the finding")?;
        let Some(found) = found else {
            bail!(
                "there is no finding `{id}`, or it was resolved so long ago that it is no longer kept"
            );
        };
        let suppressions = self.suppressions().await?;
        Ok(found.at(&suppressions, Timestamp::now()))
    }

    /// The report on a run, on the newest one unless told; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If a table does not answer.
    pub async fn report(&self, run: Option<&RunId>) -> anyhow::Result<Option<SweepReport>> {
        let Some(summary) = self.summary(run).await? else {
            return Ok(None);
        };
        let coverage = self.runs.coverage(&summary.run.id).await;
        let suppressions = self.suppressions().await?;
        let asked = Asked {
            suppressions: &suppressions,
            now: Timestamp::now(),
        };
        let mut open = Vec::new();
        for severity in Severity::WORST_FIRST {
            let count = self.findings.count_open(severity, asked).await;
            let count = count.context("cannot count the findings")?;
            open.push(Open { severity, count });
        }
        let part = Part {
            after: None,
            limit: WORST,
            count: 0,
        };
        let worst = self.findings.page(&Question::default(), asked, part).await;
        Ok(Some(SweepReport {
            summary,
            coverage: coverage.context("cannot read the coverage")?,
            open,
            worst: worst.context("cannot read the findings")??.items,
        }))
    }

    async fn summary(&self, run: Option<&RunId>) -> anyhow::Result<Option<RunSummary>> {
        runs::summary(&self.runs, run).await
    }
}

/// The control and the resource that an id names: `{account}/{region}/{control}/{resource}`.
fn parts(id: &FindingId) -> anyhow::Result<(ControlId, String)> {
    let mut parts = id.as_str().splitn(4, '/').skip(2);
    match (
        parts.next().and_then(|control| control.parse().ok()),
        parts.next(),
    ) {
        (Some(control), Some(resource)) => Ok((control, resource.to_owned())),
        _ => bail!("`{id}` is not the id of a finding: expected `account/region/control/resource`"),
    }
}

/// Open failures that a suppression matches; of an account, a control or a resource that it names, else of all.
pub(crate) fn matched_by(suppression: &compliance::Suppression) -> Question {
    let says = suppression.says();
    let name = |pattern: &compliance::suppression::Pattern| {
        let text = pattern.as_str();
        (!text.contains('*')).then(|| text.to_owned())
    };
    Question {
        state: Some(FindingState::Open),
        account: name(&says.account).and_then(|id| id.parse().ok()),
        control: name(&says.control).and_then(|id| id.parse().ok()),
        resource: name(&says.resource),
        ..Question::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_finding_names_control_and_resource() {
        let id = |text: &str| parts(&FindingId::from(text));
        let (control, resource) =
            id("111122223333/eu-west-1/KMS.4/arn:aws:kms:eu-west-1:111122223333:key/k").unwrap();
        assert_eq!(control.as_str(), "KMS.4");
        assert_eq!(resource, "arn:aws:kms:eu-west-1:111122223333:key/k");
        for bad in ["", "111122223333/eu-west-1/KMS.4", "a/b/c/d"] {
            assert!(
                id(bad)
                    .unwrap_err()
                    .to_string()
                    .contains("is not the id of a finding")
            );
        }
    }
}
