use compliance::{ControlId, Observation, Status, Verdict};
use serde_json::{Value, json};

use super::*;
use crate::{Catalog, Parameters, is_of_a_broken_custom_policy};

/// A policy `s3/<name>.rego` with the id `ACME.<number>`, these fields in `reads` and this verdict.
pub(super) fn policy(name: &str, number: u32, reads: &str, verdict: &str) -> CustomFile {
    let text = format!(
        r#"package controls.s3.{name}

control := {{
	"id": "ACME.{number}",
	"title": "Sample",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": {reads},
	"rationale": "Sample.",
	"remediation": {{"text": "Sample.", "url": "https://docs.example.com/"}},
}}

{verdict}
"#
    );
    file(&format!("s3/{name}.rego"), &text)
}

pub(super) fn file(path: &str, text: &str) -> CustomFile {
    CustomFile {
        path: path.to_owned(),
        text: Ok(text.to_owned()),
    }
}

/// A policy that fails every bucket.
pub(super) fn good() -> CustomFile {
    policy("good", 1, r#"["tags"]"#, FAILS)
}

pub(super) const FAILS: &str = r#"verdict := {"status": "FAILED", "reason": "no"}"#;

/// No policies of ours, so that only custom ones speak.
pub(super) fn catalog(files: &[CustomFile]) -> Catalog {
    Catalog::load(&[]).unwrap().with_custom(files)
}

pub(super) fn bucket(fields: &Value) -> Observation {
    let mut json = json!({
        "arn": "arn:aws:s3:::b", "name": "b", "account": "111122223333", "region": "eu-west-1",
    });
    json.as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    Observation::Bucket(serde_json::from_value(json).unwrap())
}

pub(super) fn tagged() -> Observation {
    bucket(&json!({"tags": {"team": "blue"}, "versioning": null}))
}

fn judge(catalog: &Catalog, observation: &Observation) -> Vec<Verdict> {
    catalog.judge(observation, &Parameters::default())
}

/// What the one policy says of a bucket.
fn said(policy: CustomFile, observation: &Observation) -> (Status, String) {
    let catalog = catalog(&[policy]);
    assert_eq!(catalog.refused(), []);
    let verdict = judge(&catalog, observation).pop().unwrap();
    (verdict.status, verdict.reason)
}

/// The one policy that is refused: its path, its control and the reason.
#[track_caller]
pub(super) fn refusal(files: &[CustomFile]) -> (String, Option<String>, String) {
    let catalog = catalog(files);
    let [refused] = catalog.refused() else {
        panic!("{:?}", catalog.refused());
    };
    let control = refused.control.as_ref().map(ToString::to_string);
    (refused.path.clone(), control, refused.reason.clone())
}

#[test]
fn a_custom_policy_judges_beside_ours() {
    let catalog = Catalog::embedded().unwrap().with_custom(&[good()]);
    let id: ControlId = "ACME.1".parse().unwrap();
    assert!(catalog.is_custom(&id));
    assert!(!catalog.is_custom(&"S3.8".parse().unwrap()));
    assert_eq!(catalog.get(&id).unwrap().title, "Sample");
    assert_eq!(catalog.subject_of(&id), Some(compliance::Subject::S3));
    let verdicts = judge(&catalog, &tagged());
    let ours = judge(&Catalog::embedded().unwrap(), &tagged());
    assert_eq!(verdicts.len(), ours.len() + 1);
    assert_eq!(verdicts[..ours.len()], ours);
    assert_eq!(verdicts.last().unwrap().status, Status::Failed);
}

#[test]
fn a_disabled_custom_control_is_not_asked_and_a_severity_may_be_chosen() {
    let id: ControlId = "ACME.1".parse().unwrap();
    let catalog = catalog(&[good()]);
    let disabled = Parameters {
        disabled_controls: [id.clone()].into(),
        ..Parameters::default()
    };
    assert_eq!(catalog.judge(&tagged(), &disabled), []);
    let chosen = Parameters {
        severities: [(id, compliance::Severity::Critical)].into(),
        ..Parameters::default()
    };
    let verdict = catalog.judge(&tagged(), &chosen).pop().unwrap();
    assert_eq!(verdict.severity, compliance::Severity::Critical);
}

#[test]
fn a_refused_read_is_not_available_before_the_policy_is_asked() {
    let refused = json!({"tags": {"operation": "GetBucketTagging", "code": "AccessDenied"}});
    let (status, reason) = said(good(), &bucket(&json!({ "unknown": refused })));
    assert_eq!(status, Status::NotAvailable);
    assert!(
        reason.contains("GetBucketTagging answered AccessDenied"),
        "{reason}"
    );
}

#[test]
fn libraries_of_ours_and_of_the_operators_can_be_used() {
    let library = file(
        "lib/teams.rego",
        "package lib.teams\n\nknown(tags) if {\n\ttags.team == \"blue\"\n}\n",
    );
    let verdict = "verdict := {\"status\": \"PASSED\", \"reason\": \"known\"} if {\n\tdata.lib.teams.known(input.tags)\n} else := {\"status\": \"FAILED\", \"reason\": \"unknown\"}";
    let uses = policy("team", 1, r#"["tags"]"#, verdict);
    let catalog = catalog(&[uses, library]);
    assert_eq!(catalog.refused(), []);
    let verdict = judge(&catalog, &tagged()).pop().unwrap();
    assert_eq!(verdict.status, Status::Passed);
}

#[test]
fn tests_in_the_folder_are_passed_over() {
    let test = file("s3/good_test.rego", "not Rego at all");
    assert_eq!(catalog(&[good(), test]).refused(), []);
}

#[test]
fn a_policy_that_reads_what_it_does_not_name_never_sees_it() {
    let lies = r#"verdict := {"status": "FAILED", "reason": "open"} if {
	input.policy.Statement
} else := {"status": "FAILED", "reason": "known"} if {
	input.analysis.policy
} else := {"status": "FAILED", "reason": "unread"} if {
	input.unknown.policy
} else := {"status": "PASSED", "reason": "saw nothing"}"#;
    let lies = policy("lies", 1, r#"["tags"]"#, lies);
    let document = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}]});
    let refused = json!({"policy": {"operation": "GetBucketPolicy", "code": "AccessDenied"}});
    for seen in [
        json!({"tags": {}, "policy": document}),
        json!({"tags": {}, "policy": null}),
        json!({"tags": {}, "unknown": refused}),
    ] {
        let (status, reason) = said(lies.clone(), &bucket(&seen));
        assert_eq!(
            (status, reason.as_str()),
            (Status::Passed, "saw nothing"),
            "{seen}"
        );
    }
}

