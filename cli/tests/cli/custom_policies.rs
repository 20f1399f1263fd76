//! The operator's own: the documented example from end to end, configurations, and tests of policies.

use std::fs;
use std::path::{Path, PathBuf};

use compliance::{Observation, Status};
use serde_json::{Value, json};

use crate::program::{orgsweep, stderr, stdout};

const EXAMPLE: &str = "../docs/custom-policies";

/// A folder of its own, which is gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let process = std::process::id();
        let root = std::env::temp_dir().join(format!("orgsweep-cli-{name}-{process}"));
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(root)
    }

    fn path(&self, path: &str) -> String {
        self.0.join(path).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn example(path: &str) -> String {
    fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(EXAMPLE)
            .join(path),
    )
    .unwrap()
}

#[track_caller]
fn succeeds(arguments: &[&str]) -> String {
    let output = orgsweep(arguments);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        stdout(&output),
        stderr(&output)
    );
    stdout(&output)
}

#[track_caller]
fn fails(arguments: &[&str]) -> (String, String) {
    let output = orgsweep(arguments);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}{}",
        stdout(&output),
        stderr(&output)
    );
    (stdout(&output), stderr(&output))
}

#[test]
fn the_page_shows_the_example_as_it_is() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/CUSTOM_POLICIES.md");
    let page = fs::read_to_string(page).unwrap();
    for path in ["lib/teams.rego", "s3/team_is_known.rego"] {
        assert!(
            page.contains(&format!("```rego\n{}```", example(path))),
            "{path}"
        );
    }
    assert!(page.contains(&succeeds(&["controls", "test", EXAMPLE]).replace("../docs", "docs")));
}

#[test]
fn the_example_is_listed_as_custom() {
    let table = succeeds(&["controls", "--policies", EXAMPLE]);
    let line = table
        .lines()
        .find(|line| line.starts_with("ACME-S3.1"))
        .unwrap();
    assert!(line.contains("custom"), "{line}");
    let json = succeeds(&["controls", "--policies", EXAMPLE, "--output", "json"]);
    let controls: Vec<Value> = serde_json::from_str(&json).unwrap();
    let custom = controls.iter().filter(|control| control["custom"] == true);
    assert_eq!(
        custom.map(|it| &it["id"]).collect::<Vec<_>>(),
        ["ACME-S3.1"]
    );
}

#[test]
fn the_example_goes_through_the_layer_to_verdicts() {
    let configuration = fs::read_to_string("../cdk/config/dev.yaml").unwrap();
    let files = [
        (
            "config/dev.yaml",
            configuration + "  severities: { ACME-S3.1: HIGH }\npolicies: ../own\n",
        ),
        ("own/lib/teams.rego", example("lib/teams.rego")),
        (
            "own/s3/team_is_known.rego",
            example("s3/team_is_known.rego"),
        ),
        (
            "own/s3/team_is_known_test.rego",
            example("s3/team_is_known_test.rego"),
        ),
    ];
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    let folder = Folder::with("layer", &files);
    let (file, layer) = (folder.path("config/dev.yaml"), folder.path("layer"));
    assert!(succeeds(&["config", "validate", &file]).contains("custom policies: 2"));
    succeeds(&["config", "build", &file, "--out", &layer]);
    let layer = Path::new(&layer);
    let catalog = audit::config_dir::catalog(layer).unwrap();
    let parameters = audit::config_dir::parameters(layer, &catalog).unwrap();
    assert_eq!(catalog.refused(), []);
    let bucket = |team: &str| {
        let bucket = json!({"arn": "arn:aws:s3:::b", "name": "b", "account": "111122223333",
            "region": "eu-west-1", "tags": {"team": team}});
        let bucket = Observation::Bucket(serde_json::from_value(bucket).unwrap());
        let mut verdicts = catalog.judge(&bucket, &parameters);
        verdicts.retain(|verdict| verdict.control.as_str() == "ACME-S3.1");
        (verdicts[0].status, verdicts[0].severity)
    };
    assert_eq!(
        bucket("search"),
        (Status::Passed, compliance::Severity::High)
    );
    assert_eq!(
        bucket("webmasters"),
        (Status::Failed, compliance::Severity::High)
    );
}

