//! What a run changed, and whether anybody need be told. Pure.

use std::collections::BTreeMap;

use aws::run_changes::Changes;
use compliance::{CoverageStatus, Finding, FindingChange, RunSummary, Severity, SuppressionNotice};

/// A run against the one before it.
#[derive(Debug, Clone)]
pub struct Change<'a> {
    /// The run.
    pub summary: &'a RunSummary,
    /// The run before it, if there was one.
    pub previous: Option<&'a RunSummary>,
    /// The findings that it changed.
    pub changes: &'a Changes,
    /// The worst of those that it opened, the worst first.
    pub worst: &'a [Finding],
    /// The suppressions that end soon: their failures are open again from then on.
    pub expiring: &'a [SuppressionNotice],
}

impl Change<'_> {
    /// Whether anybody need be told.
    pub(crate) fn is_news(&self) -> bool {
        let told = [
            FindingChange::Opened,
            FindingChange::Reopened,
            FindingChange::Resolved,
        ];
        told.into_iter().any(|change| self.count(change) > 0)
            || self.is_coverage_worse()
            || self.expires_newly()
    }

    /// Whether a suppression ends soon of which the run before did not say so: it is told once, not for days.
    fn expires_newly(&self) -> bool {
        let before = self
            .previous
            .map(|previous| previous.suppressions.expiring.as_slice())
            .unwrap_or_default();
        self.expiring.iter().any(|notice| !before.contains(notice))
    }

    /// How many findings changed in this way.
    pub(crate) fn count(&self, change: FindingChange) -> u64 {
        self.by_severity(change).values().sum()
    }

    /// Those of one kind by severity, where there are some.
    pub(crate) fn by_severity(&self, change: FindingChange) -> BTreeMap<Severity, u64> {
        self.changes.get(&change).cloned().unwrap_or_default()
    }

    /// Findings that are new, and those that stand again, by severity.
    pub(crate) fn risen(&self) -> BTreeMap<Severity, u64> {
        let mut new = self.by_severity(FindingChange::Opened);
        for (severity, count) in self.by_severity(FindingChange::Reopened) {
            *new.entry(severity).or_default() += count;
        }
        new
    }

    /// Whether less was seen than in the run before, or nothing in the first.
    pub(crate) fn is_coverage_worse(&self) -> bool {
        let before = self.previous.map_or(1, |previous| tenths(previous).max(1));
        tenths(self.summary) < before
    }
}

/// Scopes of a run that were not left out on purpose.
pub(crate) fn scopes(summary: &RunSummary) -> u64 {
    let of = |status: CoverageStatus| summary.scopes.get(status.as_str()).copied().unwrap_or(0);
    of(CoverageStatus::Complete) + of(CoverageStatus::Partial) + of(CoverageStatus::Failed)
}

/// The share of a run's scopes that were seen completely, in tenths of a percent, rounded down: 999 is not all.
pub(crate) fn tenths(summary: &RunSummary) -> u64 {
    let complete = summary.scopes.get(CoverageStatus::Complete.as_str());
    let complete = complete.copied().unwrap_or(0);
    (complete * 1000).checked_div(scopes(summary)).unwrap_or(0)
}

/// Tenths of a percent in words: `97.4 %`.
pub(crate) fn percent(tenths: u64) -> String {
    format!("{}.{} %", tenths / 10, tenths % 10)
}

#[cfg(test)]
pub(crate) mod samples {
    use compliance::{ResourceType, Run, RunStatus, Service, Status, Verdict};

    use super::*;

    pub(crate) fn run(day: u32) -> Run {
        let started_at = format!("2026-11-{day:02}T02:00:00Z").parse().unwrap();
        Run::of_execution("x", started_at)
    }

