use compliance::{Observation, Subject};

use super::*;
use crate::source::Source;

fn bucket(fields: &Value) -> Observation {
    let mut json = json!({
        "arn": "arn:aws:s3:::b", "name": "b", "account": "111122223333", "region": "eu-west-1",
    });
    json.as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    Observation::Bucket(serde_json::from_value(json).unwrap())
}

/// A catalogue of one control that reads `versioning`.
fn catalog(verdict: &str) -> Catalog {
    let text = format!(
        r#"package controls.s3.sample

control := {{
	"id": "ACME.1",
	"title": "Sample",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["versioning"],
	"rationale": "Sample.",
	"remediation": {{"text": "Sample.", "url": "https://docs.aws.amazon.com/"}},
}}

{verdict}
"#
    );
    let source = Source {
        path: "s3/sample.rego",
        text: &text,
    };
    Catalog::load(&[source]).unwrap()
}

fn judge(catalog: &Catalog, observation: &Observation) -> (Status, String) {
    let verdict = catalog
        .judge(observation, &Parameters::default())
        .pop()
        .unwrap();
    (verdict.status, verdict.reason)
}

const FAILS: &str = r#"verdict := {"status": "FAILED", "reason": "no"}"#;

#[test]
fn a_refused_read_is_not_available_and_says_operation_and_code() {
    let refused = bucket(&json!({
        "unknown": {"versioning": {"operation": "GetBucketVersioning", "code": "AccessDenied"}},
    }));
    let reason = "`versioning` could not be read: GetBucketVersioning answered AccessDenied";
    assert_eq!(
        judge(&catalog(FAILS), &refused),
        (Status::NotAvailable, reason.to_owned())
    );
}

#[test]
fn a_read_that_was_not_tried_is_not_available() {
    let reason = "`versioning` was not collected".to_owned();
    assert_eq!(
        judge(&catalog(FAILS), &bucket(&json!({}))),
        (Status::NotAvailable, reason)
    );
}

/// A catalogue of one control that reads `logging` and `policy`; logging may be enough.
fn settled_by_logging() -> Catalog {
    let text = r#"package controls.s3.sample

control := {
	"id": "ACME.1",
	"title": "Sample",
	"severity": "LOW",
	"resource_type": "AwsS3Bucket",
	"reads": ["logging", "policy"],
	"enough": ["logging"],
	"rationale": "Sample.",
	"remediation": {"text": "Sample.", "url": "https://docs.aws.amazon.com/"},
}

verdict := {"status": "PASSED", "reason": "logged"} if {
	is_object(input.logging)
} else := {"status": "NOT_AVAILABLE", "reason": "of no use to anybody"}
"#;
    let path = "s3/sample.rego";
    Catalog::load(&[Source { path, text }]).unwrap()
}

#[test]
fn what_was_read_may_be_enough_although_something_was_refused() {
    let logging = json!({"target_bucket": "logs", "target_prefix": ""});
    let unknown = json!({"policy": {"operation": "GetBucketPolicy", "code": "AccessDenied"}});
    let refused = "`policy` could not be read: GetBucketPolicy answered AccessDenied";
    let catalog = settled_by_logging();
    let judged = |fields: Value| judge(&catalog, &bucket(&fields));
    assert_eq!(
        judged(json!({"logging": logging, "unknown": unknown})),
        (Status::Passed, "logged".to_owned())
    );
    assert_eq!(
        judged(json!({"logging": null, "unknown": unknown})),
        (Status::NotAvailable, refused.to_owned())
    );
    let (status, reason) = judged(json!({"policy": null}));
    assert_eq!(
        (status, reason.as_str()),
        (Status::NotAvailable, "`logging` was not collected")
    );
}

#[test]
fn a_configuration_that_does_not_exist_was_read() {
    let (status, _) = judge(&catalog(FAILS), &bucket(&json!({ "versioning": null })));
    assert_eq!(status, Status::Failed);
}

