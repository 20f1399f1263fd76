//! The interpreter of the engine: the only way that knows `with`, so the one that tests of policies need.
//!
//! It has no limit that holds: a rule that calls itself overflows its stack. Ask it only in a process that may die.

use std::time::Duration;

use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, Value};

use super::{CLOCK_INTERVAL, add};
use crate::error::Error;
use crate::source::Source;

/// After which a rule is stopped.
const LONGEST: Duration = Duration::from_secs(10);

/// An engine with some files.
#[derive(Debug)]
pub(crate) struct Interpreter(Engine);

impl Interpreter {
    /// An engine with these files and `data`.
    ///
    /// # Errors
    ///
    /// If a file is not Rego, or has a package that does not follow from its path.
    pub(crate) fn with(sources: &[Source<'_>], data: serde_json::Value) -> Result<Self, Error> {
        let mut engine = Engine::new();
        for source in sources {
            add(&mut engine, source)?;
        }
        engine
            .add_data(Value::from(data))
            .map_err(|error| Error::Compile {
                folder: "data".to_owned(),
                source: error.into(),
            })?;
        engine.set_execution_timer_config(ExecutionTimerConfig {
            limit: LONGEST,
            check_interval: CLOCK_INTERVAL,
        });
        Ok(Self(engine))
    }

    /// The value of a rule over an empty input; `None` if it is undefined.
    ///
    /// # Errors
    ///
    /// What the engine says.
    pub(crate) fn value_of(&mut self, rule: String) -> Result<Option<serde_json::Value>, String> {
        self.0.set_input(Value::new_object());
        let value = self.0.eval_rule(rule).map_err(|error| error.to_string())?;
        if value == Value::Undefined {
            return Ok(None);
        }
        serde_json::to_value(&value)
            .map(Some)
            .map_err(|error| error.to_string())
    }
}
