//! Tests of what a run changes in a scope.

use compliance::{ResourceType, Severity, Status};

use super::*;

pub(super) fn run(day: u32) -> Run {
    let first: jiff::Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
    let started_at = first + jiff::SignedDuration::from_hours(i64::from(day) * 24);
    Run::of_execution("x", started_at)
}

pub(super) fn verdict(control: &str, reason: &str) -> Verdict {
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

/// What a run says of the bucket: its verdicts, and the controls that it judged everywhere.
#[derive(Debug, Clone)]
pub(super) struct Said {
    verdicts: Vec<Verdict>,
    look: Look,
    resources: BTreeSet<String>,
}

pub(super) fn scope(verdicts: &[Verdict], resolvable: &[&str]) -> Said {
    Said {
        verdicts: verdicts.to_vec(),
        look: Look {
            service: Service::S3,
            region: None,
            resolvable: resolvable.iter().map(|id| id.parse().unwrap()).collect(),
            judged: ["S3.1", "S3.8", "KMS.4"]
                .map(|id| id.parse().unwrap())
                .into(),
            examined: BTreeSet::from(["eu-west-1".parse().unwrap()]),
            unseen_buckets: UnseenBuckets::default(),
        },
        resources: BTreeSet::from(["arn:aws:s3:::logs".to_owned()]),
    }
}

/// Nothing is accepted.
pub(super) fn between(run: &Run, said: &Said, stored: Vec<Finding>) -> Delta {
    accepting(&|_| None, run, said, stored)
}

pub(super) fn accepting(
    accepts: Accepts<'_>,
    run: &Run,
    said: &Said,
    stored: Vec<Finding>,
) -> Delta {
    let step = Step {
        verdicts: said.verdicts.clone(),
        stored,
    };
    super::between(run, &said.look, accepts, &said.resources, step)
}

/// The findings that are stored after a run.
pub(super) fn after(run: &Run, scope: &Said, stored: Vec<Finding>) -> Vec<Finding> {
    let delta = between(run, scope, stored.clone());
    let mut all: BTreeMap<_, _> = stored.into_iter().map(|f| (f.id.clone(), f)).collect();
    all.extend(delta.writes.into_iter().map(|f| (f.id.clone(), f)));
    all.into_values().collect()
}

pub(super) fn changes(delta: &Delta) -> Vec<(FindingChange, &str)> {
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
    elsewhere.look.examined = BTreeSet::from(["us-east-1".parse().unwrap()]);
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
fn the_finding_of_a_control_that_is_judged_no_more_is_left_as_it_is() {
    let mut stored = after(&run(1), &scope(&[verdict("S3.8", "a")], &[]), Vec::new());
    stored[0].imported_at = Some(run(1).started_at);
    let mut disabled = scope(&[], &[]);
    disabled.look.judged.clear();
    let delta = between(&run(85), &disabled, stored.clone());
    assert_eq!((delta.news().count(), delta.unchanged), (0, 1));
    let partial = between(&run(85), &scope(&[], &[]), stored);
    assert_eq!(
        (partial.writes.len(), partial.due.len()),
        (0, 1),
        "it may still fail"
    );
}

#[test]
fn a_key_keeps_the_buckets_that_were_not_seen() {
    let on_key = |buckets: &[&str]| {
        let buckets = buckets.iter().map(|bucket| (*bucket).to_owned()).collect();
        let verdict = Verdict {
            buckets,
            ..verdict("KMS.4", "rotation is off")
        };
        scope(&[verdict], &["KMS.4"])
    };
    let stored = after(&run(1), &on_key(&["a", "b"]), Vec::new());
    let seen = |unseen: UnseenBuckets, buckets: &[&str]| {
        let mut said = on_key(buckets);
        said.look.unseen_buckets = unseen;
        after(&run(2), &said, stored.clone())[0]
            .verdict
            .buckets
            .clone()
    };
    let unlisted = UnseenBuckets {
        unlisted: true,
        ..UnseenBuckets::default()
    };
    let b_unread = UnseenBuckets {
        unread: BTreeSet::from(["b".to_owned()]),
        ..UnseenBuckets::default()
    };
    assert_eq!(seen(UnseenBuckets::default(), &["c"]), ["c"]);
    assert_eq!(seen(b_unread, &["c"]), ["b", "c"]);
    assert_eq!(seen(unlisted.clone(), &["c"]), ["a", "b", "c"]);
    assert_eq!(seen(unlisted, &[]), ["a", "b"]);
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
fn the_finding_of_an_account_stays_where_it_was_whichever_regions_a_run_asks() {
    let on_account = |region: &str| {
        let verdict = Verdict {
            resource: "AWS::::Account:111122223333".into(),
            resource_type: ResourceType::AwsAccount,
            region: region.parse().unwrap(),
            ..verdict("S3.1", "open")
        };
        scope(&[verdict], &["S3.1"])
    };
    let stored = after(&run(1), &on_account("us-east-1"), Vec::new());
    let delta = between(&run(2), &on_account("eu-west-1"), stored);
    assert_eq!((delta.writes.len(), delta.unchanged), (0, 1));
    assert_eq!(delta.due[0].verdict.region.as_str(), "us-east-1");
}

#[test]
fn a_bucket_that_was_made_anew_in_another_region_is_another_bucket() {
    let elsewhere = Verdict {
        region: "us-east-1".parse().unwrap(),
        ..verdict("S3.8", "a")
    };
    let stored = after(&run(1), &scope(&[verdict("S3.8", "a")], &[]), Vec::new());
    let delta = between(&run(2), &scope(&[elsewhere], &[]), stored);
    assert_eq!(changes(&delta), [(FindingChange::Opened, "S3.8")]);
    assert_eq!(delta.writes[0].first_observed_at, run(2).started_at);
    let told: Vec<_> = delta
        .news()
        .map(|it| (it.id.as_str(), it.resolution))
        .collect();
    assert_eq!(
        told,
        [
            ("111122223333/us-east-1/S3.8/arn:aws:s3:::logs", None),
            (
                "111122223333/eu-west-1/S3.8/arn:aws:s3:::logs",
                Some(Resolution::Deleted)
            ),
        ]
    );
}