#[test]
fn a_broken_policy_is_not_available_and_named() {
    let broken = [
        (
            r#"verdict := {"status": "PASSED", "reason": "x"} if { input.name == "other" }"#,
            "no single verdict",
        ),
        (
            "verdict := {\"status\": \"PASSED\", \"reason\": \"x\"}\n\nverdict := {\"status\": \"FAILED\", \"reason\": \"y\"}",
            "no single verdict",
        ),
        (
            r#"verdict := {"status": "FINE", "reason": "x"}"#,
            "unknown variant `FINE`",
        ),
        (
            r#"verdict := {"status": "PASSED"}"#,
            "missing field `reason`",
        ),
        (
            r#"verdict := {"status": "PASSED", "reason": "x", "colour": "red"}"#,
            "unknown field `colour`",
        ),
        ("verdict := true", "invalid type"),
    ];
    for (rule, why) in broken {
        let (status, reason) = judge(&catalog(rule), &bucket(&json!({ "versioning": null })));
        assert_eq!(status, Status::NotAvailable, "{rule}");
        assert!(
            reason.contains("policy `controls.s3.sample` is broken"),
            "{reason}"
        );
        assert!(reason.contains(why), "{reason}");
    }
}

#[test]
fn a_policy_that_does_not_end_is_stopped_and_not_available() {
    let endless = "verdict := {\"status\": \"PASSED\", \"reason\": \"x\"} if {\n\tsome a in numbers.range(1, 3000)\n\tsome b in numbers.range(1, 3000)\n\ta * b < 0\n}";
    let (status, reason) = judge(&catalog(endless), &bucket(&json!({ "versioning": null })));
    assert_eq!(status, Status::NotAvailable);
    assert!(reason.contains("instruction"), "{reason}");
}

#[test]
fn a_control_that_does_not_apply_says_nothing() {
    let rule = r#"verdict := {"status": "NOT_APPLICABLE", "reason": "x"}"#;
    let observation = bucket(&json!({ "versioning": null }));
    assert_eq!(
        catalog(rule).judge(&observation, &Parameters::default()),
        []
    );
}

#[test]
fn a_verdict_may_name_a_severity_and_the_operator_has_the_last_word() {
    let rule = r#"verdict := {"status": "FAILED", "reason": "x", "severity": "HIGH"}"#;
    let observation = bucket(&json!({ "versioning": null }));
    let severity = |parameters: &Parameters| {
        catalog(rule)
            .judge(&observation, parameters)
            .pop()
            .unwrap()
            .severity
    };
    assert_eq!(severity(&Parameters::default()), Severity::High);
    let chosen = [("ACME.1".parse().unwrap(), Severity::Critical)];
    let parameters = Parameters {
        severities: chosen.into(),
        ..Parameters::default()
    };
    assert_eq!(severity(&parameters), Severity::Critical);
}

#[test]
fn a_disabled_control_is_not_judged() {
    let parameters = Parameters {
        disabled_controls: ["ACME.1".parse().unwrap()].into(),
        ..Parameters::default()
    };
    let observation = bucket(&json!({ "versioning": null }));
    assert_eq!(catalog(FAILS).judge(&observation, &parameters), []);
}

/// Asked of the policies themselves: the engine before them would not let them see such input.
#[test]
fn no_policy_passes_nonsense() {
    let catalog = Catalog::embedded().unwrap();
    let passed: Vec<String> = catalog
        .policies
        .iter()
        .flat_map(|policy| nonsense(&policy.control).map(move |input| (policy, input)))
        .filter(|(policy, input)| passes(&catalog, policy, input))
        .map(|(policy, input)| format!("`{}` passes {input}", policy.package))
        .collect();
    assert!(passed.is_empty(), "\n{}", passed.join("\n"));
}

/// Nothing, and values of the wrong types in everything that a control reads.
fn nonsense(control: &Control) -> impl Iterator<Item = Value> {
    let values = json!([7, "x", true, [], ["x"], [{}], { "x": 1 }]);
    let fields = control.reads.clone();
    let everywhere = move |value: &Value| -> Value {
        let fields = fields.iter().map(String::as_str).chain(["analysis"]);
        fields.map(|field| (field, value.clone())).collect()
    };
    let wrong: Vec<Value> = values.as_array().unwrap().iter().map(everywhere).collect();
    [json!({}), json!({ "analysis": {} })]
        .into_iter()
        .chain(wrong)
}

fn passes(catalog: &Catalog, policy: &Policy, input: &Value) -> bool {
    let program = catalog.programs.get(&policy.subject).unwrap();
    let data = json!({ "parameters": Parameters::default() });
    let mut evaluation = program.over(input.clone(), data).unwrap();
    matches!(
        ask(policy, Ok(&mut evaluation)).status,
        AnswerStatus::Passed
    )
}

#[test]
fn subjects_without_policies_have_no_verdicts() {
    let catalog = Catalog::load(&[]).unwrap();
    let observation = bucket(&json!({}));
    assert_eq!(observation.subject(), Subject::S3);
    assert_eq!(catalog.judge(&observation, &Parameters::default()), []);
}
