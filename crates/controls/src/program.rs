//! The Rego engine: policies compiled once to byte code, evaluated once per resource. Only this module and the tests of policies know regorus.

mod interpreter;
mod recursion;

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{CompiledPolicy, Engine, Value};
use serde::de::DeserializeOwned;

use crate::error::{Cause, Error};
use crate::source::Source;

pub(crate) use interpreter::Interpreter;

/// Instructions that one rule may take before it is stopped. The default of 25,000 stops policies that
/// look at some 60 rules of a security group; a group may have 1,000 (VPC User Guide, "Amazon VPC quotas").
const MAX_INSTRUCTIONS: usize = 5_000_000;
/// Instructions between two looks at the clock.
const CLOCK_INTERVAL: NonZeroU32 = NonZeroU32::MIN.saturating_add(1023);

/// The rule whose value is a set of the rules that are asked over every input, each with its value. What these
/// share is then evaluated once per input: entry points that are asked one by one share nothing.
const GATHERED: &str = "data.gathered.values";

/// Policies that were compiled together.
pub(crate) struct Program {
    code: Arc<regorus::rvm::program::Program>,
    /// How many rules are gathered.
    gathered: usize,
    max_instructions: usize,
    max_time: Option<Duration>,
}

/// A JSON document as the engine holds it; a clone costs nothing.
#[derive(Debug, Clone)]
pub(crate) struct Document(Value);

impl From<serde_json::Value> for Document {
    fn from(json: serde_json::Value) -> Self {
        Self(Value::from(json))
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program").finish_non_exhaustive()
    }
}

impl Program {
    /// Compiles the sources of a folder, with the given rules as entry points. Those of them that `gathered`
    /// names are asked over every input; there may be none.
    ///
    /// # Errors
    ///
    /// A source that is not Rego, a package that does not follow from its path, a rule that does not compile.
    pub(crate) fn compile(
        folder: &str,
        sources: &[Source<'_>],
        rules: &[String],
        gathered: &[String],
    ) -> Result<Self, Error> {
        let mut engine = Engine::new();
        for source in sources {
            add(&mut engine, source)?;
        }
        let failed = |source| Error::Compile {
            folder: folder.to_owned(),
            source,
        };
        let first = rules
            .first()
            .ok_or_else(|| failed("there is no rule to compile".into()))?;
        if !gathered.is_empty() {
            engine
                .add_policy("gathered.rego".to_owned(), gathering(gathered))
                .map_err(|error| failed(error.into()))?;
        }
        let policy: CompiledPolicy = engine
            .compile_with_entrypoint(&first.as_str().into())
            .map_err(|error| failed(error.into()))?;
        let together = (!gathered.is_empty()).then_some(GATHERED);
        let rules = rules.iter().map(String::as_str).chain(together);
        let rules: Vec<&str> = rules.collect();
        let code = Compiler::compile_from_policy(&policy, &rules)
            .map_err(|error| failed(error.to_string().into()))?;
        Ok(Self {
            code,
            gathered: gathered.len(),
            max_instructions: MAX_INSTRUCTIONS,
            max_time: None,
        })
    }

    /// The same program with limits of its own on each rule that is asked.
    pub(crate) fn within(self, max_instructions: usize, max_time: Duration) -> Self {
        Self {
            max_instructions,
            max_time: Some(max_time),
            ..self
        }
    }

    /// A chain of rules that ends where it begins, if there is one: evaluated, it would end the process.
    pub(crate) fn recursion(&self) -> Option<String> {
        recursion::chain(&self.code)
    }

    /// Prepares the evaluation of rules over one input.
    ///
    /// # Errors
    ///
    /// If `data` has a key where the policies have a package.
    pub(crate) fn over(
        &self,
        input: impl Into<Document>,
        data: impl Into<Document>,
    ) -> Result<Evaluation, Cause> {
        let mut machine = RegoVM::new();
        machine.load_program(Arc::clone(&self.code));
        machine.set_max_instructions(self.max_instructions);
        let timer = |limit| ExecutionTimerConfig {
            limit,
            check_interval: CLOCK_INTERVAL,
        };
        machine.set_execution_timer_config(self.max_time.map(timer));
        let (Document(input), Document(data)) = (input.into(), data.into());
        machine.set_data(data).map_err(|error| error.to_string())?;
        machine.set_input(input);
        Ok(Evaluation {
            machine,
            gathered: BTreeMap::new(),
        })
    }

    /// The same, with the gathered rules evaluated together. They share their limits: what one of them
    /// leaves over, another may use. If they are stopped all the same, each is evaluated when it is asked.
    ///
    /// # Errors
    ///
    /// As [`Program::over`].
    pub(crate) fn gathered_over(
        &self,
        input: impl Into<Document>,
        data: impl Into<Document>,
    ) -> Result<Evaluation, Cause> {
        let Evaluation { mut machine, .. } = self.over(input, data)?;
        machine.set_max_instructions(self.max_instructions.saturating_mul(self.gathered));
        let gathered = machine.execute_entry_point_by_name(GATHERED);
        machine.set_max_instructions(self.max_instructions);
        Ok(Evaluation {
            machine,
            gathered: gathered.map_or_else(|_| BTreeMap::new(), by_rule),
        })
    }
}

/// Rules over one input.
pub(crate) struct Evaluation {
    machine: RegoVM,
    gathered: BTreeMap<Arc<str>, Value>,
}

impl Evaluation {
    /// The value of a rule, if it is defined. Conflicting definitions leave it undefined.
    ///
    /// # Errors
    ///
    /// A rule that was stopped, or whose value is not of the wanted type.
    pub(crate) fn value_of<T: DeserializeOwned>(&mut self, rule: &str) -> Result<Option<T>, Cause> {
        let value = match self.gathered.get(rule) {
            Some(value) => value.clone(),
            // Not gathered, or without a value; alone it says why.
            None => self
                .machine
                .execute_entry_point_by_name(rule)
                .map_err(|error| error.to_string())?,
        };
        if value == Value::Undefined {
            return Ok(None);
        }
        let value = serde_json::to_value(&value)?;
        Ok(Some(serde_json::from_value(value)?))
    }
}

/// The module with the rule [`GATHERED`].
fn gathering(rules: &[String]) -> String {
    let value = |rule: &String| format!("values contains [{rule:?}, value] if value := {rule}\n");
    let values: Vec<String> = rules.iter().map(value).collect();
    format!("package gathered\n\n{}", values.concat())
}

/// The values that the rule [`GATHERED`] gives, by rule.
fn by_rule(gathered: Value) -> BTreeMap<Arc<str>, Value> {
    let Value::Set(pairs) = gathered else {
        return BTreeMap::new();
    };
    let by_rule = |pair: &Value| match pair.as_array().ok()?.as_slice() {
        [Value::String(rule), value] => Some((rule.as_ref().into(), value.clone())),
        _ => None,
    };
    pairs.iter().filter_map(by_rule).collect()
}

/// Parses a source alone.
///
/// # Errors
///
/// If it is not Rego, or its package does not follow from its path.
pub(crate) fn parse(source: &Source<'_>) -> Result<(), Error> {
    add(&mut Engine::new(), source)
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
