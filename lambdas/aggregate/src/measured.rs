//! What is measured of a run, once it is summed up. Pure.

use std::collections::{BTreeMap, BTreeSet};

use audit::metrics::{Metric, Readings, number};
use aws::run_changes::Changes;
use compliance::{AccountId, Coverage, CoverageStatus, FindingChange, RunSummary, Severity};

use crate::notification::tenths;

/// What the ledger of a run says of what was seen, row by row.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    accounts: BTreeSet<AccountId>,
    gaps: u64,
}

impl Seen {
    /// Counts a row: its account if something of it was seen, its gaps, and itself if it failed.
    pub(crate) fn add(&mut self, row: &Coverage) {
        self.gaps += row.gap_count;
        match row.status {
            CoverageStatus::Complete | CoverageStatus::Partial => {
                self.accounts.insert(row.account.clone());
            }
            CoverageStatus::Failed => self.gaps += 1,
            CoverageStatus::Skipped => {}
        }
    }
}

/// The readings of a run: its totals, and findings by severity.
pub(crate) fn readings(summary: &RunSummary, seen: &Seen, changes: &Changes) -> Vec<Readings> {
    let lasted = summary.ended_at.duration_since(summary.run.started_at);
    let totals = Readings {
        of: None,
        values: vec![
            (Metric::AccountsSwept, number(seen.accounts.len() as u64)),
            (Metric::Gaps, number(seen.gaps)),
            (Metric::CoveragePercent, number(tenths(summary)) / 10.0),
            (Metric::RunDuration, lasted.as_secs_f64()),
        ],
    };
    let found = by_severity(changes);
    std::iter::once(totals).chain(found).collect()
}

fn by_severity(changes: &Changes) -> Vec<Readings> {
    let mut values: BTreeMap<Severity, BTreeMap<&str, (Metric, u64)>> = BTreeMap::new();
    for (change, counts) in changes {
        let metric = match change {
            FindingChange::Opened | FindingChange::Reopened => Metric::FindingsOpened,
            FindingChange::Resolved => Metric::FindingsResolved,
            _ => continue,
        };
        for (severity, count) in counts {
            let of_severity = values.entry(*severity).or_default();
            of_severity.entry(metric.name()).or_insert((metric, 0)).1 += count;
        }
    }
    let readings = values.into_iter().map(|(severity, metrics)| Readings {
        of: Some(severity.to_string()),
        values: metrics
            .into_values()
            .map(|(metric, count)| (metric, number(count)))
            .collect(),
    });
    readings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notification::change::samples::{changes, summary};

    fn row(account: &str, status: CoverageStatus, gap_count: u64) -> Coverage {
        let unseen = Coverage::unseen(account.parse().unwrap(), None, None, status, "");
        Coverage {
            gap_count,
            ..unseen
        }
    }

    #[test]
    fn a_run_tells_its_totals_and_its_findings_by_severity() {
        let rows = [
            row("111122223333", CoverageStatus::Complete, 0),
            row("111122223333", CoverageStatus::Partial, 4),
            row("444455556666", CoverageStatus::Failed, 0),
            row("777788889999", CoverageStatus::Skipped, 0),
        ];
        let mut seen = Seen::default();
        for row in &rows {
            seen.add(row);
        }
        let changed = changes(&[
            (FindingChange::Opened, Severity::High, 3),
            (FindingChange::Reopened, Severity::High, 1),
            (FindingChange::Resolved, Severity::Low, 2),
            (FindingChange::Changed, Severity::Low, 9),
        ]);
        let readings = readings(&summary(20, 29, 3), &seen, &changed);
        let told: Vec<(Option<&str>, &str, f64)> = readings
            .iter()
            .flat_map(|it| {
                it.values
                    .iter()
                    .map(|(metric, value)| (it.of.as_deref(), metric.name(), *value))
            })
            .collect();
        assert_eq!(
            told,
            [
                (None, "AccountsSwept", 1.0),
                (None, "Gaps", 5.0),
                (None, "CoveragePercent", 90.6),
                (None, "RunDuration", 660.0),
                (Some("LOW"), "FindingsResolved", 2.0),
                (Some("HIGH"), "FindingsOpened", 4.0),
            ]
        );
    }
}
