//! Examples that this crate and the CDK app accept or refuse alike (`cdk/test/config.test.ts` reads the same files), and the schema
//! that the CDK app takes from here.

#![cfg(test)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use configuration::{Error, File};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn examples(kind: &str) -> Vec<PathBuf> {
    let folder = fs::read_dir(root().join("tests/examples").join(kind)).unwrap();
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 5, "{paths:?}");
    paths
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().display().to_string()
}

#[test]
fn good_examples_are_accepted() {
    for path in examples("good") {
        if let Err(error) = File::read(&path) {
            panic!("{error}");
        }
    }
}

#[test]
fn what_is_effective_is_read_again_and_says_the_same() {
    for path in examples("good") {
        let file = File::read(&path).unwrap();
        let text = file.effective().unwrap();
        let again = File::parse(&path, &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(again.configuration, file.configuration, "{text}");
    }
}

#[test]
fn bad_examples_are_refused_with_line_key_and_what_is_expected() {
    let mut told = String::new();
    for path in examples("bad") {
        let problems = match File::read(&path) {
            Err(Error::Unusable { problems, .. }) => problems,
            other => panic!("`{}`: {other:?}", path.display()),
        };
        told += &name(&path);
        told += "\n";
        for problem in problems {
            writeln!(told, "    {problem}").unwrap();
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn every_problem_is_told_at_once() {
    let text = "environment: test\ndeployment:\n  acount: x\n  region: Mars\nparameters:\n  trusted_acounts: []\n  required_tags: 5\n";
    let error = File::parse(Path::new("dev.yaml"), text).unwrap_err();
    insta::assert_snapshot!(error.to_string());
}

#[test]
fn the_configurations_of_the_cdk_app_are_accepted() {
    for environment in ["dev", "prod"] {
        let path = root().join(format!("../../cdk/config/{environment}.yaml"));
        let file = File::read(&path).unwrap_or_else(|error| panic!("{error}"));
        let catalog = controls::Catalog::embedded().unwrap();
        file.check_controls(&catalog)
            .unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn the_schema_of_the_cdk_app_is_current() {
    let committed = fs::read_to_string(root().join("../../cdk/config/schema.json")).unwrap();
    let current = serde_json::to_string_pretty(&configuration::schema()).unwrap() + "\n";
    assert!(
        committed == current,
        "cdk/config/schema.json is stale: run `orgsweep config schema > cdk/config/schema.json`"
    );
}

#[test]
fn a_control_that_does_not_exist_is_named_with_what_may_have_been_meant() {
    let good = fs::read_to_string(root().join("tests/examples/good/minimal.yaml")).unwrap();
    let text = good
        + "parameters:\n  disabled_controls: [S3.88]\n  severities:\n    EC2.188: LOW\n    MACIE.1: LOW\n"
        + "suppressions:\n  - id: a\n    control: S3.88\n    account: \"*\"\n    resource: \"*\"\n    reason: r\n"
        + "    owner: o\n    created: 2026-11-01\n    expires: 2027-05-31\n";
    let file = File::parse(Path::new("dev.yaml"), &text).unwrap();
    let catalog = controls::Catalog::embedded().unwrap();
    let error = file.check_controls(&catalog).unwrap_err();
    insta::assert_snapshot!(error.to_string());
}

#[test]
fn a_custom_policy_that_is_refused_is_named_and_not_what_it_may_have_declared() {
    let good = fs::read_to_string(root().join("tests/examples/good/minimal.yaml")).unwrap();
    let text = good
        + "policies: own\nparameters:\n  disabled_controls: [OWN.1]\n"
        + "suppressions:\n  - id: a\n    control: OWN.2\n    account: \"*\"\n    resource: \"*\"\n    reason: r\n"
        + "    owner: o\n    created: 2026-11-01\n    expires: 2027-05-31\n";
    let file = File::parse(Path::new("config/dev.yaml"), &text).unwrap();
    assert_eq!(file.policies(), Some(PathBuf::from("config/own")));
    let broken = controls::CustomFile {
        path: "s3/own.rego".to_owned(),
        text: Ok("package".to_owned()),
    };
    let catalog = controls::Catalog::embedded()
        .unwrap()
        .with_custom(&[broken]);
    file.check_controls(&catalog).unwrap();
    let error = file.check_policies(&catalog).unwrap_err().to_string();
    assert!(
        error.contains("line 9: `policies`") && error.contains("s3/own.rego"),
        "{error}"
    );
}

#[test]
fn the_folder_of_the_functions_is_written_once() {
    let file = File::read(&root().join("tests/examples/good/everything.yaml")).unwrap();
    let policy = |path: &str| controls::CustomFile {
        path: path.to_owned(),
        text: Ok("package x\n".to_owned()),
    };
    let policies = [policy("s3/own.rego"), policy("s3/own_test.rego")];
    let process = std::process::id();
    let folder = std::env::temp_dir().join(format!("orgsweep-build-{process}"));
    configuration::build(&file, &policies, &folder).unwrap();
    let again = configuration::build(&file, &policies, &folder).unwrap_err();
    let parameters = fs::read_to_string(folder.join(configuration::PARAMETERS)).unwrap();
    let suppressions = fs::read_to_string(folder.join(configuration::SUPPRESSIONS)).unwrap();
    let test = folder.join("policies/s3/own_test.rego").exists();
    let own = fs::read_to_string(folder.join("policies/s3/own.rego")).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    let read: controls::Parameters = serde_json::from_str(&parameters).unwrap();
    assert_eq!(read, file.configuration.parameters);
    let read: Vec<compliance::Suppression> = serde_json::from_str(&suppressions).unwrap();
    assert_eq!(read, file.configuration.suppressions);
    assert_eq!(read.len(), 2);
    assert_eq!((own.as_str(), test), ("package x\n", false));
    assert!(matches!(again, Error::NotEmpty { .. }), "{again}");
}
