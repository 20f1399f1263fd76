//! Tests of what suppressions change in a scope.

use compliance::Status;

use super::tests::{accepting, after, between, changes, run, scope, verdict};
use super::*;

/// What a suppression that ends on a day leaves on a finding.
fn accepted(day: u32) -> SuppressedBy {
    SuppressedBy {
        id: "accepted".parse().unwrap(),
        until: run(day).started_at,
    }
}

#[test]
fn an_accepted_failure_is_suppressed_and_goes_on_being_evaluated() {
    let failing = |reason| scope(&[verdict("S3.8", reason)], &["S3.8"]);
    let accepts = |verdict: &Verdict| (verdict.control.as_str() == "S3.8").then(|| accepted(9));
    let open = after(&run(1), &failing("a"), Vec::new());
    let suppressed = accepting(&accepts, &run(2), &failing("a"), open);
    assert_eq!(changes(&suppressed), [(FindingChange::Suppressed, "S3.8")]);
    let stored = suppressed.writes;
    assert_eq!(stored[0].state, FindingState::Suppressed);

    let same = accepting(&accepts, &run(3), &failing("a"), stored.clone());
    assert_eq!((same.writes.len(), same.unchanged), (0, 1));
    let other = accepting(&accepts, &run(3), &failing("b"), stored.clone());
    assert_eq!(changes(&other), [(FindingChange::Changed, "S3.8")]);
    assert_eq!(other.writes[0].state, FindingState::Suppressed);
    let expired = between(&run(3), &failing("a"), stored.clone());
    assert_eq!(changes(&expired), [(FindingChange::Reopened, "S3.8")]);
    let fixed = accepting(&accepts, &run(3), &scope(&[], &["S3.8"]), stored);
    assert_eq!(changes(&fixed), [(FindingChange::Resolved, "S3.8")]);
}

#[test]
fn what_accepts_a_failure_is_noted_and_noted_anew_when_it_lasts_longer() {
    let failing = scope(&[verdict("S3.8", "a")], &["S3.8"]);
    let until = |day: u32| move |_: &Verdict| Some(accepted(day));
    let first = accepting(&until(5), &run(1), &failing, Vec::new()).writes;
    assert_eq!(first[0].suppressed_by, Some(accepted(5)));
    let longer = accepting(&until(9), &run(2), &failing, first);
    assert_eq!(changes(&longer), [(FindingChange::Suppressed, "S3.8")]);
    assert_eq!(longer.writes[0].suppressed_by, Some(accepted(9)));
    let over = between(&run(9), &failing, longer.writes);
    assert_eq!(changes(&over), [(FindingChange::Reopened, "S3.8")]);
    assert_eq!(over.writes[0].suppressed_by, None);
}

#[test]
fn a_failure_that_cannot_be_judged_any_more_is_not_hidden() {
    let failing = scope(&[verdict("S3.8", "a")], &["S3.8"]);
    let covered = accepting(&|_| Some(accepted(9)), &run(1), &failing, Vec::new()).writes;
    let mut unknown = verdict("S3.8", "refused");
    unknown.status = Status::NotAvailable;
    let seen = between(&run(2), &scope(&[unknown], &[]), covered);
    assert_eq!(changes(&seen), [(FindingChange::Changed, "S3.8")]);
    assert_eq!(seen.writes[0].state, FindingState::Open);
}

#[test]
fn a_failure_that_is_accepted_from_the_start_opens_suppressed() {
    let delta = accepting(
        &|_| Some(accepted(9)),
        &run(1),
        &scope(&[verdict("S3.8", "a")], &[]),
        Vec::new(),
    );
    let steps: Vec<_> = delta.writes[0]
        .history
        .iter()
        .map(|step| step.change)
        .collect();
    assert_eq!(steps, [FindingChange::Opened, FindingChange::Suppressed]);
    assert_eq!(delta.writes[0].state, FindingState::Suppressed);
}
