//! The one pipeline: collect a page, judge it, write its report, and go on while there is time.

use std::time::Duration;

use aws::run_store::RunStore;
use compliance::payload::{AuditResponse, Progress};
use compliance::{Report, Service, Status, Verdict, store_key};
use controls::{Catalog, Parameters};
use jiff::Timestamp;
use tracing::{info, warn};

use crate::error::chain;
use crate::key_use::key_references;
use crate::report::report_on;
use crate::{Collector, Deadline, Error, Judge, Judged, Page, RunParameters, Scope};

/// What every auditor needs besides its collector.
#[derive(Debug)]
pub struct Stage {
    /// The controls.
    pub catalog: Catalog,
    /// Who evaluates their policies.
    pub judge: Judge,
    /// Their parameters.
    pub parameters: RunParameters,
    /// The run bucket.
    pub store: RunStore,
}

/// Audits a scope from where `progress` stands until it or the time box ends.
///
/// Each page becomes one report part; repeating an invocation repeats its parts under the same
/// keys. At least one page is done in each invocation, so that it always advances. A failure after
/// the first page hands back what was done: the next invocation meets it again, if it lasts.
///
/// # Errors
///
/// If the Organization of the run cannot be read, the first page cannot be collected, or a part
/// cannot be written.
pub async fn audit_scope(
    stage: &Stage,
    collector: &impl Collector,
    scope: &Scope,
    progress: Progress,
    deadline: &Deadline,
) -> Result<AuditResponse, Error> {
    let mut done = AuditResponse {
        next: progress.next,
        parts: progress.parts,
        resources: 0,
    };
    let parameters = stage.parameters.of(&stage.store, &scope.run).await?;
    let mut longest = Duration::ZERO;
    loop {
        let started = Timestamp::now();
        match audit_page(stage, &parameters, collector, scope, &done).await {
            Ok(after) => done = after,
            Err(error) if done.parts > progress.parts => {
                warn!(
                    error = chain(&error),
                    parts = done.parts,
                    "handing back what is done"
                );
                return Ok(done);
            }
            Err(error) => return Err(error),
        }
        let now = Timestamp::now();
        longest = longest.max(now.duration_since(started).unsigned_abs());
        if done.next.is_none() || !deadline.leaves(now, longest) {
            info!(
                parts = done.parts,
                resources = done.resources,
                more = done.next.is_some(),
                "audited"
            );
            return Ok(done);
        }
    }
}

/// Collects, judges and reports the page that follows what is done.
async fn audit_page(
    stage: &Stage,
    parameters: &Parameters,
    collector: &impl Collector,
    scope: &Scope,
    done: &AuditResponse,
) -> Result<AuditResponse, Error> {
    let page = next_page(collector, scope, done.next.as_deref()).await?;
    let Stage { catalog, judge, .. } = stage;
    let judged = judge.judge(catalog, parameters, &page.observations).await;
    let report = report_on(judged, catalog, parameters, scope, done.parts, &page);
    write(&stage.store, scope, &report).await?;
    Ok(AuditResponse {
        resources: done.resources + report.resources.len() as u64,
        parts: done.parts + 1,
        next: page.next,
    })
}

/// Collects the page after `after`; a listing that stands still is an error, or it would go on for ever.
async fn next_page(
    collector: &impl Collector,
    scope: &Scope,
    after: Option<&str>,
) -> Result<Page, Error> {
    let page = collector.collect(after).await?;
    match &page.next {
        Some(next) if Some(next.as_str()) == after => Err(Error::Stuck {
            account: scope.account.clone(),
            service: scope.service,
            next: next.clone(),
        }),
        _ => Ok(page),
    }
}

/// Writes a part, and for S3 the references for the KMS audit before it.
async fn write(store: &RunStore, scope: &Scope, report: &Report) -> Result<(), Error> {
    if scope.service == Service::S3 {
        let key = store_key::key_references(&scope.run, &scope.account, report.part);
        store
            .put_json(&key, &key_references(&report.key_uses))
            .await?;
    }
    store
        .put_json(&scope.report_key(report.part), report)
        .await?;
    Ok(())
}

/// A whole scope, audited in memory.
#[derive(Debug, Default)]
pub struct AuditedScope {
    /// One report per page.
    pub reports: Vec<Report>,
    /// The PASSED verdicts, which the reports only count.
    pub passed: Vec<Verdict>,
}

/// Audits a whole scope in memory, as the CLI does; nothing is written.
///
/// # Errors
///
/// If a page cannot be collected.
pub async fn audit_all(
    catalog: &Catalog,
    judge: &Judge,
    parameters: &Parameters,
    collector: &impl Collector,
    scope: &Scope,
) -> Result<AuditedScope, Error> {
    let mut audited = AuditedScope::default();
    let mut after: Option<String> = None;
    for part in 0.. {
        let page = next_page(collector, scope, after.as_deref()).await?;
        let (verdicts, gaps) = judge
            .verdicts(catalog, parameters, &page.observations)
            .await;
        let passed = |verdict: &&Verdict| verdict.status == Status::Passed;
        audited
            .passed
            .extend(verdicts.iter().filter(passed).cloned());
        let judged = Judged {
            gaps,
            ..Judged::of(verdicts)
        };
        let report = report_on(judged, catalog, parameters, scope, part, &page);
        audited.reports.push(report);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(audited)
}

#[cfg(test)]
#[path = "pipeline_test.rs"]
mod tests;
