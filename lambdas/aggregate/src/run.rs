//! The whole run: coverage becomes a summary.

use compliance::payload::{AccountItem, AccountList, Failure};
use compliance::{Coverage, Run, store_key};
use jiff::Timestamp;
use tracing::info;

use crate::Error;
use crate::response::RunResponse;
use crate::scores::scores;
use crate::settings::Stage;
use crate::summary::{Ended, current, missing_rows, summary};
use crate::tell::tell;

/// Sums up a run: completes its ledger and writes its summary. Repeating it changes nothing but
/// the time.
///
/// # Errors
///
/// If the list of accounts, the runs table or the run bucket cannot be read or written.
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
    let mut rows = stage.runs.coverage(&run.id).await?;
    let ended = Ended {
        run,
        accounts: &accounts,
        skipped: &skipped,
        failure,
        at,
    };
    let missing = missing_rows(&ended, &rows);
    stage.runs.put_coverage(run, &missing).await?;
    rows.extend(missing);
    let rows = current(rows);
    let scores = scores(stage, &rows);
    stage.runs.put_scores(run, &scores.accounts).await?;
    let summary = summary(&ended, &rows, scores.organization);
    stage.runs.put_summary(&summary).await?;
    info!(
        status = summary.status.as_str(),
        resources = summary.resources,
        "summed up"
    );
    let notification = tell(stage, &summary, &rows).await;
    Ok(RunResponse::of(summary, notification))
}
