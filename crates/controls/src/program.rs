//! The Rego engine: policies compiled once to byte code, evaluated once per resource. The only file that knows regorus.

use std::fmt;
use std::sync::Arc;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use regorus::{CompiledPolicy, Engine, Value};
use serde::de::DeserializeOwned;

use crate::error::{Cause, Error};
use crate::source::Source;

/// Instructions that one rule may take before it is stopped. The default of 25,000 stops policies that
/// look at some 60 rules of a security group; a group may have 1,000 (VPC User Guide, "Amazon VPC quotas").
const MAX_INSTRUCTIONS: usize = 5_000_000;

/// The policies of one subject, compiled together.
pub(crate) struct Program(Arc<regorus::rvm::program::Program>);

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program").finish_non_exhaustive()
    }
}

impl Program {
    /// Compiles the sources of a folder, with the given rules as entry points.
    ///
    /// # Errors
    ///
    /// A source that is not Rego, a package that does not follow from its path, a rule that does not compile.
    pub(crate) fn compile(
        folder: &'static str,
        sources: &[Source<'_>],
        rules: &[String],
    ) -> Result<Self, Error> {
        let mut engine = Engine::new();
        for source in sources {
            add(&mut engine, source)?;
        }
        let failed = |source| Error::Compile { folder, source };
        let first = rules
            .first()
            .ok_or_else(|| failed("there is no rule to compile".into()))?;
        let policy: CompiledPolicy = engine
            .compile_with_entrypoint(&first.as_str().into())
            .map_err(|error| failed(error.into()))?;
        let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
        let program = Compiler::compile_from_policy(&policy, &rules)
            .map_err(|error| failed(error.to_string().into()))?;
        Ok(Self(program))
    }

    /// Prepares the evaluation of rules over one input.
    ///
    /// # Errors
    ///
    /// If `data` has a key where the policies have a package.
    pub(crate) fn over(
        &self,
        input: serde_json::Value,
        data: serde_json::Value,
    ) -> Result<Evaluation, Cause> {
        let mut machine = RegoVM::new();
        machine.load_program(Arc::clone(&self.0));
        machine.set_max_instructions(MAX_INSTRUCTIONS);
        machine
            .set_data(Value::from(data))
            .map_err(|error| error.to_string())?;
        machine.set_input(Value::from(input));
        Ok(Evaluation(machine))
    }
}

/// Rules over one input.
pub(crate) struct Evaluation(RegoVM);

impl Evaluation {
    /// The value of a rule, if it is defined. Conflicting definitions leave it undefined.
    ///
    /// # Errors
    ///
    /// A rule that was stopped, or whose value is not of the wanted type.
    pub(crate) fn value_of<T: DeserializeOwned>(&mut self, rule: &str) -> Result<Option<T>, Cause> {
        let value = self
            .0
            .execute_entry_point_by_name(rule)
            .map_err(|error| error.to_string())?;
        if value == Value::Undefined {
            return Ok(None);
        }
        let value = serde_json::to_value(&value)?;
        Ok(Some(serde_json::from_value(value)?))
    }
}

fn add(engine: &mut Engine, source: &Source<'_>) -> Result<(), Error> {
    let path = source.path.to_owned();
    let package = engine
        .add_policy(path.clone(), source.text.to_owned())
        .map_err(|error| Error::Syntax {
            path: path.clone(),
            source: error.into(),
        })?;
    let expected = source.package();
    let found = package.strip_prefix("data.").unwrap_or(&package);
    if found == expected {
        Ok(())
    } else {
        Err(Error::Package {
            path,
            expected,
            found: found.to_owned(),
        })
    }
}