#[test]
fn a_test_that_does_not_hold_fails_the_command() {
    let wrong = "package controls.s3.team_is_known_test\n\ntest_wrong if {\n\tdata.controls.s3.team_is_known.verdict.status == \"PASSED\" with input as {}\n}\n";
    let folder = Folder::with(
        "wrong",
        &[
            ("lib/teams.rego", &example("lib/teams.rego")),
            ("s3/team_is_known.rego", &example("s3/team_is_known.rego")),
            ("s3/team_is_known_test.rego", wrong),
        ],
    );
    let (printed, _) = fails(&["controls", "test", &folder.path("")]);
    assert!(
        printed.contains("FAILED  test_wrong does not hold"),
        "{printed}"
    );
}

#[test]
fn a_policy_that_ends_the_engine_ends_only_its_own_tests() {
    let endless = "package controls.kms.endless\n\nf(x) := f(x)\n\nverdict := f(1)\n";
    let asks = "package controls.kms.endless_test\n\ntest_it if {\n\tdata.controls.kms.endless.f(1) == 1\n}\n";
    let folder = Folder::with(
        "endless",
        &[
            ("lib/teams.rego", &example("lib/teams.rego")),
            ("s3/team_is_known.rego", &example("s3/team_is_known.rego")),
            (
                "s3/team_is_known_test.rego",
                &example("s3/team_is_known_test.rego"),
            ),
            ("kms/endless.rego", endless),
            ("kms/endless_test.rego", asks),
        ],
    );
    let (printed, _) = fails(&["controls", "test", &folder.path("")]);
    assert!(
        printed.contains("ERROR   ended the Rego engine"),
        "{printed}"
    );
    assert!(
        printed.contains("ok      test_pass_team_of_today"),
        "{printed}"
    );
    assert!(
        printed.contains("custom policy `kms/endless.rego` is not used"),
        "{printed}"
    );
}

#[test]
fn a_folder_without_tests_or_that_is_not_there_is_an_error() {
    let folder = Folder::with("bare", &[("README.md", "nothing")]);
    let (_, error) = fails(&["controls", "test", &folder.path("")]);
    assert!(error.contains("holds no tests"), "{error}");
    let (_, error) = fails(&["controls", "--policies", "no-such-folder"]);
    assert!(
        error.contains("`no-such-folder` is not a folder"),
        "{error}"
    );
}

#[test]
fn a_misspelt_key_is_named_with_line_and_suggestion_and_nothing_is_written() {
    let configuration = fs::read_to_string("../cdk/config/prod.yaml").unwrap();
    let wrong = configuration.replace("trusted_accounts", "trusted_acounts");
    let folder = Folder::with("misspelt", &[("prod.yaml", &wrong)]);
    let (file, layer) = (folder.path("prod.yaml"), folder.path("layer"));
    for arguments in [
        vec!["config", "validate", &file],
        vec!["config", "show", &file],
        vec!["config", "build", &file, "--out", &layer],
        vec!["audit", "--config", &file],
        vec!["controls", "--config", &file],
    ] {
        let (printed, error) = fails(&arguments);
        assert_eq!(printed, "");
        let said =
            "`parameters.trusted_acounts` is not a setting; did you mean `trusted_accounts`?";
        assert!(error.contains(said) && error.contains("line "), "{error}");
    }
    assert!(!Path::new(&layer).exists());
}

#[test]
fn what_is_effective_is_shown_with_defaults() {
    let shown = succeeds(&["config", "show", "../cdk/config/dev.yaml"]);
    for line in [
        "environment: dev",
        "  max_rotation_days: 365",
        "  minimum_coverage_percent: 95",
        "policies: ~",
    ] {
        assert!(shown.lines().any(|it| it == line), "{line} in\n{shown}");
    }
}
