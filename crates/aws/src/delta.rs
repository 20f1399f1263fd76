//! What one run changes in one scope: its verdicts against the findings that are stored.

use std::collections::{BTreeMap, BTreeSet};

use compliance::{ControlId, Finding, FindingId, FindingState, Region, Run, Service, Verdict};

use crate::finding_item::MOST_BUCKETS;

/// What a run says of one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeVerdicts {
    /// The service.
    pub service: Service,
    /// The region; `None` for S3, whose scope is the account.
    pub region: Option<Region>,
    /// Its failed and not-available verdicts.
    pub verdicts: Vec<Verdict>,
    /// Controls for which the whole scope was examined in this run: a stored finding of one of them that is not
    /// among the verdicts is resolved. Empty for a scope that is not complete: absence then proves nothing.
    pub resolvable: BTreeSet<ControlId>,
    /// Regions that were examined: a stored finding in another one stays as it is.
    pub examined: BTreeSet<Region>,
}

/// What is to be written, and what is not.
#[derive(Debug, Default)]
pub(crate) struct Delta {
    /// Findings as they are to be from now on.
    pub(crate) writes: Vec<(Change, Finding)>,
    /// Findings that this run has written already: an invocation was repeated.
    pub(crate) written: Vec<(Change, Finding)>,
    /// Findings that stay as they are.
    pub(crate) unchanged: u64,
}

/// What happened to a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is new, or failed again after it was resolved.
    Opened,
    /// Its verdict says something else.
    Changed,
    /// It no longer stands.
    Resolved,
}

/// Compares a scope's verdicts with its stored findings.
pub(crate) fn between(run: &Run, scope: &ScopeVerdicts, stored: Vec<Finding>) -> Delta {
    let mut stored: BTreeMap<FindingId, Finding> = stored
        .into_iter()
        .map(|finding| (finding.id.clone(), finding))
        .collect();
    let verdicts: BTreeMap<FindingId, Verdict> = scope
        .verdicts
        .iter()
        .map(|verdict| (verdict.finding_id(), kept(verdict)))
        .collect();
    let mut delta = Delta::default();
    for (id, verdict) in verdicts {
        delta.stand(run, scope.service, verdict, stored.remove(&id));
    }
    for finding in stored.into_values() {
        let Verdict {
            control, region, ..
        } = &finding.verdict;
        if scope.resolvable.contains(control) && scope.examined.contains(region) {
            delta.resolve(run, finding);
        }
    }
    delta
}

impl Delta {
    /// A verdict stands, with or without a stored finding.
    fn stand(&mut self, run: &Run, service: Service, verdict: Verdict, stored: Option<Finding>) {
        let Some(stored) = stored else {
            let finding = Finding {
                id: verdict.finding_id(),
                verdict,
                service,
                state: FindingState::Open,
                first_observed_at: run.started_at,
                changed_at: run.started_at,
                changed_in: run.id.clone(),
            };
            return self.writes.push((Change::Opened, finding));
        };
        if stored.state != FindingState::Resolved && stored.verdict == verdict {
            return self.keep(run, stored);
        }
        let (change, state) = match stored.state {
            FindingState::Resolved => (Change::Opened, FindingState::Open),
            state => (Change::Changed, state),
        };
        let finding = Finding {
            verdict,
            state,
            changed_at: run.started_at,
            changed_in: run.id.clone(),
            ..stored
        };
        self.writes.push((change, finding));
    }

    /// A stored finding says what the verdict says.
    fn keep(&mut self, run: &Run, stored: Finding) {
        if stored.changed_in != run.id {
            self.unchanged += 1;
        } else if stored.first_observed_at == stored.changed_at {
            self.written.push((Change::Opened, stored));
        } else {
            self.written.push((Change::Changed, stored));
        }
    }

    /// A stored finding has no verdict any more.
    fn resolve(&mut self, run: &Run, stored: Finding) {
        if stored.state != FindingState::Resolved {
            let finding = Finding {
                state: FindingState::Resolved,
                changed_at: run.started_at,
                changed_in: run.id.clone(),
                ..stored
            };
            self.writes.push((Change::Resolved, finding));
        } else if stored.changed_in == run.id {
            self.written.push((Change::Resolved, stored));
        }
    }
}

/// The verdict as the table keeps it.
fn kept(verdict: &Verdict) -> Verdict {
    let mut verdict = verdict.clone();
    verdict.buckets.truncate(MOST_BUCKETS);
    verdict
}

#[cfg(test)]
mod tests {
    use compliance::{ResourceType, Severity, Status};

    use super::*;

    fn run(day: u32) -> Run {
        let started_at = format!("2026-11-{day:02}T00:00:00Z").parse().unwrap();
        Run::of_execution("x", started_at)
    }

