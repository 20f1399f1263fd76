//! The report on a run: coverage first, then open findings by severity, then the ten worst.

use std::fmt::Write as _;

use compliance::{Coverage, Finding, RunSummary, Severity};
use serde::Serialize;

use super::table::{counted, table};
use super::{coverage, findings, standards, suppressions};

/// How many findings the report shows one by one.
pub const WORST: usize = 10;

/// All that the report says.
#[derive(Debug, Serialize)]
pub struct SweepReport {
    /// The run.
    pub summary: RunSummary,
    /// Its ledger.
    pub coverage: Vec<Coverage>,
    /// Number of open failed findings by severity, the worst first.
    pub open: Vec<Open>,
    /// The first of the worst of them, at most [`WORST`].
    pub worst: Vec<Finding>,
}

/// Open failed findings of a severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Open {
    /// The severity.
    pub severity: Severity,
    /// How many.
    pub count: u64,
}

impl SweepReport {
    /// The report for people.
    #[must_use]
    pub fn in_words(&self, width: Option<u16>) -> String {
        let mut text = self.heading();
        let _infallible = write!(
            text,
            "\nCOVERAGE\n\n{}",
            coverage::in_words(&self.coverage, width)
        );
        if !self.summary.standards.is_empty() {
            let rows = standards::rows(&self.summary.standards, width);
            let _infallible = write!(text, "\nSTANDARDS\n\n{rows}");
        }
        let accepted = suppressions::in_words(&self.summary);
        if !accepted.is_empty() {
            let _infallible = write!(text, "\nSUPPRESSIONS\n\n{accepted}");
        }
        let _infallible = write!(text, "\nOPEN FINDINGS\n\n{}", self.open_findings(width));
        if !self.worst.is_empty() {
            let shown = u64::try_from(self.worst.len()).unwrap_or(u64::MAX);
            let _infallible = write!(
                text,
                "\nTHE WORST {shown}\n\n{}",
                findings::rows(&self.worst, width)
            );
        }
        text
    }

    fn heading(&self) -> String {
        let summary = &self.summary;
        let mut text = format!(
            "Run {} is {}: {}, {} examined, {} passed, {} failed, {} suppressed, {} not available.\n",
            summary.run.id,
            summary.status.as_str(),
            counted(summary.accounts, "account"),
            counted(summary.resources, "resource"),
            summary.passed,
            summary.failed.values().sum::<u64>(),
            summary.suppressed,
            summary.not_available,
        );
        for reason in summary
            .reasons
            .iter()
            .filter(|reason| !self.is_in_coverage(reason))
        {
            let _infallible = writeln!(text, "  {reason}");
        }
        text
    }

    /// Whether a reason is about one account, of which the coverage tells the same.
    fn is_in_coverage(&self, reason: &str) -> bool {
        self.coverage
            .iter()
            .any(|row| reason.starts_with(row.account.as_str()))
    }

    fn open_findings(&self, width: Option<u16>) -> String {
        if self.open.iter().all(|open| open.count == 0) {
            return "none\n".to_owned();
        }
        let row = |open: &Open| vec![open.severity.to_string(), open.count.to_string()];
        table(
            &["SEVERITY", "OPEN"],
            self.open.iter().map(row).collect(),
            width,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::runs;

    fn open(severity: Severity, count: u64) -> Open {
        Open { severity, count }
    }

    #[test]
    fn coverage_comes_before_findings() {
        let mut summary = runs::tests::summary();
        summary.suppressions = suppressions::tests::notices();
        let report = SweepReport {
            summary,
            coverage: coverage::tests::sample(),
            open: vec![open(Severity::Critical, 1), open(Severity::High, 0)],
            worst: vec![findings::tests::finding("S3.2", Severity::Critical)],
        };
        insta::assert_snapshot!(report.in_words(None));
    }

    #[test]
    fn no_open_findings_are_said_to_be_none() {
        let report = SweepReport {
            summary: runs::tests::summary(),
            coverage: Vec::new(),
            open: vec![open(Severity::Critical, 0)],
            worst: Vec::new(),
        };
        assert!(report.in_words(None).ends_with("OPEN FINDINGS\n\nnone\n"));
    }
}
