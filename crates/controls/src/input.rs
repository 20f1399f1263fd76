//! The policies' input: an observation as JSON, with the facts that take an algorithm to find out.

use compliance::Observation;
use serde_json::{Value, json};

use crate::parameters::Parameters;

/// The input of the policies for an observation: its JSON, `resource_type`, and `analysis`.
#[must_use]
pub fn input(observation: &Observation, _parameters: &Parameters) -> Value {
    // Observations have string keys only, so they always serialise; an empty input passes nothing.
    let mut input = serde_json::to_value(observation).unwrap_or_else(|_| json!({}));
    if let Some(input) = input.as_object_mut() {
        input.insert("resource_type".into(), json!(observation.resource_type()));
    }
    input
}
