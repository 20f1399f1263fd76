//! The report parts of a scope, read from the run bucket one after the other: never all at once.

use audit::error::chain;
use aws::RunStore;
use compliance::Report;
use futures::StreamExt;
use futures::stream;

use crate::plan::Audited;

/// Parts that are fetched ahead of the one at work.
const AHEAD: usize = 4;

/// Why the reports of a scope cannot be used, in words: which part is missing or not what was written.
pub(crate) type Unusable = String;

/// Reads parts of a scope in order and hands each to `take`. The inner error says which part cannot be used; nothing
/// of the scope is to be used then.
pub(crate) async fn read(
    store: &RunStore,
    audited: &Audited,
    parts: Vec<u32>,
    mut take: impl AsyncFnMut(u32, Report),
) -> Result<Result<(), Unusable>, aws::Error> {
    let mut reading = stream::iter(parts)
        .map(|part| one(store, audited, part))
        .buffered(AHEAD);
    while let Some(read) = reading.next().await {
        match read? {
            Ok((part, report)) => take(part, report).await,
            Err(reason) => return Ok(Err(reason)),
        }
    }
    Ok(Ok(()))
}

async fn one(
    store: &RunStore,
    audited: &Audited,
    part: u32,
) -> Result<Result<(u32, Report), Unusable>, aws::Error> {
    let key = audited.scope.report_key(part);
    match store.get_json::<Report>(&key).await {
        Ok(report) if belongs(&report, audited, part) => Ok(Ok((part, report))),
        Ok(_) => Ok(Err(format!("`{key}` is the report of something else"))),
        Err(error @ aws::Error::Unreadable { .. }) => {
            Ok(Err(format!("{}: {}", error.name(), chain(&error))))
        }
        Err(error) => Err(error),
    }
}

fn belongs(report: &Report, audited: &Audited, part: u32) -> bool {
    let scope = &audited.scope;
    report.run == scope.run
        && report.account == scope.account
        && report.region == scope.region
        && report.service == scope.service
        && report.part == part
}
