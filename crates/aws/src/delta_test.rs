//! Tests of what a run changes in a scope.

use compliance::{ResourceType, Severity, Status};

use proptest::prelude::*;

use super::*;

fn run(day: u32) -> Run {
    let first: jiff::Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
    let started_at = first + jiff::SignedDuration::from_hours(i64::from(day) * 24);
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
        resources: BTreeSet::from(["arn:aws:s3:::logs".to_owned()]),
    }
}

/// The findings that are stored after a run.
fn after(run: &Run, scope: &ScopeVerdicts, stored: Vec<Finding>) -> Vec<Finding> {
    let delta = between(run, scope, stored.clone());
    let mut all: BTreeMap<_, _> = stored.into_iter().map(|f| (f.id.clone(), f)).collect();
    all.extend(delta.writes.into_iter().map(|f| (f.id.clone(), f)));
    all.into_values().collect()
}

fn changes(delta: &Delta) -> Vec<(FindingChange, &str)> {
    delta
        .writes
        .iter()
        .map(|finding| (finding.last_change(), finding.verdict.control.as_str()))
        .collect()
}

#[test]
fn a_new_failure_opens_and_a_repeated_run_writes_nothing() {
    let scope = scope(&[verdict("S3.8", "public")], &["S3.8"]);
    let first = between(&run(1), &scope, Vec::new());
    assert_eq!(changes(&first), [(FindingChange::Opened, "S3.8")]);

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
    assert_eq!(changes(&delta), [(FindingChange::Changed, "S3.8")]);
    let finding = &delta.writes[0];
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
    assert_eq!(changes(&complete), [(FindingChange::Resolved, "S3.8")]);
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
    assert_eq!(changes(&delta), [(FindingChange::Reopened, "S3.8")]);
    let reopened = &delta.writes[0];
    assert_eq!(
        (reopened.state, reopened.resolution),
        (FindingState::Open, None)
    );
    assert_eq!(reopened.first_observed_at, run(1).started_at);
    let steps: Vec<_> = reopened.history.iter().map(|step| step.change).collect();
    assert_eq!(
        steps,
        [
            FindingChange::Opened,
            FindingChange::Resolved,
            FindingChange::Reopened
        ]
    );
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
    assert_eq!(other.writes[0].state, FindingState::Suppressed);
}

#[test]
fn what_is_gone_is_resolved_as_deleted_and_what_passes_as_fixed() {
    let stored = after(&run(1), &scope(&[verdict("S3.8", "a")], &[]), Vec::new());
    let there = scope(&[], &["S3.8"]);
    let mut gone = scope(&[], &["S3.8"]);
    gone.resources.clear();
    for (scope, resolution) in [(there, Resolution::Fixed), (gone, Resolution::Deleted)] {
        let delta = between(&run(2), &scope, stored.clone());
        assert_eq!(delta.writes[0].resolution, Some(resolution));
    }
}

#[test]
fn a_finding_is_news_until_security_hub_has_taken_it() {
    let failing = scope(&[verdict("S3.8", "a")], &["S3.8"]);
    let mut delta = between(&run(1), &failing, Vec::new());
    assert_eq!(delta.news().count(), 1);
    let refused = delta.news().map(|finding| finding.id.clone()).collect();
    delta.imported(&run(1), &refused);
    assert_eq!(delta.writes[0].imported_at, None);

    let mut again = between(&run(2), &failing, delta.writes);
    assert_eq!((again.writes.len(), again.news().count()), (0, 1));
    again.imported(&run(2), &BTreeSet::new());
    assert_eq!(again.notes[0].imported_at, Some(run(2).started_at));
    assert_eq!(again.notes[0].changed_in, run(1).id);

    let quiet = between(&run(3), &failing, again.notes);
    assert_eq!((quiet.news().count(), quiet.unchanged), (0, 1));
}

