//! Runs the `*_test.rego` files. Names come from the text: a test that does not hold is undefined,
//! so asking the engine for the tests that there are would not find it.

use serde_json::{Value, json};

use crate::interpreter::{interpreter, value_of};
use crate::tree::{RegoFile, rego_files};

/// The five cases that every test file of a control has, as beginnings of test names.
const CASES: [&str; 5] = [
    "test_pass",
    "test_fail",
    "test_absent",
    "test_unknown",
    "test_empty_input",
];

#[test]
fn every_rego_test_holds() {
    let files = rego_files();
    let tests = files.iter().filter(|file| file.is_test());
    let broken: Vec<String> = tests.flat_map(|file| broken(&files, file)).collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_policy_has_a_test_file_with_the_five_cases() {
    let files = rego_files();
    for policy in files
        .iter()
        .filter(|file| file.is_of_a_subject() && !file.is_test())
    {
        let path = policy.path.replace(".rego", "_test.rego");
        let test_file = files
            .iter()
            .find(|file| file.path == path)
            .unwrap_or_else(|| panic!("`{}` has no test file `{path}`", policy.path));
        for case in CASES {
            assert!(
                test_names(test_file).any(|name| name.starts_with(case)),
                "`{path}` has no test that begins with `{case}`"
            );
        }
    }
}

#[test]
fn every_test_file_has_a_policy() {
    let files = rego_files();
    for test_file in files.iter().filter(|file| file.is_test()) {
        let path = test_file.path.replace("_test.rego", ".rego");
        assert!(
            files.iter().any(|file| file.path == path),
            "`{}`",
            test_file.path
        );
    }
}

#[test]
fn a_rego_test_that_does_not_hold_is_found() {
    let file = RegoFile {
        path: "s3/sample_test.rego".into(),
        text: "package controls.s3.sample_test\n\ntest_fail_always if {\n\t1 == 2\n}\n".into(),
    };
    let found = ["s3/sample_test.rego test_fail_always: undefined"];
    assert_eq!(broken(&[], &file), found);
}

fn test_names(file: &RegoFile) -> impl Iterator<Item = &str> {
    file.lines()
        .filter(|line| line.starts_with("test_"))
        .filter_map(|line| line.split([' ', ':', '=', '{']).next())
}

/// The tests of a file that do not hold, beside the policy that they test and the libraries.
fn broken(files: &[RegoFile], test_file: &RegoFile) -> Vec<String> {
    let policy = test_file.path.replace("_test.rego", ".rego");
    let needed =
        |file: &&RegoFile| !file.is_test() && (file.path == policy || file.folder() == "lib");
    let mut engine = interpreter(files.iter().filter(needed).chain([test_file]));
    let mut why_broken = |name: &str| {
        let rule = format!("data.{}.{name}", test_file.package());
        match value_of(&mut engine, rule, json!({})) {
            Ok(Some(Value::Bool(true))) => None,
            Ok(Some(value)) => Some(format!("is {value}")),
            Ok(None) => Some("undefined".to_owned()),
            Err(error) => Some(error),
        }
    };
    test_names(test_file)
        .filter_map(|name| Some(format!("{} {name}: {}", test_file.path, why_broken(name)?)))
        .collect()
}
