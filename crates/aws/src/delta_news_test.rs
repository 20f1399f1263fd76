//! Tests of what Security Hub is told, and told again.

use super::tests::{after, between, run, scope, verdict};
use super::*;

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
