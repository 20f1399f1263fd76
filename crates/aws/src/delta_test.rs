//! Tests of what a run changes in a scope.

use compliance::{ResourceType, Severity, Status};

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

/// What a run says of the bucket: its verdicts, and the controls that it judged everywhere.
#[derive(Debug, Clone)]
struct Said {
    verdicts: Vec<Verdict>,
    look: Look,
    resources: BTreeSet<String>,
}

fn scope(verdicts: &[Verdict], resolvable: &[&str]) -> Said {
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

/// What a suppression that ends on a day leaves on a finding.
fn accepted(day: u32) -> SuppressedBy {
    SuppressedBy {
        id: "accepted".parse().unwrap(),
        until: run(day).started_at,
    }
}

/// Nothing is accepted.
fn between(run: &Run, said: &Said, stored: Vec<Finding>) -> Delta {
    accepting(&|_| None, run, said, stored)
}

fn accepting(accepts: Accepts<'_>, run: &Run, said: &Said, stored: Vec<Finding>) -> Delta {
    let step = Step {
        verdicts: said.verdicts.clone(),
        stored,
    };
    super::between(run, &said.look, accepts, &said.resources, step)
}

/// The findings that are stored after a run.
fn after(run: &Run, scope: &Said, stored: Vec<Finding>) -> Vec<Finding> {
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
