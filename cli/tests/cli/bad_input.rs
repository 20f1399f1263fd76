//! Bad input: one clear error that names the thing, an exit code, and nothing on standard output.

use crate::program::{orgsweep, orgsweep_reading, stderr, stdout};

/// Asserts that the program fails with `code`, prints nothing, and says all of `named` in one go.
fn assert_refused(output: &std::process::Output, code: i32, named: &[&str]) {
    let error = stderr(output);
    assert_eq!(output.status.code(), Some(code), "{error}");
    assert_eq!(stdout(output), "", "{error}");
    for name in named {
        assert_eq!(error.matches(name).count(), 1, "{name} in {error}");
    }
}

#[test]
fn an_unknown_field_of_the_input_is_named_before_anything_is_started() {
    let output = orgsweep(&["runs", "start", "--input", r#"{"acounts": {}}"#]);
    assert_refused(&output, 1, &["unknown field `acounts`"]);
}

#[test]
fn a_malformed_account_id_is_named() {
    let input = r#"{"accounts": {"include": ["123"]}}"#;
    let output = orgsweep(&["runs", "start", "--input", input]);
    assert_refused(&output, 1, &["`123` is not an account id"]);
    let output = orgsweep(&["findings", "--account", "123"]);
    assert_refused(&output, 2, &["`123` is not an account id"]);
}

#[test]
fn a_policy_that_is_not_json_is_named_with_the_place() {
    let output = orgsweep_reading("{\n  \"Statement\": oops\n}", &["policy", "-"]);
    assert_refused(&output, 1, &["`standard input`", "line 2 column"]);
}

#[test]
fn a_document_that_is_not_a_policy_is_named_with_the_statement() {
    let policy = r#"{"Statement": [{"Effect": "Perhaps", "Principal": "*", "Action": "s3:*"}]}"#;
    let output = orgsweep_reading(policy, &["policy", "-", "--output", "json"]);
    assert_refused(&output, 1, &["`standard input`", "`Perhaps`"]);
}

#[test]
fn a_policy_file_that_is_not_there_is_named() {
    let output = orgsweep(&["policy", "no-such-file.json"]);
    assert_refused(&output, 1, &["`no-such-file.json`"]);
}

#[test]
fn a_missing_table_is_named_with_its_variable() {
    let output = orgsweep(&["findings"]);
    assert_refused(&output, 1, &["`--findings-table`", "`FINDINGS_TABLE`"]);
    let output = orgsweep(&["coverage"]);
    assert_refused(&output, 1, &["`--runs-table`", "`RUNS_TABLE`"]);
}

#[test]
fn a_missing_state_machine_is_named_with_its_variable() {
    let output = orgsweep(&["runs", "start"]);
    assert_refused(
        &output,
        1,
        &["`--state-machine-arn`", "`STATE_MACHINE_ARN`"],
    );
}

#[test]
fn a_control_that_is_not_in_the_catalogue_is_named() {
    let output = orgsweep(&["findings", "--findings-table", "t", "--control", "S3.999"]);
    assert_refused(&output, 1, &["`S3.999`"]);
}

#[test]
fn a_service_that_is_not_audited_is_wrong_usage() {
    let output = orgsweep(&["audit", "--service", "s3,rds"]);
    assert_refused(&output, 2, &["`rds` is not a service"]);
}

#[test]
fn an_external_id_without_a_role_is_wrong_usage() {
    let output = orgsweep(&["audit", "--external-id", "secret"]);
    assert_refused(
        &output,
        2,
        &["arguments were not provided:\n  --role-arn <ARN>"],
    );
}

#[test]
fn a_demo_that_cannot_start_says_what_it_tried() {
    let output = orgsweep(&["demo", "--tests-dir", "tests", "--python", "no-such-python"]);
    assert_refused(&output, 1, &["no-such-python -m organization serve"]);
}

#[test]
fn an_emulator_that_does_not_get_ready_is_told_from_one_that_talks_nonsense() {
    let output = orgsweep(&["demo", "--tests-dir", "tests", "--python", "/bin/false"]);
    assert_refused(&output, 1, &["ended before it was ready", "exit status: 1"]);
    let output = orgsweep(&["demo", "--tests-dir", "tests", "--python", "/bin/echo"]);
    assert_refused(&output, 1, &["does not say where it is"]);
}
