//! Reads the state machine's definition for the contract tests.

use std::path::PathBuf;

use serde_json::Value;

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A text file of the repository, by its path from the root.
///
/// # Errors
///
/// If it cannot be read; the message names it.
pub fn text(path: &str) -> Result<String, String> {
    std::fs::read_to_string(root().join(path)).map_err(|error| format!("`{path}`: {error}"))
}

/// `statemachine/sweep.asl.json`.
///
/// # Errors
///
/// If it cannot be read or is not JSON.
pub fn definition() -> Result<Value, String> {
    serde_json::from_str(&text("statemachine/sweep.asl.json")?).map_err(|error| error.to_string())
}

/// Every state of the definition with its name, those inside Maps and Parallels too.
#[must_use]
pub fn states(machine: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    let Some(states) = machine.get("States").and_then(Value::as_object) else {
        return found;
    };
    for (name, state) in states {
        found.push((name.clone(), state));
        if let Some(processor) = state.get("ItemProcessor") {
            found.extend(self::states(processor));
        }
        for branch in state
            .get("Branches")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            found.extend(self::states(branch));
        }
    }
    found
}
