//! What is accepted: the suppressions of a run, and what becomes of the counts. Pure.

use std::collections::BTreeSet;

use compliance::{
    Coverage, Run, Status, SuppressionId, SuppressionNotice, SuppressionNotices, SuppressionRecord,
    Suppressions, Verdict,
};
use jiff::Timestamp;

/// Moves accepted failures of a scope out of those that count. They count neither as failed nor as passed, so that a
/// control that fails nowhere else keeps its score, as Security Hub has it (user guide, "Calculating security
/// scores": suppressed findings are ignored).
pub(crate) fn accept(
    row: &mut Coverage,
    verdicts: &[Verdict],
    known: &Suppressions,
    at: Timestamp,
) {
    let failed = verdicts.iter().filter(|it| it.status == Status::Failed);
    for verdict in failed {
        let mut accepted = false;
        for record in known.matching(verdict, at) {
            let id = record.suppression.id().clone();
            *row.suppressions.entry(id).or_default() += 1;
            accepted = true;
        }
        if accepted {
            let control = &verdict.control;
            take(row.failed.get_mut(control));
            take(row.failed_by_severity.get_mut(&verdict.severity));
            *row.suppressed.entry(control.clone()).or_default() += 1;
        }
    }
    row.failed.retain(|_, count| *count > 0);
    row.failed_by_severity.retain(|_, count| *count > 0);
}

fn take(count: Option<&mut u64>) {
    if let Some(count) = count {
        *count = count.saturating_sub(1);
    }
}

/// What the end of a run has to tell of the suppressions that were in force at its start.
pub(crate) fn notices(
    run: &Run,
    known: &Suppressions,
    matched: &BTreeSet<SuppressionId>,
) -> SuppressionNotices {
    let at = run.started_at;
    let mut in_force: Vec<&SuppressionRecord> = known.records().iter().collect();
    in_force.retain(|record| record.in_force(at));
    in_force.sort_by_key(|record| (record.suppression.id(), record.source));
    let matched = |record: &SuppressionRecord| matched.contains(record.suppression.id());
    let (expiring, more) = list(&in_force, |record| record.expires_soon(at));
    let (matching_nothing, idle) = list(&in_force, |record| !matched(record));
    SuppressionNotices {
        in_force: in_force.len() as u64,
        expiring,
        matching_nothing,
        left_out: more + idle,
    }
}

/// The first of those that are wanted, and how many more there are.
fn list(
    records: &[&SuppressionRecord],
    wanted: impl Fn(&SuppressionRecord) -> bool,
) -> (Vec<SuppressionNotice>, u64) {
    let notice = |record: &&SuppressionRecord| {
        let says = record.suppression.says();
        SuppressionNotice {
            id: says.id.clone(),
            owner: says.owner.clone(),
            expires: says.expires,
        }
    };
    let wanted = records.iter().filter(|record| wanted(record));
    let all: Vec<SuppressionNotice> = wanted.map(notice).collect();
    let left_out = all.len().saturating_sub(SuppressionNotices::MOST) as u64;
    let first = all.into_iter().take(SuppressionNotices::MOST);
    (first.collect(), left_out)
}

#[cfg(test)]
mod tests {
    use compliance::{CoverageStatus, Service, Severity};
    use serde_json::json;

    use super::*;

    fn run() -> Run {
        Run::of_execution("x", "2026-11-28T00:00:00Z".parse().unwrap())
    }

    fn suppression(id: &str, resource: &str, expires: &str) -> SuppressionRecord {
        SuppressionRecord::configured(
            serde_json::from_value(
                json!({"id": id, "control": "S3.8", "account": "*", "resource": resource,
                "reason": "known", "owner": "web", "created": "2026-11-01", "expires": expires}),
            )
            .unwrap(),
        )
    }

    fn verdict(resource: &str, status: &str) -> Verdict {
        serde_json::from_value(json!({"control": "S3.8", "resource": resource, "resource_type": "AwsS3Bucket",
            "account": "111122223333", "region": "eu-west-1", "status": status, "severity": "HIGH", "reason": "open"}))
        .unwrap()
    }

    /// A row with two failures of a control, and one that could not be judged.
    fn row() -> Coverage {
        let account = "111122223333".parse().unwrap();
        let mut row = Coverage::unseen(
            account,
            None,
            Some(Service::S3),
            CoverageStatus::Complete,
            "",
        );
        row.failed = [("S3.8".parse().unwrap(), 2)].into();
        row.failed_by_severity = [(Severity::High, 2)].into();
        row.not_available = [("S3.8".parse().unwrap(), 1)].into();
        row
    }

    #[test]
    fn an_accepted_failure_counts_apart_and_what_could_not_be_judged_stays() {
        let verdicts = [
            verdict("arn:aws:s3:::website", "FAILED"),
            verdict("arn:aws:s3:::other", "FAILED"),
            verdict("arn:aws:s3:::website-2", "NOT_AVAILABLE"),
        ];
        let known = [
            suppression("all", "arn:aws:s3:::website*", "2027-01-01"),
            suppression("one", "arn:aws:s3:::website", "2027-02-01"),
        ];
        let known = known.into_iter().collect();
        let mut row = row();
        accept(&mut row, &verdicts, &known, run().started_at);
        let counts = format!(
            "{:?} {:?} {:?} {:?} {:?}",
            row.failed.values(),
            row.failed_by_severity,
            row.suppressed.values(),
            row.not_available.values(),
            row.suppressions.values(),
        );
        assert_eq!(counts, "[1] {High: 1} [1] [1] [1, 1]");
        accept(
            &mut row,
            &verdicts[1..2],
            &[suppression("rest", "arn:aws:s3:::other", "2027-01-01")]
                .into_iter()
                .collect(),
            run().started_at,
        );
        assert!(row.failed.is_empty() && row.failed_by_severity.is_empty());
    }

    #[test]
    fn a_suppression_that_has_ended_changes_no_count() {
        let known: Suppressions = [suppression("old", "arn:aws:s3:::website", "2026-11-28")]
            .into_iter()
            .collect();
        let mut row = row();
        accept(
            &mut row,
            &[verdict("arn:aws:s3:::website", "FAILED")],
            &known,
            run().started_at,
        );
        assert_eq!(
            (row.failed.values().sum::<u64>(), row.suppressed.len()),
            (2, 0)
        );
    }

    #[test]
    fn the_end_of_a_run_tells_what_expires_and_what_matched_nothing() {
        let soon = suppression("soon", "arn:aws:s3:::website", "2026-12-05");
        let idle = suppression("idle", "arn:aws:s3:::gone", "2027-01-01");
        let over = suppression("over", "arn:aws:s3:::website", "2026-11-20");
        let matched = [soon.suppression.id().clone()].into();
        let known: Suppressions = [soon, idle, over].into_iter().collect();
        let told = notices(&run(), &known, &matched);
        let ids = |list: &[SuppressionNotice]| {
            list.iter().map(|it| it.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!((told.in_force, told.left_out), (2, 0));
        assert_eq!(ids(&told.expiring), ["soon"]);
        assert_eq!(ids(&told.matching_nothing), ["idle"]);
    }

    #[test]
    fn long_lists_are_cut_and_say_so() {
        let known =
            (0..60).map(|n| suppression(&format!("s{n:02}"), "arn:aws:s3:::gone", "2027-01-01"));
        let told = notices(&run(), &known.collect(), &BTreeSet::new());
        assert_eq!(
            (told.matching_nothing.len(), told.left_out),
            (SuppressionNotices::MOST, 10)
        );
    }
}
