//! The Rego interpreter: a second way to evaluate the policies, and the only one that knows `with`.

use controls::Parameters;
use regorus::{Engine, Value};
use serde_json::json;

use crate::tree::RegoFile;

/// An interpreter with the given files and the default parameters.
pub(crate) fn interpreter<'a>(files: impl IntoIterator<Item = &'a RegoFile>) -> Engine {
    interpreter_with(&Parameters::default(), files)
}

/// An interpreter with the given parameters and files.
pub(crate) fn interpreter_with<'a>(
    parameters: &Parameters,
    files: impl IntoIterator<Item = &'a RegoFile>,
) -> Engine {
    let mut engine = Engine::new();
    for file in files {
        engine
            .add_policy(file.path.clone(), file.text.clone())
            .unwrap_or_else(|error| panic!("`{}`: {error}", file.path));
    }
    let data = json!({ "parameters": parameters });
    engine.add_data(Value::from(data)).unwrap();
    engine
}

/// The value of a rule over an input; `None` if it is undefined.
pub(crate) fn value_of(
    engine: &mut Engine,
    rule: String,
    input: serde_json::Value,
) -> Result<Option<serde_json::Value>, String> {
    engine.set_input(Value::from(input));
    let value = engine.eval_rule(rule).map_err(|error| error.to_string())?;
    Ok((value != Value::Undefined).then(|| serde_json::to_value(&value).unwrap()))
}
