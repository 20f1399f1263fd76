//! What the program prints for people and for programs.

use crate::program::{orgsweep, stderr, stdout};

const POLICY: &str = "tests/fixtures/public_bucket_policy.json";

fn succeeds(arguments: &[&str]) -> String {
    let output = orgsweep(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn a_policy_is_explained_to_programs() {
    let arguments = [
        "policy",
        POLICY,
        "--account",
        "111122223333",
        "--output",
        "json",
    ];
    insta::assert_snapshot!(succeeds(&arguments));
}

#[test]
fn a_policy_is_explained_to_people() {
    insta::assert_snapshot!(succeeds(&["policy", POLICY, "--account", "111122223333"]));
}

#[test]
fn the_catalogue_is_an_array_of_controls_with_their_related_ids() {
    let printed = succeeds(&["controls", "--output", "json"]);
    let controls: Vec<serde_json::Value> = serde_json::from_str(&printed).unwrap();
    assert!(!controls.is_empty());
    let fields = [
        "id",
        "title",
        "severity",
        "resource_type",
        "reads",
        "rationale",
        "remediation",
        "related",
    ];
    for control in &controls {
        for field in fields {
            assert!(control.get(field).is_some(), "{field} of {}", control["id"]);
        }
        assert!(
            control["related"]
                .as_object()
                .unwrap()
                .values()
                .all(serde_json::Value::is_array)
        );
    }
    let public = controls
        .iter()
        .find(|control| control["id"] == "S3.8")
        .unwrap();
    assert_eq!(
        public["related"]["security_hub"],
        serde_json::json!(["S3.8"])
    );
}

#[test]
fn the_table_has_one_line_per_control() {
    let table = succeeds(&["controls"]);
    let printed = succeeds(&["controls", "--output", "json"]);
    let controls: Vec<serde_json::Value> = serde_json::from_str(&printed).unwrap();
    assert_eq!(table.lines().count(), controls.len() + 1);
}

#[test]
fn docs_controls_md_is_current() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/CONTROLS.md");
    let committed = std::fs::read_to_string(page).unwrap();
    let current = succeeds(&["controls", "--output", "markdown"]);
    assert!(
        committed == current,
        "docs/CONTROLS.md is stale: run `orgsweep controls --output markdown > docs/CONTROLS.md`"
    );
}