#[test]
fn a_policy_sees_the_analysis_of_what_it_reads() {
    let verdict = r#"verdict := {"status": "FAILED", "reason": "public"} if {
	input.analysis.policy.public
} else := {"status": "PASSED", "reason": "not public"}"#;
    let document = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}]});
    let reads = policy("reads", 1, r#"["policy"]"#, verdict);
    let public = bucket(&json!({ "policy": document }));
    assert_eq!(
        said(reads.clone(), &public),
        (Status::Failed, "public".to_owned())
    );
    let none = bucket(&json!({ "policy": null }));
    assert_eq!(
        said(reads, &none),
        (Status::Passed, "not public".to_owned())
    );
}

#[test]
fn what_is_enough_for_a_failure_is_not_enough_for_a_pass() {
    let verdict = r#"verdict := {"status": "FAILED", "reason": "no tags"} if {
	count(input.tags) == 0
} else := {"status": "PASSED", "reason": "all is well"}"#;
    let reads = "[\"tags\", \"policy\"],\n\t\"enough\": [\"tags\"]";
    let enough = || policy("enough", 1, reads, verdict);
    let without_policy = |tags: Value| bucket(&json!({ "tags": tags }));
    let (status, _) = said(enough(), &without_policy(json!({})));
    assert_eq!(status, Status::Failed);
    let (status, reason) = said(enough(), &without_policy(json!({"team": "blue"})));
    assert_eq!(status, Status::NotAvailable);
    assert_eq!(reason, "`policy` was not collected");
}

#[test]
fn a_verdict_that_is_none_is_not_available_and_names_the_file() {
    let verdict = r#"verdict := {"status": "FAILED", "reason": "x"} if {
	object.get(input, "tags", {}) == {}
} else := {"status": "FINE", "reason": "x"}"#;
    let catalog = catalog(&[policy("fine", 1, r#"["tags"]"#, verdict)]);
    let verdict = judge(&catalog, &tagged()).pop().unwrap();
    assert_eq!(verdict.status, Status::NotAvailable);
    assert!(
        verdict
            .reason
            .starts_with("custom policy `s3/fine.rego` is broken: "),
        "{}",
        verdict.reason
    );
    assert!(is_of_a_broken_custom_policy(&verdict));
}

#[test]
fn the_reason_of_a_verdict_is_cut_to_what_a_finding_carries() {
    let verdict = r#"verdict := {"status": "FAILED", "reason": concat("", [s | some i in numbers.range(1, 5000); s := "ab"])}"#;
    let (_, reason) = said(policy("long", 1, r#"["tags"]"#, verdict), &tagged());
    assert!(reason.chars().count() <= 1024, "{}", reason.len());
}
