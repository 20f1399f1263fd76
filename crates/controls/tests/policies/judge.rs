//! Policies, asked without the engine before them, as an OPA server asks.

use compliance::Subject;
use regorus::Engine;
use serde_json::{Value, json};

use crate::interpreter::{interpreter_with, value_of};
use crate::tree::{RegoFile, parameters, rego_files};

/// One policy, ready to be asked.
pub(crate) struct Judge {
    pub(crate) id: String,
    pub(crate) reads: Vec<String>,
    pub(crate) enough: Vec<String>,
    engine: Engine,
    verdict: String,
}

impl Judge {
    /// Every policy of a subject.
    pub(crate) fn all(subject: Subject) -> Vec<Self> {
        let files = rego_files();
        let libraries = || {
            let of_library = |file: &&RegoFile| file.folder() == "lib" && !file.is_test();
            files.iter().filter(of_library)
        };
        let of_subject = |file: &&RegoFile| file.folder() == subject.folder() && !file.is_test();
        files
            .iter()
            .filter(of_subject)
            .map(|policy| {
                let engine = interpreter_with(&parameters(), libraries().chain([policy]));
                Self::of(policy, engine)
            })
            .collect()
    }

    fn of(policy: &RegoFile, mut engine: Engine) -> Self {
        let rule = |name: &str| format!("data.{}.{name}", policy.package());
        let control = value_of(&mut engine, rule("control"), json!({}));
        let control = control.unwrap().unwrap();
        let list = |key: &str| serde_json::from_value(control[key].clone()).unwrap_or_default();
        Self {
            id: control["id"].as_str().unwrap().to_owned(),
            reads: list("reads"),
            enough: list("enough"),
            verdict: rule("verdict"),
            engine,
        }
    }

    /// The status, or `none` of an input that the policy cannot be evaluated on.
    pub(crate) fn status(&mut self, input: Value) -> String {
        match value_of(&mut self.engine, self.verdict.clone(), input) {
            Ok(Some(verdict)) => verdict["status"].as_str().unwrap().to_owned(),
            Ok(None) | Err(_) => "none".to_owned(),
        }
    }

    /// Whether an input is passed.
    pub(crate) fn passes(&mut self, input: &Value) -> bool {
        self.status(input.clone()) == "PASSED"
    }
}
