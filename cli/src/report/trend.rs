//! The trend over runs, as `orgsweep trend` prints it.

use std::collections::BTreeMap;

use compliance::{FindingChanges, RunId, RunStatus, RunSummary, Severity};
use jiff::Timestamp;
use serde::Serialize;

use super::table::{day, or_dash};
use crate::output::Row;

/// One run among others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The run.
    pub run: RunId,
    /// When it began.
    pub started_at: Timestamp,
    /// How it ended: the numbers of a partial run lack what it did not see.
    pub status: RunStatus,
    /// Failed verdicts by severity.
    pub failed: BTreeMap<Severity, u64>,
    /// Failed verdicts more, or fewer, than in the run before; absent for the oldest of an answer.
    pub failed_since: Option<i64>,
    /// Verdicts that could not be reached.
    pub not_available: u64,
    /// Accepted failures.
    pub suppressed: u64,
    /// What the run did to findings.
    pub findings: FindingChanges,
    /// Scores in percent by standard.
    pub scores: BTreeMap<String, u64>,
}

/// The points of runs, the newest first.
#[must_use]
pub fn points(runs: &[RunSummary]) -> Vec<Point> {
    let before = runs.iter().skip(1).map(Some).chain([None]);
    runs.iter()
        .zip(before)
        .map(|(run, before)| point(run, before))
        .collect()
}

fn point(run: &RunSummary, before: Option<&RunSummary>) -> Point {
    let failed =
        |run: &RunSummary| i64::try_from(run.failed.values().sum::<u64>()).unwrap_or(i64::MAX);
    let score = |score: &compliance::Score| Some((score.standard.clone(), score.percent()?));
    Point {
        run: run.run.id.clone(),
        started_at: run.run.started_at,
        status: run.status,
        failed: run.failed.clone(),
        failed_since: before.map(|before| failed(run) - failed(before)),
        not_available: run.not_available,
        suppressed: run.suppressed,
        findings: run.findings,
        scores: run.standards.iter().filter_map(score).collect(),
    }
}

impl Row for Point {
    const HEADER: &'static [&'static str] = &[
        "STARTED",
        "STATUS",
        "CRITICAL",
        "HIGH",
        "MEDIUM",
        "LOW",
        "INFORMATIONAL",
        "FAILED SINCE",
        "NOT AVAILABLE",
        "SUPPRESSED",
        "OPENED",
        "REOPENED",
        "RESOLVED",
        "SCORES",
        "RUN",
    ];

    fn cells(&self) -> Vec<String> {
        let of = |severity| {
            self.failed
                .get(&severity)
                .copied()
                .unwrap_or_default()
                .to_string()
        };
        let scores: Vec<String> = self
            .scores
            .iter()
            .map(|(key, percent)| format!("{key} {percent}%"))
            .collect();
        let mut cells = vec![day(self.started_at), self.status.as_str().to_owned()];
        cells.extend(Severity::WORST_FIRST.map(of));
        cells.push(or_dash(
            self.failed_since.map(|by| format!("{by:+}")).as_deref(),
        ));
        cells.extend([
            self.not_available.to_string(),
            self.suppressed.to_string(),
            self.findings.opened.to_string(),
            self.findings.reopened.to_string(),
            self.findings.resolved.to_string(),
            or_dash(Some(&scores.join("; "))),
            self.run.to_string(),
        ]);
        cells
    }
}

#[cfg(test)]
mod tests {
    use compliance::Score;

    use super::*;
    use crate::report::runs::tests::summary;
    use crate::report::table::table;

    #[test]
    fn a_run_is_compared_with_the_one_before() {
        let mut newer = summary();
        newer.failed = [(Severity::High, 1)].into();
        newer.standards = vec![Score {
            standard: "cis-aws/5.0.0".to_owned(),
            passed: 3,
            failed: 1,
            not_available: 0,
        }];
        let rows = points(&[newer, summary()]).iter().map(Row::cells).collect();
        insta::assert_snapshot!(table(Point::HEADER, rows, None));
    }
}
