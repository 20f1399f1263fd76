//! The coverage of one scope: counts of its reports, and how complete they are. Pure.

use std::collections::BTreeMap;

use audit::Judged;
use audit::error::cut;
use compliance::payload::Failure;
use compliance::{
    ControlId, Coverage, CoverageStatus, FindingChanges, Gap, Report, Status, Verdict,
};
use controls::is_of_a_broken_policy;

use crate::plan::Audited;

/// Counts over all parts of a scope's report; of the gaps only the first are kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    resources: u64,
    vanished: u64,
    passed: BTreeMap<ControlId, u64>,
    failed: BTreeMap<ControlId, u64>,
    failed_by_severity: BTreeMap<compliance::Severity, u64>,
    not_available: BTreeMap<ControlId, u64>,
    /// Verdicts on the scope's own resources that a broken policy kept from being reached.
    unjudged: u64,
    gap_count: u64,
    gaps: Vec<Gap>,
    /// Gaps by operation and code.
    causes: BTreeMap<(String, String), u64>,
}

impl Tally {
    /// Counts one part.
    pub(crate) fn add(&mut self, report: &Report) {
        self.resources += report.resources.len() as u64;
        self.vanished += report.vanished;
        self.add_verdicts(&report.verdicts, &report.passed);
        let unjudged = report
            .verdicts
            .iter()
            .filter(|verdict| is_of_a_broken_policy(verdict));
        self.unjudged += unjudged.count() as u64;
        report.gaps.iter().for_each(|gap| self.add_gap(gap.clone()));
    }

    /// Counts verdicts on the joined buckets and keys. One that could not be reached leaves the scope
    /// complete: the key is another account's, or was left out on purpose; otherwise there is a gap.
    pub(crate) fn add_judged(&mut self, judged: &Judged) {
        self.add_verdicts(&judged.verdicts, &judged.passed);
    }

    fn add_verdicts(&mut self, verdicts: &[Verdict], passed: &BTreeMap<ControlId, u64>) {
        for verdict in verdicts {
            let by_control = match verdict.status {
                Status::Passed => &mut self.passed,
                Status::Failed => &mut self.failed,
                Status::NotAvailable => &mut self.not_available,
            };
            *by_control.entry(verdict.control.clone()).or_default() += 1;
            if verdict.status == Status::Failed {
                *self.failed_by_severity.entry(verdict.severity).or_default() += 1;
            }
        }
        for (control, count) in passed {
            *self.passed.entry(control.clone()).or_default() += count;
        }
    }

    /// Counts something that was not seen.
    pub(crate) fn add_gap(&mut self, gap: Gap) {
        self.gap_count += 1;
        let cause = (gap.operation.clone(), gap.code.clone());
        *self.causes.entry(cause).or_default() += 1;
        if self.gaps.len() < Coverage::MOST_GAPS {
            self.gaps.push(gap);
        }
    }

    /// The row: complete only if the audit came to its end and everything was read and judged.
    pub(crate) fn into_row(self, audited: &Audited) -> Coverage {
        let reason = self.why_not_complete(audited.ended.as_ref());
        Coverage {
            account: audited.scope.account.clone(),
            account_name: String::new(),
            region: audited.scope.region.clone(),
            service: Some(audited.scope.service),
            status: match reason {
                None => CoverageStatus::Complete,
                Some(_) => CoverageStatus::Partial,
            },
            ended_early: audited.ended.is_some(),
            reason,
            resources: self.resources,
            vanished: self.vanished,
            passed: self.passed,
            failed: self.failed,
            suppressed: BTreeMap::new(),
            suppressions: BTreeMap::new(),
            failed_by_severity: self.failed_by_severity,
            not_available: self.not_available,
            gap_count: self.gap_count,
            gaps: self.gaps,
            findings: FindingChanges::default(),
            notes: Vec::new(),
        }
    }

    fn why_not_complete(&self, ended: Option<&Failure>) -> Option<String> {
        let ended = ended.map(|failure| format!("ended early: {}", cut(&failure.in_words())));
        let reasons: Vec<String> = ended.into_iter().chain(self.what_is_missing()).collect();
        (!reasons.is_empty()).then(|| reasons.join("; "))
    }

    /// The refused operations with their codes, the most frequent first; without any, what could
    /// not be judged.
    fn what_is_missing(&self) -> Option<String> {
        if self.causes.is_empty() {
            let unjudged = self.unjudged;
            return (unjudged > 0)
                .then(|| format!("verdicts that could not be reached: {unjudged}"));
        }
        let mut causes: Vec<_> = self.causes.iter().collect();
        causes.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let more = causes.len().saturating_sub(MOST_CAUSES);
        let named = causes.iter().take(MOST_CAUSES);
        let mut texts: Vec<String> = named
            .map(|((operation, code), count)| format!("{operation} {code} ({count})"))
            .collect();
        if more > 0 {
            texts.push(format!("and {more} other causes"));
        }
        Some(format!("not read: {}", texts.join(", ")))
    }
}

/// Causes that a row's reason names; the gaps tell the others.
const MOST_CAUSES: usize = 5;

#[cfg(test)]
mod tests {
    use audit::Scope;
    use compliance::Service;
    use serde_json::{Value, json};