#[test]
fn an_invocation_that_died_after_writing_tells_security_hub_when_it_is_repeated() {
    let failing = scope(&[verdict("S3.8", "a")], &["S3.8"]);
    let first = between(&run(1), &failing, Vec::new());
    let mut repeated = between(&run(1), &failing, first.writes);
    assert_eq!(repeated.news().count(), 1);
    repeated.imported(&run(1), &BTreeSet::new());
    assert_eq!(repeated.notes.len(), 1);
    let third = between(&run(1), &failing, repeated.notes);
    assert_eq!((third.news().count(), third.written.len()), (0, 1));
}

#[test]
fn security_hub_is_reminded_before_it_forgets() {
    let failing = scope(&[verdict("S3.8", "a")], &["S3.8"]);
    let mut stored = after(&run(1), &failing, Vec::new());
    stored[0].imported_at = Some(run(1).started_at);
    let later = |days: i64| {
        let started_at = run(1).started_at + jiff::SignedDuration::from_hours(days * 24);
        between(
            &Run::of_execution("x", started_at),
            &failing,
            stored.clone(),
        )
    };
    assert_eq!(later(59).due.len(), 0);
    assert_eq!(later(78).due.len(), 1);
    assert_eq!(later(78).writes.len(), 0);
}

#[test]
fn a_resolution_that_was_not_taken_is_told_again_and_then_forgotten() {
    let stored = after(&run(1), &scope(&[verdict("S3.8", "a")], &[]), Vec::new());
    let clean = scope(&[], &["S3.8"]);
    let resolved = after(&run(2), &clean, stored);
    let mut third = between(&run(3), &clean, resolved);
    assert_eq!((third.writes.len(), third.due.len()), (0, 1));
    third.imported(&run(3), &BTreeSet::new());
    let fourth = between(&run(90), &clean, third.notes);
    assert_eq!(fourth.news().count(), 0);
}

/// What some runs leave behind when they end in the given order, each refused where a newer one has written.
fn ended(order: &[usize], scopes: &[ScopeVerdicts]) -> Vec<Finding> {
    let mut stored = Vec::new();
    let mut newest = 0;
    for &index in order {
        // The scope's marker: `compare` goes ahead only if no newer run has written.
        if index >= newest {
            newest = index;
            stored = after(
                &run(u32::try_from(index).unwrap() + 1),
                &scopes[index],
                stored,
            );
        }
    }
    stored
}

/// What stands of a finding, whatever happened before.
fn standing(findings: &[Finding]) -> Vec<(&FindingId, FindingState, &Verdict)> {
    let open = findings
        .iter()
        .filter(|f| f.state != FindingState::Resolved);
    open.map(|f| (&f.id, f.state, &f.verdict)).collect()
}

proptest! {
    /// Repeated, overlapping and late runs leave standing what the newest run alone would.
    #[test]
    fn the_newest_run_decides_in_whatever_order_runs_end(
        failures in prop::collection::vec(prop::collection::btree_map(0..4_u8, 0..3_u8, 0..4), 2..5),
        order in Just((0..5_usize).collect::<Vec<_>>()).prop_shuffle(),
        repeated in 0..5_usize,
    ) {
        let scopes: Vec<ScopeVerdicts> = failures.iter().map(|failing| {
            let verdicts: Vec<Verdict> = failing.iter()
                .map(|(control, reason)| verdict(&format!("S3.{control}"), &reason.to_string()))
                .collect();
            scope(&verdicts, &["S3.0", "S3.1", "S3.2", "S3.3"])
        }).collect();
        let mut order: Vec<usize> = order.into_iter().filter(|index| *index < scopes.len()).collect();
        order.push(order[repeated % order.len()]);
        let newest = scopes.len() - 1;
        let alone = after(&run(u32::try_from(newest).unwrap() + 1), &scopes[newest], Vec::new());
        let all = ended(&order, &scopes);
        prop_assert_eq!(standing(&all), standing(&alone));
    }
}
