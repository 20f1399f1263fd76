//! Runs, newest first, as `orgsweep runs` prints them.

use compliance::RunSummary;

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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use compliance::{Run, RunStatus, Severity};

    /// A partial run of two minutes.
    pub(crate) fn summary() -> RunSummary {
        RunSummary {
            run: Run {
                id: "20261120T140433000Z-1a2b3c4d".parse().unwrap(),
                started_at: "2026-11-20T14:04:33Z".parse().unwrap(),
            },
            status: RunStatus::Partial,
            reasons: vec![
                "the sweep of accounts ended early".to_owned(),
                "333333333333: FAILED (AssumeRoleDenied)".to_owned(),
            ],
            accounts: 3,
            accounts_skipped: 1,
            scopes: [("COMPLETE".to_owned(), 3), ("PARTIAL".to_owned(), 1)].into(),
            resources: 12,
            failed: [(Severity::High, 5), (Severity::Critical, 2)].into(),
            not_available: 2,
            passed: 40,
            standards: Vec::new(),
            ended_at: "2026-11-20T14:06:33Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_run_is_one_line() {
        insta::assert_snapshot!(rows(&[summary()], None));
    }
}
