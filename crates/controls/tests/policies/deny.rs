//! The `deny` documents for OPA servers say exactly what the engine calls FAILED.

use std::collections::BTreeMap;
use std::fs;

use compliance::{Severity, Status, Subject};
use controls::{Catalog, Parameters, input};
use serde_json::{Value, json};

use crate::interpreter::{interpreter, interpreter_with, value_of};
use crate::tree::{Fixture, fixtures, parameters, rego_files, root};

const DOCUMENTS: [(Subject, &str); 6] = [
    (Subject::S3Account, "data.aws.s3_account.deny"),
    (Subject::AccessPoint, "data.aws.s3_access_point.deny"),
    (
        Subject::MultiRegionAccessPoint,
        "data.aws.s3_multi_region_access_point.deny",
    ),
    (Subject::S3, "data.aws.s3_bucket.deny"),
    (Subject::Kms, "data.aws.kms_key.deny"),
    (Subject::Sg, "data.aws.security_group.deny"),
];

#[test]
fn deny_holds_the_failed_controls_with_severity_and_reason() {
    let files = rego_files();
    let mut engine = interpreter_with(&parameters(), files.iter().filter(|file| !file.is_test()));
    let catalog = Catalog::embedded().unwrap();
    for (subject, document) in DOCUMENTS {
        for fixture in fixtures(subject) {
            let input = input(&fixture.observation, &parameters());
            let denied = value_of(&mut engine, document.to_owned(), input)
                .unwrap()
                .unwrap();
            assert_eq!(
                denials(&denied),
                failures(&catalog, &fixture),
                "{}",
                fixture.case
            );
        }
    }
}

#[test]
fn deny_heeds_the_parameters() {
    let parameters = Parameters {
        disabled_controls: ["S3.14".parse().unwrap()].into(),
        severities: [("S3.13".parse().unwrap(), Severity::Critical)].into(),
        ..Parameters::default()
    };
    let files = rego_files();
    let mut engine = interpreter_with(&parameters, files.iter().filter(|file| !file.is_test()));
    let input = json!({ "versioning": null, "lifecycle": null });
    let denied = value_of(&mut engine, "data.aws.s3_bucket.deny".to_owned(), input);
    let denied = denials(&denied.unwrap().unwrap());
    assert!(!denied.contains_key("S3.14"), "{denied:?}");
    assert_eq!(denied["S3.13"].0, "CRITICAL");
    assert_eq!(denied["S3.20"].0, "LOW");
}

#[test]
fn an_empty_input_denies_nothing_and_is_no_error() {
    let files = rego_files();
    let mut engine = interpreter(files.iter().filter(|file| !file.is_test()));
    for (_, document) in DOCUMENTS {
        let denied = value_of(&mut engine, document.to_owned(), json!({}));
        assert_eq!(denied, Ok(Some(json!([]))), "{document}");
    }
}

#[test]
fn the_parameters_for_opa_servers_are_the_defaults() {
    let text = fs::read_to_string(root().join("parameters.json")).unwrap();
    let mut file: BTreeMap<String, Parameters> = serde_json::from_str(&text).unwrap();
    assert_eq!(file.remove("parameters"), Some(Parameters::default()));
    assert!(file.is_empty());
}

/// Severity and reason by control.
type Failures = BTreeMap<String, (String, String)>;

fn denials(deny: &Value) -> Failures {
    let text = |denial: &Value, key: &str| denial[key].as_str().unwrap().to_owned();
    let denials = deny.as_array().unwrap().iter();
    denials
        .inspect(|denial| assert!(denial["remediation"]["text"].is_string(), "{denial}"))
        .map(|denial| {
            (
                text(denial, "id"),
                (text(denial, "severity"), text(denial, "reason")),
            )
        })
        .collect()
}

fn failures(catalog: &Catalog, fixture: &Fixture) -> Failures {
    let verdicts = catalog.judge(&fixture.observation, &parameters());
    verdicts
        .into_iter()
        .filter(|verdict| verdict.status == Status::Failed)
        .map(|verdict| {
            (
                verdict.control.to_string(),
                (verdict.severity.to_string(), verdict.reason),
            )
        })
        .collect()
}
