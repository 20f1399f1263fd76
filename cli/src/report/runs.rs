//! Runs, newest first, as `orgsweep runs` prints them.

use compliance::{RunSummary, Severity};

use super::table::table;

/// One line per run.
#[must_use]
pub fn rows(runs: &[RunSummary], width: Option<u16>) -> String {
    let header = [
        "RUN",
        "STATUS",
        "STARTED",
        "SECONDS",
        "ACCOUNTS",
        "RESOURCES",
        "FAILED",
        "NOT AVAILABLE",
    ];
    table(&header, runs.iter().map(row).collect(), width)
}

fn row(summary: &RunSummary) -> Vec<String> {
    let started = summary.run.started_at;
    vec![
        summary.run.id.to_string(),
        summary.status.as_str().to_owned(),
        started.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        summary
            .ended_at
            .duration_since(started)
            .as_secs()
            .to_string(),
        summary.accounts.to_string(),
        summary.resources.to_string(),
        summary.failed.values().sum::<u64>().to_string(),
        summary.not_available.to_string(),
    ]
}

/// The failed verdicts by severity, the worst first, in one line: `2 CRITICAL, 5 HIGH`.
#[must_use]
pub fn failed_by_severity(summary: &RunSummary) -> String {
    let counts: Vec<String> = Severity::WORST_FIRST
        .iter()
        .filter_map(|severity| Some(format!("{} {severity}", summary.failed.get(severity)?)))
        .collect();
    if counts.is_empty() {
        "none".to_owned()
    } else {
        counts.join(", ")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use compliance::{Run, RunStatus};

    /// A partial run of two minutes.
    pub(crate) fn summary() -> RunSummary {
        RunSummary {
            run: Run {
                id: "20261120T140433000Z-1a2b3c4d".parse().unwrap(),
                started_at: "2026-11-20T14:04:33Z".parse().unwrap(),
            },
            status: RunStatus::Partial,
            reasons: vec!["1 account could not be entered".to_owned()],
            accounts: 3,
            accounts_skipped: 1,
            scopes: [("COMPLETE".to_owned(), 3), ("PARTIAL".to_owned(), 1)].into(),
            resources: 12,
            failed: [(Severity::High, 5), (Severity::Critical, 2)].into(),
            not_available: 2,
            passed: 40,
            ended_at: "2026-11-20T14:06:33Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_run_is_one_line() {
        insta::assert_snapshot!(rows(&[summary()], None));
    }

    #[test]
    fn failures_are_counted_with_the_worst_first() {
        assert_eq!(failed_by_severity(&summary()), "2 CRITICAL, 5 HIGH");
    }
}
