//! Tests of custom policies: what holds, what does not, and what is not used.

use std::fmt::Write as _;

use controls::RefusedPolicy;
use controls::custom::TestOutcome;
use serde::Serialize;

use super::table::counted;
use crate::exit::Exit;
use crate::tested::TestedFile;

/// What became of a folder.
#[derive(Debug, Serialize)]
pub struct TestReport {
    files: Vec<TestedFile>,
    /// Policies that no file of tests belongs to.
    untested: Vec<String>,
    /// Policies that are not used, and why.
    refused: Vec<String>,
}

impl TestReport {
    /// The report on a folder with these policies.
    #[must_use]
    pub fn of(files: Vec<TestedFile>, policies: &[&str], refused: &[RefusedPolicy]) -> Self {
        let has_tests = |policy: &&&str| {
            let tests = policy.replace(".rego", "_test.rego");
            !files.iter().any(|file| file.path == tests)
        };
        let untested = policies.iter().filter(has_tests);
        Self {
            untested: untested.map(|&policy| policy.to_owned()).collect(),
            refused: refused.iter().map(ToString::to_string).collect(),
            files,
        }
    }

    fn tests(&self) -> impl Iterator<Item = &TestOutcome> {
        self.files.iter().flat_map(|file| &file.tests)
    }

    /// How the program ends: well only if every test holds and every policy is used.
    #[must_use]
    pub fn exit(&self) -> Exit {
        let holds = self.tests().all(|test| test.problem.is_none());
        let ran = self.files.iter().all(|file| file.problem.is_none());
        if holds && ran && self.refused.is_empty() {
            Exit::Success
        } else {
            Exit::Failure
        }
    }

    /// The report for people.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut text = String::new();
        for file in &self.files {
            let _infallible = writeln!(text, "{}", file.path);
            if let Some(problem) = &file.problem {
                let _infallible = writeln!(text, "  ERROR   {problem}");
            }
            for test in &file.tests {
                let _infallible = match &test.problem {
                    None => writeln!(text, "  ok      {}", test.name),
                    Some(problem) => writeln!(text, "  FAILED  {} {problem}", test.name),
                };
            }
        }
        for refused in &self.refused {
            let _infallible = writeln!(text, "\n{refused}");
        }
        for policy in &self.untested {
            let _infallible = writeln!(text, "\n`{policy}` has no tests");
        }
        let failed = self.tests().filter(|test| test.problem.is_some()).count();
        let broken = self
            .files
            .iter()
            .filter(|file| file.problem.is_some())
            .count();
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let _infallible = writeln!(
            text,
            "\n{}: {} hold, {failed} do not; {} could not be run.",
            counted(number(self.tests().count()), "test"),
            self.tests().count() - failed,
            counted(number(broken), "file"),
        );
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(name: &str, problem: Option<&str>) -> TestOutcome {
        TestOutcome {
            name: name.to_owned(),
            problem: problem.map(str::to_owned),
        }
    }

    #[test]
    fn tests_in_words() {
        let files = vec![
            TestedFile {
                path: "s3/named_test.rego".to_owned(),
                tests: vec![
                    outcome("test_pass", None),
                    outcome("test_fail", Some("does not hold")),
                ],
                problem: None,
            },
            TestedFile {
                path: "s3/broken_test.rego".to_owned(),
                tests: Vec::new(),
                problem: Some("cannot be read as Rego".to_owned()),
            },
        ];
        let refused = RefusedPolicy {
            path: "kms/loop.rego".to_owned(),
            control: Some("ACME.3".parse().unwrap()),
            reason: "it calls itself".to_owned(),
        };
        let policies = ["s3/named.rego", "kms/loop.rego"];
        let report = TestReport::of(files, &policies, &[refused]);
        assert_eq!(report.exit(), Exit::Failure);
        insta::assert_snapshot!(report.in_words());
    }

    #[test]
    fn only_a_folder_whose_tests_hold_and_whose_policies_are_used_ends_well() {
        let file = |problem| TestedFile {
            path: "s3/named_test.rego".to_owned(),
            tests: vec![outcome("test_pass", problem)],
            problem: None,
        };
        let exit = |problem| TestReport::of(vec![file(problem)], &[], &[]).exit();
        assert_eq!(exit(None), Exit::Success);
        assert_eq!(exit(Some("does not hold")), Exit::Failure);
    }
}
