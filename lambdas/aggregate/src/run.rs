//! The whole run: coverage becomes a summary, one account after the other.

use std::collections::BTreeSet;

use compliance::payload::{AccountItem, AccountList, Failure};
use compliance::{AccountId, AccountScores, Coverage, CoverageStatus, Run, store_key};
use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use tracing::info;

use crate::Error;
use crate::measured::Seen;
use crate::response::RunResponse;
use crate::scores::Board;
use crate::settings::Stage;
use crate::summary::{Ended, Totals, current, missing_rows};
use crate::tell::tell;

/// Accounts whose scores are written at a time.
const SCORES: usize = 100;
/// Accounts that nobody aggregated, whose findings are marked stale at a time.
const STALE: usize = 8;

/// Sums up a run: completes its ledger and writes its summary. Repeating it changes nothing but
/// the time. The ledger is never held whole.
///
/// # Errors
///
/// If the list of accounts, a table or the run bucket cannot be read or written.
pub(crate) async fn aggregate(
    stage: &Stage,
    run: &Run,
    list: &AccountList,
    failure: Option<&Failure>,
    at: Timestamp,
) -> Result<RunResponse, Error> {
    let accounts: Vec<AccountItem> = stage.store.get_json(&list.key).await?;
    let skipped: Vec<Coverage> = stage
        .store
        .get_json(&store_key::skipped_accounts(&run.id))
        .await?;
    stage.runs.note_configured(run, &stage.suppressions).await?;
    let accepted = stage.accepted().await?;
    let ended = Ended {
        run,
        accounts: &accounts,
        skipped: &skipped,
        accepted: &accepted,
        failure,
        at,
    };
    let mut summing = Summing {
        stage,
        run,
        totals: Totals::default(),
        board: Board::default(),
        seen: Seen::default(),
        scores: Vec::new(),
    };
    let covered = summing.add_ledger().await?;
    summing.add_missing(missing_rows(&ended, &covered)).await?;
    summing.write_scores().await?;
    let Summing {
        totals,
        board,
        seen,
        ..
    } = summing;
    let summary = totals.into_summary(&ended, board.organization(stage));
    stage.runs.put_summary(&summary).await?;
    info!(
        status = summary.status.as_str(),
        resources = summary.resources,
        "summed up"
    );
    let notification = tell(stage, &summary, &seen).await;
    Ok(RunResponse::of(summary, notification))
}

/// A summary at work.
struct Summing<'a> {
    stage: &'a Stage,
    run: &'a Run,
    totals: Totals,
    board: Board,
    seen: Seen,
    /// Scores that are not written yet.
    scores: Vec<AccountScores>,
}

impl Summing<'_> {
    /// Adds the whole ledger, which is sorted by account; the accounts that are in it.
    async fn add_ledger(&mut self) -> Result<BTreeSet<AccountId>, Error> {
        let mut covered = BTreeSet::new();
        let mut account: Vec<Coverage> = Vec::new();
        let mut pages = self.stage.runs.coverage_pages(&self.run.id);
        while let Some(rows) = pages.next().await? {
            for row in rows {
                if account
                    .last()
                    .is_some_and(|last| last.account != row.account)
                {
                    self.add_account(std::mem::take(&mut account)).await?;
                }
                covered.insert(row.account.clone());
                account.push(row);
            }
        }
        self.add_account(account).await?;
        Ok(covered)
    }

    /// Adds all rows of one account.
    async fn add_account(&mut self, rows: Vec<Coverage>) -> Result<(), Error> {
        let rows = current(rows);
        for row in &rows {
            self.totals.add(row);
            self.seen.add(row);
        }
        self.scores.extend(self.board.add(self.stage, &rows));
        if self.scores.len() >= SCORES {
            self.write_scores().await?;
        }
        Ok(())
    }

    /// Writes and adds what the ledger lacks. The findings of accounts that nobody aggregated are stale.
    async fn add_missing(&mut self, missing: Vec<Coverage>) -> Result<(), Error> {
        self.stage.runs.put_coverage(self.run, &missing).await?;
        let failed = missing
            .iter()
            .filter(|row| row.status == CoverageStatus::Failed);
        stream::iter(failed)
            .map(|row| self.stage.findings.note_unseen(self.run, row))
            .buffer_unordered(STALE)
            .try_collect::<()>()
            .await?;
        for row in missing {
            self.add_account(vec![row]).await?;
        }
        Ok(())
    }

    async fn write_scores(&mut self) -> Result<(), Error> {
        let scores = std::mem::take(&mut self.scores);
        Ok(self.stage.runs.put_scores(self.run, &scores).await?)
    }
}