    fn verdict(control: &str, reason: &str) -> Verdict {
        Verdict {
            control: control.parse().unwrap(),
            resource: "arn:aws:s3:::logs".into(),
            resource_type: ResourceType::AwsS3Bucket,
            account: "111122223333".parse().unwrap(),
            region: "eu-west-1".parse().unwrap(),
            status: Status::Failed,
            severity: Severity::High,
            reason: reason.into(),
            key: None,
            buckets: Vec::new(),
        }
    }

    fn scope(verdicts: &[Verdict], resolvable: &[&str]) -> ScopeVerdicts {
        ScopeVerdicts {
            service: Service::S3,
            region: None,
            verdicts: verdicts.to_vec(),
            resolvable: resolvable.iter().map(|id| id.parse().unwrap()).collect(),
            examined: BTreeSet::from(["eu-west-1".parse().unwrap()]),
        }
    }

    /// The findings that are stored after a run.
    fn after(run: &Run, scope: &ScopeVerdicts, stored: Vec<Finding>) -> Vec<Finding> {
        let delta = between(run, scope, stored.clone());
        let mut all: BTreeMap<_, _> = stored.into_iter().map(|f| (f.id.clone(), f)).collect();
        all.extend(delta.writes.into_iter().map(|(_, f)| (f.id.clone(), f)));
        all.into_values().collect()
    }

    fn changes(delta: &Delta) -> Vec<(Change, &str)> {
        delta
            .writes
            .iter()
            .map(|(change, finding)| (*change, finding.verdict.control.as_str()))
            .collect()
    }

    #[test]
    fn a_new_failure_opens_and_a_repeated_run_writes_nothing() {
        let scope = scope(&[verdict("S3.8", "public")], &["S3.8"]);
        let first = between(&run(1), &scope, Vec::new());
        assert_eq!(changes(&first), [(Change::Opened, "S3.8")]);

        let stored = after(&run(1), &scope, Vec::new());
        let repeated = between(&run(1), &scope, stored.clone());
        assert!(repeated.writes.is_empty());
        assert_eq!(repeated.written, first.writes);

        let next = between(&run(2), &scope, stored);
        assert!(next.writes.is_empty() && next.written.is_empty());
        assert_eq!(next.unchanged, 1);
    }

    #[test]
    fn a_changed_failure_keeps_when_it_was_first_observed() {
        let stored = after(&run(1), &scope(&[verdict("S3.8", "a")], &[]), Vec::new());
        let delta = between(&run(2), &scope(&[verdict("S3.8", "b")], &[]), stored);
        assert_eq!(changes(&delta), [(Change::Changed, "S3.8")]);
        let (_, finding) = &delta.writes[0];
        assert_eq!(finding.first_observed_at, run(1).started_at);
        assert_eq!(
            (finding.changed_at, &finding.changed_in),
            (run(2).started_at, &run(2).id)
        );
    }

    #[test]
    fn a_failure_is_resolved_only_where_its_control_was_examined_completely() {
        let failures = [verdict("S3.8", "a"), verdict("S3.1", "b")];
        let stored = after(&run(1), &scope(&failures, &[]), Vec::new());
        let incomplete = between(&run(2), &scope(&[], &[]), stored.clone());
        assert!(incomplete.writes.is_empty());
        let complete = between(&run(2), &scope(&[], &["S3.8"]), stored);
        assert_eq!(changes(&complete), [(Change::Resolved, "S3.8")]);
    }

    #[test]
    fn a_failure_in_a_region_that_was_left_out_is_not_resolved() {
        let stored = after(&run(1), &scope(&[verdict("S3.8", "a")], &[]), Vec::new());
        let mut elsewhere = scope(&[], &["S3.8"]);
        elsewhere.examined = BTreeSet::from(["us-east-1".parse().unwrap()]);
        assert!(between(&run(2), &elsewhere, stored).writes.is_empty());
    }

    #[test]
    fn a_resolved_failure_that_fails_again_opens_again() {
        let failing = scope(&[verdict("S3.8", "a")], &["S3.8"]);
        let clean = scope(&[], &["S3.8"]);
        let stored = after(&run(1), &failing, Vec::new());
        let stored = after(&run(2), &clean, stored);
        assert!(between(&run(3), &clean, stored.clone()).writes.is_empty());
        let delta = between(&run(3), &failing, stored);
        assert_eq!(changes(&delta), [(Change::Opened, "S3.8")]);
        assert_eq!(delta.writes[0].1.state, FindingState::Open);
    }

    #[test]
    fn a_suppressed_failure_stays_suppressed_while_it_fails() {
        let mut stored = after(&run(1), &scope(&[verdict("S3.8", "a")], &[]), Vec::new());
        stored[0].state = FindingState::Suppressed;
        let same = between(
            &run(2),
            &scope(&[verdict("S3.8", "a")], &[]),
            stored.clone(),
        );
        assert_eq!((same.writes.len(), same.unchanged), (0, 1));
        let other = between(&run(2), &scope(&[verdict("S3.8", "b")], &[]), stored);
        assert_eq!(other.writes[0].1.state, FindingState::Suppressed);
    }
}