    use super::*;

    fn audited(ended: Option<Failure>) -> Audited {
        Audited {
            scope: Scope {
                run: "20261120T140433000Z-1a2b3c4d".parse().unwrap(),
                account: "111122223333".parse().unwrap(),
                region: None,
                service: Service::S3,
            },
            parts: 1,
            ended,
        }
    }

    fn verdict(control: &str, status: &str, severity: &str) -> Value {
        json!({"control": control, "resource": "arn:aws:s3:::b", "resource_type": "AwsS3Bucket",
            "account": "111122223333", "region": "eu-west-1", "status": status,
            "severity": severity, "reason": "because"})
    }

    fn gap(operation: &str) -> Gap {
        Gap {
            account: "111122223333".parse().unwrap(),
            region: None,
            service: Some(Service::S3),
            resource: Some("arn:aws:s3:::b".into()),
            operation: operation.into(),
            code: "AccessDenied".into(),
        }
    }

    fn report(verdicts: &[Value], gaps: Vec<Gap>) -> Report {
        let mut report: Report = serde_json::from_value(json!({
            "run": "20261120T140433000Z-1a2b3c4d", "account": "111122223333", "region": null,
            "service": "s3", "part": 0, "resources": ["arn:aws:s3:::a", "arn:aws:s3:::b"],
            "vanished": 1, "verdicts": verdicts, "passed": {"S3.8": 2}, "gaps": [],
        }))
        .unwrap();
        report.gaps = gaps;
        report
    }

    fn row(reports: &[Report], ended: Option<Failure>) -> Coverage {
        let mut tally = Tally::default();
        for report in reports {
            tally.add(report);
        }
        tally.into_row(&audited(ended))
    }

    #[test]
    fn parts_add_up() {
        let failed = [
            verdict("S3.5", "FAILED", "MEDIUM"),
            verdict("S3.8", "FAILED", "HIGH"),
        ];
        let row = row(
            &[
                report(&failed, Vec::new()),
                report(&failed[..1], Vec::new()),
            ],
            None,
        );
        let text = format!(
            "{} resources={} vanished={} passed={:?} failed={:?} {:?} reason={:?}",
            row.status.as_str(),
            row.resources,
            row.vanished,
            row.passed.values().collect::<Vec<_>>(),
            row.failed.values().collect::<Vec<_>>(),
            row.failed_by_severity,
            row.reason,
        );
        insta::assert_snapshot!(text, @"COMPLETE resources=4 vanished=2 passed=[4] failed=[2, 1] {Medium: 2, High: 1} reason=None");
    }

    #[test]
    fn gaps_make_a_scope_partial_and_name_the_causes() {
        let gaps = vec![
            gap("GetBucketAcl"),
            gap("GetBucketPolicy"),
            gap("GetBucketPolicy"),
        ];
        let row = row(&[report(&[], gaps)], None);
        assert_eq!(row.status, CoverageStatus::Partial);
        let expected = "not read: GetBucketPolicy AccessDenied (2), GetBucketAcl AccessDenied (1)";
        assert_eq!(row.reason.as_deref(), Some(expected));
        assert_eq!(row.gap_count, 3);
    }

    #[test]
    fn a_broken_policy_makes_a_scope_partial_and_an_undecided_control_does_not() {
        let mut undecided = verdict("S3.8", "NOT_AVAILABLE", "HIGH");
        let of = |verdict: &Value| row(&[report(std::slice::from_ref(verdict), Vec::new())], None);
        assert_eq!(of(&undecided).status, CoverageStatus::Complete);
        undecided["reason"] = json!("policy `controls.s3.x` is broken: it gives no single verdict");
        let row = of(&undecided);
        assert_eq!(row.status, CoverageStatus::Partial);
        assert_eq!(
            row.reason.as_deref(),
            Some("verdicts that could not be reached: 1")
        );
    }

    #[test]
    fn a_key_of_another_account_leaves_its_buckets_complete() {
        let mut tally = Tally::default();
        let verdict = verdict("SK-001", "NOT_AVAILABLE", "HIGH");
        tally.add_judged(&Judged {
            verdicts: vec![serde_json::from_value(verdict).unwrap()],
            passed: BTreeMap::new(),
            gaps: Vec::new(),
        });
        let row = tally.into_row(&audited(None));
        assert_eq!(row.status, CoverageStatus::Complete);
        assert_eq!(row.not_available.values().sum::<u64>(), 1);
    }

    #[test]
    fn an_audit_that_ended_early_is_partial_and_says_why() {
        let failure = Failure {
            error: "States.Timeout".into(),
            cause: String::new(),
        };
        let row = row(&[report(&[], Vec::new())], Some(failure));
        assert_eq!(row.status, CoverageStatus::Partial);
        assert_eq!(row.reason.as_deref(), Some("ended early: States.Timeout"));
    }

    #[test]
    fn a_row_keeps_the_first_gaps_and_counts_them_all() {
        let gaps = vec![gap("GetBucketAcl"); 150];
        let row = row(&[report(&[], gaps)], None);
        assert_eq!((row.gap_count, row.gaps.len()), (150, Coverage::MOST_GAPS));
    }
}
