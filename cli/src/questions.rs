//! Questions to the tables that runs write. Each one is answered from an index, never by a scan.

use std::collections::BTreeSet;

use anyhow::{Context, anyhow};
use aws::{FindingsTable, RunsTable};
use aws_config::SdkConfig;
use compliance::{
    AccountId, ControlId, Coverage, Finding, FindingState, Region, RunId, RunSummary, Severity,
    Status,
};

use crate::report::standards::RunScores;
use crate::report::sweep::{Open, SweepReport, WORST};

/// Which open findings are wanted.
#[derive(Debug, Clone)]
pub struct Question {
    /// Of this account.
    pub account: Option<AccountId>,
    /// Of these severities; of all, if empty.
    pub severities: BTreeSet<Severity>,
    /// Of this control.
    pub control: Option<ControlId>,
    /// Of this resource, by ARN.
    pub resource: Option<String>,
    /// In this region.
    pub region: Option<Region>,
    /// With this verdict.
    pub status: Status,
    /// At most so many.
    pub limit: usize,
}

impl Question {
    fn wants_severity(&self, severity: Severity) -> bool {
        self.severities.is_empty() || self.severities.contains(&severity)
    }

    fn wants(&self, finding: &Finding) -> bool {
        let verdict = &finding.verdict;
        finding.state == FindingState::Open
            && verdict.status == self.status
            && self.wants_severity(verdict.severity)
            && self
                .account
                .as_ref()
                .is_none_or(|account| *account == verdict.account)
            && self
                .control
                .as_ref()
                .is_none_or(|control| *control == verdict.control)
            && self
                .resource
                .as_ref()
                .is_none_or(|resource| *resource == verdict.resource)
            && self
                .region
                .as_ref()
                .is_none_or(|region| *region == verdict.region)
    }
}

/// The open findings that are wanted: the worst first, then the oldest.
///
/// The narrowest index answers: resource, then control, account, and severity.
///
/// # Errors
///
/// If the table does not answer.
pub async fn findings(table: &FindingsTable, question: &Question) -> anyhow::Result<Vec<Finding>> {
    let asked = match question {
        Question {
            resource: Some(resource),
            ..
        } => table.by_resource(resource).await,
        Question {
            control: Some(control),
            ..
        } => table.by_control(control).await,
        Question {
            account: Some(account),
            ..
        } => table.of_account(account).await,
        _ => open(table, question).await,
    };
    let mut findings = asked.context("cannot read the findings")?;
    findings.retain(|finding| question.wants(finding));
    findings.sort_by(|a, b| worst_first(a).cmp(&worst_first(b)));
    findings.truncate(question.limit);
    Ok(findings)
}

/// What findings are sorted by: severity downwards, then age, then id.
fn worst_first(finding: &Finding) -> (std::cmp::Reverse<Severity>, jiff::Timestamp, &str) {
    let severity = std::cmp::Reverse(finding.verdict.severity);
    (severity, finding.first_observed_at, finding.id.as_str())
}

/// Open failures, severity by severity until there are enough.
async fn open(table: &FindingsTable, question: &Question) -> Result<Vec<Finding>, aws::Error> {
    // A region is no index key: then the first `limit` may hold none of it.
    let most = if question.region.is_some() {
        usize::MAX
    } else {
        question.limit
    };
    let mut findings = Vec::new();
    for severity in Severity::WORST_FIRST {
        if question.wants_severity(severity) && findings.len() < most {
            findings.extend(
                table
                    .open_by_severity(severity, most - findings.len())
                    .await?,
            );
        }
    }
    Ok(findings)
}

/// The error for a run that is not in the table, or for a table without any.
#[must_use]
pub fn no_such_run(run: Option<&RunId>) -> anyhow::Error {
    match run {
        Some(run) => anyhow!("there is no run `{run}`; see `orgsweep runs`"),
        None => anyhow!("no run has ended yet"),
    }
}

/// The newest runs, newest first.
///
/// # Errors
///
/// If the table does not answer.
pub async fn runs(
    config: &SdkConfig,
    table: &str,
    limit: usize,
) -> anyhow::Result<Vec<RunSummary>> {
    let table = RunsTable::new(config, table);
    table.summaries(limit).await.context("cannot read the runs")
}

/// The ledger of a run, of the newest one unless told; `None` if there is none.
///
/// # Errors
///
/// If the table does not answer.
pub async fn coverage(
    config: &SdkConfig,
    table: &str,
    run: Option<&RunId>,
) -> anyhow::Result<Option<Vec<Coverage>>> {
    let table = RunsTable::new(config, table);
    let run = match run {
        Some(run) => run.clone(),
        None => match summary(&table, None).await? {
            Some(newest) => newest.run.id,
            None => return Ok(None),
        },
    };
    let rows = table
        .coverage(&run)
        .await
        .context("cannot read the coverage")?;
    Ok(Some(rows).filter(|rows| !rows.is_empty()))
}

/// The scores of a run, of the newest one unless told; `None` if there is none.
///
/// # Errors
///
/// If the table does not answer.
pub async fn scores(
    config: &SdkConfig,
    table: &str,
    run: Option<&RunId>,
) -> anyhow::Result<Option<RunScores>> {
    let table = RunsTable::new(config, table);
    let Some(summary) = summary(&table, run).await? else {
        return Ok(None);
    };
    let accounts = table.scores(&summary.run.id).await;
    Ok(Some(RunScores {
        run: summary.run.id,
        organization: summary.standards,
        accounts: accounts.context("cannot read the scores")?,
    }))
}

/// The summary of a run, of the newest one unless told.
async fn summary(table: &RunsTable, run: Option<&RunId>) -> anyhow::Result<Option<RunSummary>> {
    let summary = match run {
        Some(run) => table.summary(run).await,
        None => table
            .summaries(1)
            .await
            .map(|newest| newest.into_iter().next()),
    };
    summary.context("cannot read the runs")
}

/// Both tables.
#[derive(Debug)]
pub struct Tables {
    findings: FindingsTable,
    runs: RunsTable,
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

    /// The report on a run, on the newest one unless told; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If a table does not answer.
    pub async fn report(&self, run: Option<&RunId>) -> anyhow::Result<Option<SweepReport>> {
        let Some(summary) = summary(&self.runs, run).await? else {
            return Ok(None);
        };
        let coverage = self.runs.coverage(&summary.run.id).await;
        let mut open = Vec::new();
        let mut worst = Vec::new();
        for severity in Severity::WORST_FIRST {
            let count = self.findings.count_open(severity).await;
            let count = count.context("cannot count the findings")?;
            open.push(Open { severity, count });
            let wanted = WORST.saturating_sub(worst.len());
            if wanted > 0 {
                let found = self.findings.open_by_severity(severity, wanted).await;
                worst.extend(found.context("cannot read the findings")?);
            }
        }
        let coverage = coverage.context("cannot read the coverage")?;
        Ok(Some(SweepReport {
            summary,
            coverage,
            open,
            worst,
        }))
    }
}

#[cfg(test)]
#[path = "questions_test.rs"]
mod tests;
