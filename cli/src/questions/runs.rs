//! Questions about runs: which there were, what each saw, and how the standards stand.

use anyhow::Context;
use aws::{Page, RunsTable};
use aws_config::SdkConfig;
use compliance::{Coverage, RunId, RunSummary};

use super::{Wanted, no_such_run};
use crate::report::standards::RunScores;

/// Questions about runs.
#[derive(Debug)]
pub struct Runs(RunsTable);

impl Runs {
    /// The runs table of this name.
    #[must_use]
    pub fn new(config: &SdkConfig, table: &str) -> Self {
        Self(RunsTable::new(config, table))
    }

    /// A page of the runs, the newest first.
    ///
    /// # Errors
    ///
    /// If the table does not answer.
    pub async fn page(&self, wanted: &Wanted) -> anyhow::Result<Page<RunSummary>> {
        let page = self.0.summaries(wanted.after.as_ref(), wanted.limit).await;
        page.context("cannot read the runs")
    }

    /// A page of the ledger of a run, of the newest one unless told.
    ///
    /// # Errors
    ///
    /// If there is no such run, or the table does not answer.
    pub async fn coverage(
        &self,
        run: Option<&RunId>,
        wanted: &Wanted,
    ) -> anyhow::Result<Page<Coverage>> {
        let id = match run {
            Some(run) => run.clone(),
            None => {
                self.newest()
                    .await?
                    .ok_or_else(|| no_such_run(None))?
                    .run
                    .id
            }
        };
        let page = self
            .0
            .coverage_page(&id, wanted.after.as_ref(), wanted.limit)
            .await;
        let page = page.context("cannot read the coverage")?;
        if page.items.is_empty() && wanted.after.is_none() {
            return Err(no_such_run(run));
        }
        Ok(page)
    }

    /// The scores of a run, of the newest one unless told; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If the table does not answer.
    pub async fn scores(&self, run: Option<&RunId>) -> anyhow::Result<Option<RunScores>> {
        let Some(summary) = summary(&self.0, run).await? else {
            return Ok(None);
        };
        let accounts = self.0.scores(&summary.run.id).await;
        Ok(Some(RunScores {
            run: summary.run.id,
            organization: summary.standards,
            accounts: accounts.context("cannot read the scores")?,
        }))
    }

    async fn newest(&self) -> anyhow::Result<Option<RunSummary>> {
        summary(&self.0, None).await
    }
}

/// The summary of a run, of the newest one unless told.
pub(super) async fn summary(
    table: &RunsTable,
    run: Option<&RunId>,
) -> anyhow::Result<Option<RunSummary>> {
    let summary = match run {
        Some(run) => table.summary(run).await,
        None => table
            .summaries(None, 1)
            .await
            .map(|page| page.items.into_iter().next()),
    };
    summary.context("cannot read the runs")
}
