//! The same policies on the Rego interpreter, for comparison.

use std::fs;
use std::path::{Path, PathBuf};

use compliance::Subject;
use controls::Parameters;
use regorus::{Engine, Value};
use serde_json::json;

use crate::Failed;

/// An interpreter with the policies of one subject.
pub(crate) struct Interpreter {
    engine: Engine,
    verdicts: Vec<String>,
}

impl Interpreter {
    pub(crate) fn new(subject: Subject, parameters: &Parameters) -> Result<Self, Failed> {
        let mut engine = Engine::new();
        for library in policies("lib")? {
            engine.add_policy_from_file(library)?;
        }
        let mut verdicts = Vec::new();
        for policy in policies(subject.folder())? {
            let package = engine.add_policy_from_file(policy)?;
            verdicts.push(format!("{package}.verdict"));
        }
        engine.add_data(Value::from(json!({ "parameters": parameters })))?;
        Ok(Self { engine, verdicts })
    }

    /// How many policies there are.
    pub(crate) fn policies(&self) -> usize {
        self.verdicts.len()
    }

    /// Asks every policy; the number of those that answered.
    pub(crate) fn judge(&mut self, input: serde_json::Value) -> usize {
        self.engine.set_input(Value::from(input));
        let engine = &mut self.engine;
        let answers = self
            .verdicts
            .iter()
            .map(|rule| engine.eval_rule(rule.clone()));
        answers.flatten().count()
    }
}

/// The Rego files of a folder without tests.
fn policies(folder: &str) -> Result<Vec<PathBuf>, Failed> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let mut files = Vec::new();
    for file in fs::read_dir(root.join(folder))? {
        let path = file?.path();
        let rego = path.extension().is_some_and(|it| it == "rego");
        if rego && !path.display().to_string().ends_with("_test.rego") {
            files.push(path);
        }
    }
    Ok(files)
}
