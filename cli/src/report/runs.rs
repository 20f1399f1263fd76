//! Runs, newest first, as `orgsweep runs` prints them.

use compliance::RunSummary;

use super::table::second;
use crate::output::Row;

impl Row for RunSummary {
    const HEADER: &'static [&'static str] = &[
        "RUN",
        "STATUS",
        "STARTED",
        "SECONDS",
        "ACCOUNTS",
        "RESOURCES",
        "FAILED",
        "SUPPRESSED",
        "NOT AVAILABLE",
    ];

    fn cells(&self) -> Vec<String> {
        let started = self.run.started_at;
        vec![
            self.run.id.to_string(),
            self.status.as_str().to_owned(),
            second(started),
            self.ended_at.duration_since(started).as_secs().to_string(),
            self.accounts.to_string(),
            self.resources.to_string(),
            self.failed.values().sum::<u64>().to_string(),
            self.suppressed.to_string(),
            self.not_available.to_string(),
        ]
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use compliance::{FindingChanges, Run, RunStatus, Severity, SuppressionNotices};

    use super::super::table::table;

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
            suppressed: 3,
            suppressions: SuppressionNotices::default(),
            findings: FindingChanges {
                opened: 4,
                reopened: 1,
                changed: 0,
                suppressed: 0,
                resolved: 2,
                unchanged: 9,
            },
            passed: 40,
            standards: Vec::new(),
            ended_at: "2026-11-20T14:06:33Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_run_is_one_line() {
        insta::assert_snapshot!(table(RunSummary::HEADER, vec![summary().cells()], None));
    }
}
