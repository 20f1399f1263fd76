//! The tests of policies (`*_test.rego`). Their names come from the text: a test that does not hold is undefined, so asking
//! the engine for the tests that there are would not find it.

use serde_json::{Value, json};

use super::load::one_line;
use super::{CustomFile, text};
use crate::error::Error;
use crate::parameters::Parameters;
use crate::program::Interpreter;
use crate::source::{EMBEDDED, Source};

/// What became of a test.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TestOutcome {
    /// The rule.
    pub name: String,
    /// Why it does not hold; `None` if it does.
    pub problem: Option<String>,
}

/// Whether a file holds tests.
#[must_use]
pub fn is_test(path: &str) -> bool {
    path.ends_with("_test.rego")
}

/// Runs the tests of a file beside the other files of its folder and our libraries. Only what is exactly `true` holds.
///
/// A policy that calls itself overflows the stack here, which ends the process: run it in one that may die.
///
/// # Errors
///
/// If the file or one beside it is not Rego, has a wrong package, is too long or nested too deep, or if it holds no test.
pub fn test(file: &CustomFile, beside: &[CustomFile]) -> Result<Vec<TestOutcome>, Error> {
    let own = source(file)?;
    text::refuse_test(own.path, own.text)?;
    let mut sources: Vec<Source<'_>> = EMBEDDED
        .iter()
        .copied()
        .filter(Source::is_library)
        .collect();
    for other in beside.iter().filter(|other| !is_test(&other.path)) {
        let other = source(other)?;
        text::refuse(other.path, other.text)?;
        sources.push(other);
    }
    sources.push(own);
    let names = names(own.text);
    if names.is_empty() {
        return Err(Error::NoTest {
            path: own.path.to_owned(),
        });
    }
    let data = json!({ "parameters": Parameters::default() });
    let mut interpreter = Interpreter::with(&sources, data)?;
    let package = own.package();
    let outcome = |name: &str| TestOutcome {
        name: name.to_owned(),
        problem: problem(interpreter.value_of(format!("data.{package}.{name}"))),
    };
    Ok(names.into_iter().map(outcome).collect())
}

fn source(file: &CustomFile) -> Result<Source<'_>, Error> {
    let path = &file.path;
    match &file.text {
        Ok(text) => Ok(Source { path, text }),
        Err(reason) => Err(Error::Stopped {
            path: path.clone(),
            source: reason.clone().into(),
        }),
    }
}

/// The names of the tests, each once.
fn names(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for head in text::heads(text) {
        if head.starts_with("test_") && !names.contains(&head) {
            names.push(head);
        }
    }
    names
}

fn problem(value: Result<Option<Value>, String>) -> Option<String> {
    match value {
        Ok(Some(Value::Bool(true))) => None,
        Ok(Some(Value::Bool(false))) => Some("is false".to_owned()),
        Ok(Some(_)) => Some("is neither true nor false".to_owned()),
        Ok(None) => Some("does not hold".to_owned()),
        Err(error) => Some(one_line(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::custom::tests::{FAILS, file, good};

    fn outcomes(tests: &str) -> Vec<(String, Option<String>)> {
        let text = format!("package controls.s3.good_test\n\n{tests}");
        let outcomes = test(&file("s3/good_test.rego", &text), &[good()]).unwrap();
        outcomes
            .into_iter()
            .map(|it| (it.name, it.problem))
            .collect()
    }

    #[test]
    fn a_test_that_does_not_hold_is_found_although_the_engine_does_not_show_it() {
        assert!(FAILS.contains("FAILED"));
        let tests = "test_fail if {\n\tdata.controls.s3.good.verdict.status == \"FAILED\"\n}\n\ntest_pass if {\n\tdata.controls.s3.good.verdict.status == \"PASSED\" with input as {}\n}\n\ntest_no := false\n\ntest_text := \"x\"\n\ntest_clash := 1\n\ntest_clash := 2\n";
        let outcomes = outcomes(tests);
        let problems: Vec<(&str, Option<&str>)> = outcomes
            .iter()
            .map(|(name, problem)| (name.as_str(), problem.as_deref()))
            .collect();
        assert_eq!(
            problems[..4],
            [
                ("test_fail", None),
                ("test_pass", Some("does not hold")),
                ("test_no", Some("is false")),
                ("test_text", Some("is neither true nor false")),
            ]
        );
        assert_eq!(problems[4].0, "test_clash");
        assert!(problems[4].1.is_some());
        assert_eq!(problems.len(), 5);
    }

    #[test]
    fn a_file_without_tests_is_an_error() {
        let empty = file("s3/good_test.rego", "package controls.s3.good_test\n");
        let error = test(&empty, &[]).unwrap_err().to_string();
        assert!(
            error.contains("`s3/good_test.rego` holds no test"),
            "{error}"
        );
    }
}
