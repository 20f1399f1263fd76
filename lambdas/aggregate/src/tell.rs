//! The end of a run: what is measured of it, and what people and programs are told.

use audit::error::chain;
use audit::metrics;
use aws::run_changes::{Changes, RunChanges};
use compliance::RunSummary;
use tracing::warn;

use crate::measured::{Seen, readings};
use crate::notification::{Change, MOST_FINDINGS, Notification};
use crate::settings::Stage;

/// Measures a run, and writes what is to be told of it. That this fails is told, and fails nothing.
pub(crate) async fn tell(stage: &Stage, summary: &RunSummary, seen: &Seen) -> Notification {
    match look(stage, summary).await {
        Ok((previous, changes)) => {
            metrics::emit(&readings(summary, seen, &changes.counts));
            let change = Change {
                summary,
                previous: previous.as_ref(),
                changes: &changes.counts,
                worst: &changes.worst,
                expiring: &summary.suppressions.expiring,
            };
            Notification::of(&change, stage.mail.clone())
        }
        Err(error) => {
            let failure = chain(&error);
            warn!("cannot tell what the run changed: {failure}");
            metrics::emit(&readings(summary, seen, &Changes::new()));
            Notification::failed(failure)
        }
    }
}

/// The run before this one, and what this one changed.
async fn look(
    stage: &Stage,
    summary: &RunSummary,
) -> Result<(Option<RunSummary>, RunChanges), aws::Error> {
    let run = &summary.run.id;
    // This run is among them when it is summed up again.
    let newest = stage.runs.summaries(None, 10).await?.items;
    let previous = newest.into_iter().find(|other| other.run.id < *run);
    let changes = stage.findings.changes_of(run, MOST_FINDINGS).await?;
    Ok((previous, changes))
}