    pub(crate) fn summary(day: u32, complete: u64, partial: u64) -> RunSummary {
        let run = run(day);
        let scopes = [
            ("COMPLETE", complete),
            ("PARTIAL", partial),
            ("SKIPPED", 40),
        ];
        let json = serde_json::json!({
            "run": run, "status": RunStatus::Partial, "accounts": 7, "accounts_skipped": 1,
            "reasons": ["`AssumeRole` <answered> `AccessDenied` (account `444455556666`)"],
            "scopes": scopes.map(|(name, count)| (name.to_owned(), count)).into_iter().collect::<BTreeMap<_, _>>(),
            "resources": 310, "failed": {"HIGH": 12}, "not_available": 3, "passed": 900,
            "ended_at": run.started_at.checked_add(jiff::SignedDuration::from_mins(11)).unwrap(),
        });
        serde_json::from_value(json).unwrap()
    }

    pub(crate) fn changes(counts: &[(FindingChange, Severity, u64)]) -> Changes {
        let mut changes = Changes::new();
        for (change, severity, count) in counts {
            changes
                .entry(*change)
                .or_default()
                .insert(*severity, *count);
        }
        changes
    }

    pub(crate) fn finding(control: &str, severity: Severity, reason: &str) -> Finding {
        let verdict = Verdict {
            control: control.parse().unwrap(),
            resource: "arn:aws:s3:::payments-<ledger>".into(),
            resource_type: ResourceType::AwsS3Bucket,
            account: "111122223333".parse().unwrap(),
            region: "eu-west-1".parse().unwrap(),
            status: Status::Failed,
            severity,
            reason: reason.into(),
            key: None,
            buckets: Vec::new(),
        };
        Finding::opened(verdict, Service::S3, &run(20))
    }

    pub(crate) fn expiring() -> SuppressionNotice {
        SuppressionNotice {
            id: "scratch-buckets".parse().unwrap(),
            owner: "storage@example.com".into(),
            expires: "2026-11-27T00:00:00Z".parse().unwrap(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::samples::{changes, expiring, summary};
    use super::*;

    fn is_news(now: &RunSummary, before: Option<&RunSummary>, changed: &Changes) -> bool {
        let change = Change {
            summary: now,
            previous: before,
            changes: changed,
            worst: &[],
            expiring: &[],
        };
        change.is_news()
    }

    #[test]
    fn a_run_that_found_and_saw_the_same_is_no_news() {
        let (before, now) = (summary(19, 30, 2), summary(20, 30, 2));
        let unchanged = changes(&[(FindingChange::Changed, Severity::High, 7)]);
        assert!(!is_news(&now, Some(&before), &unchanged));
        assert!(!is_news(&now, None, &Changes::new()));
    }

    #[test]
    fn a_finding_that_came_or_went_is_news() {
        let (before, now) = (summary(19, 30, 2), summary(20, 30, 2));
        for change in [
            FindingChange::Opened,
            FindingChange::Reopened,
            FindingChange::Resolved,
        ] {
            let changed = changes(&[(change, Severity::Low, 1)]);
            assert!(is_news(&now, Some(&before), &changed), "{change:?}");
        }
    }

    #[test]
    fn less_coverage_is_news_and_more_is_not() {
        let (less, more) = (summary(20, 29, 3), summary(20, 31, 1));
        let before = summary(19, 30, 2);
        let none = Changes::new();
        assert!(is_news(&less, Some(&before), &none));
        assert!(!is_news(&more, Some(&before), &none));
        assert!(is_news(&summary(20, 0, 2), None, &none));
    }

    #[test]
    fn a_suppression_that_ends_soon_is_news_once() {
        let (now, mut before) = (summary(20, 30, 2), summary(19, 30, 2));
        let is_news = |before: &RunSummary| {
            let change = Change {
                summary: &now,
                previous: Some(before),
                changes: &Changes::new(),
                worst: &[],
                expiring: &[expiring()],
            };
            change.is_news()
        };
        assert!(is_news(&before));
        before.suppressions.expiring = vec![expiring()];
        assert!(!is_news(&before));
    }

    #[test]
    fn a_share_is_rounded_down_so_that_almost_all_is_not_all() {
        assert_eq!(percent(tenths(&summary(20, 9_999, 1))), "99.9 %");
        assert_eq!(percent(tenths(&summary(20, 10, 0))), "100.0 %");
        assert_eq!(percent(tenths(&summary(20, 0, 0))), "0.0 %");
    }
}
