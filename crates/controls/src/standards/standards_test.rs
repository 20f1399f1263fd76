//! The embedded standards, and scores of made-up accounts.

use std::collections::BTreeMap;

use compliance::{Coverage, CoverageStatus, Service};

use super::*;

fn catalog() -> Catalog {
    Catalog::embedded().unwrap()
}

fn id(control: &str) -> ControlId {
    control.parse().unwrap()
}

fn standard(controls: &str) -> String {
    format!(
        r#"{{"s/1": {{"id": "s", "version": "1", "name": "S", "security_hub": null, "source": "https://x",
            "requirements": [{{"id": "1", "title": "t", "controls": {controls}}}]}}}}"#
    )
}

#[test]
fn every_standard_is_there_once_and_names_only_controls_of_the_catalogue() {
    let standards = Standards::embedded(&catalog()).unwrap();
    let keys: Vec<String> = standards.iter().map(Standard::key).collect();
    let expected = [
        "aws-fsbp/1.0.0",
        "cis-aws/3.0.0",
        "cis-aws/5.0.0",
        "cis-aws/7.0.0",
        "nist-800-53/5.0.0",
        "pci-dss/4.0.1",
    ];
    assert_eq!(keys, expected);
    for standard in &standards {
        let ids: BTreeSet<&str> = standard
            .requirements
            .iter()
            .map(|it| it.id.as_str())
            .collect();
        assert_eq!(ids.len(), standard.requirements.len(), "{}", standard.key());
        for requirement in &standard.requirements {
            assert!(!requirement.controls.is_empty(), "{}", requirement.id);
            let once: BTreeSet<&ControlId> = requirement.controls.iter().collect();
            assert_eq!(once.len(), requirement.controls.len(), "{}", requirement.id);
        }
    }
}

#[test]
fn the_cis_numbers_of_a_control_are_those_of_the_newest_benchmark() {
    let catalog = catalog();
    let standards = Standards::embedded(&catalog).unwrap();
    let newest = standards
        .iter()
        .find(|it| it.key() == "cis-aws/7.0.0")
        .unwrap();
    for control in catalog.controls() {
        let related = control.related.get("cis").cloned().unwrap_or_default();
        let answered: Vec<String> = newest
            .answered_by(&control.id)
            .map(|it| it.id.clone())
            .collect();
        for number in related {
            assert!(
                answered.contains(&number),
                "{}: `related` says {number}, the standard {answered:?}",
                control.id
            );
        }
    }
}

#[test]
fn an_unknown_control_and_an_unknown_field_are_errors_that_name_them() {
    let unknown = standard(r#"["S3.8", "S3.99"]"#);
    let misspelt = standard("[]").replace("title", "titel");
    let mismatched = standard("[]").replace("s/1", "s/2");
    for (text, named) in [
        (unknown, "`S3.99`"),
        (misspelt, "standards/s.json"),
        (mismatched, "standards/s.json"),
    ] {
        let source = Source {
            path: "standards/s.json",
            text: &text,
        };
        let error = Standards::load(&[source], &catalog()).unwrap_err();
        assert!(error.to_string().contains(named), "{error}");
    }
}

fn counts(controls: &[&str]) -> BTreeMap<ControlId, u64> {
    controls.iter().map(|control| (id(control), 1)).collect()
}

fn row(service: Service, passed: &[&str], failed: &[&str], not_available: &[&str]) -> Coverage {
    let account = "111122223333".parse().unwrap();
    let mut row = Coverage::unseen(account, None, Some(service), CoverageStatus::Complete, "");
    row.passed = counts(passed);
    row.failed = counts(failed);
    row.not_available = counts(not_available);
    row
}

/// Passed, failed and not available of a standard of four controls.
fn score(rows: &[Coverage], disabled: &[&str]) -> (u64, u64, u64) {
    let catalog = catalog();
    let disabled = disabled.iter().map(|control| id(control)).collect();
    let text = standard(r#"["S3.8", "S3.5", "S3.14", "KMS.4"]"#);
    let source = Source {
        path: "standards/s.json",
        text: &text,
    };
    let standards = Standards::load(&[source], &catalog).unwrap();
    let mut standings = Standings::default();
    for row in rows {
        standings.add_row(&catalog, &disabled, row);
    }
    let scores = standards.scores(&standings);
    (scores[0].passed, scores[0].failed, scores[0].not_available)
}

#[test]
fn one_failed_resource_fails_a_control_and_one_unread_keeps_it_from_passing() {
    let rows = [
        row(Service::S3, &["S3.8", "S3.5", "S3.14"], &[], &["S3.5"]),
        row(Service::S3, &[], &["S3.8"], &["S3.8"]),
    ];
    assert_eq!(score(&rows, &[]), (1, 1, 1), "KMS.4 was never judged");
}

#[test]
fn a_scope_that_was_not_seen_to_its_end_lets_no_control_of_its_service_pass() {
    let mut failed = row(Service::S3, &[], &[], &[]);
    failed.status = CoverageStatus::Failed;
    let mut cut = row(Service::S3, &["S3.5"], &["S3.8"], &[]);
    cut.ended_early = true;
    let keys = row(Service::Kms, &["KMS.4"], &[], &[]);
    assert_eq!(score(&[failed.clone(), keys.clone()], &[]), (1, 0, 3));
    assert_eq!(score(&[cut, keys.clone()], &[]), (1, 1, 2));
    assert_eq!(score(&[failed, keys], &["S3.8", "S3.14"]), (1, 0, 1));
}

#[test]
fn nothing_judged_is_no_score() {
    assert_eq!(score(&[], &[]), (0, 0, 0));
}
