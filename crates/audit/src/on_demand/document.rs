//! What is told of a resource: facts without documents and tag values, and verdicts. Pure.

use std::collections::BTreeMap;

use compliance::{Observation, Verdict};
use controls::{Catalog, Parameters};
use serde_json::{Map, Value, json};

/// Fields of observations that hold whole documents. What they mean is in `analysis`; who may read them can do so
/// in the account itself.
const DOCUMENTS: [&str; 2] = ["policy", "key_policy"];

/// What was observed: the policies' input, with `analysis`, without documents, and with the keys of tags only.
pub(super) fn facts(observation: &Observation, parameters: &Parameters, request_id: &str) -> Value {
    let mut facts = match controls::input(observation, parameters) {
        Value::Object(facts) => facts,
        _ => Map::new(),
    };
    let withheld = withhold(&mut facts);
    json!({
        "request_id": request_id,
        "account_id": observation.account(),
        "region": observation.region(),
        "resource": observation.resource(),
        "resource_type": observation.resource_type(),
        "observation": facts,
        "withheld": withheld,
    })
}

/// Takes out what is not told; the names of the fields.
fn withhold(facts: &mut Map<String, Value>) -> Vec<&'static str> {
    let mut withheld = Vec::new();
    for field in DOCUMENTS {
        // That there is no document is told.
        if facts.get(field).is_some_and(|document| !document.is_null()) {
            facts.remove(field);
            withheld.push(field);
        }
    }
    if let Some(Value::Object(tags)) = facts.remove("tags") {
        facts.insert("tag_keys".into(), tags.keys().cloned().collect());
        withheld.push("tags");
    }
    withheld
}

/// The facts with what the controls say of them.
pub(super) fn judged(mut facts: Value, catalog: &Catalog, verdicts: &[Verdict]) -> Value {
    let mut counts: BTreeMap<&str, u64> = ["PASSED", "FAILED", "NOT_AVAILABLE"]
        .map(|it| (it, 0))
        .into();
    for verdict in verdicts {
        *counts.entry(verdict.status.as_str()).or_default() += 1;
    }
    let rows: Vec<Value> = verdicts.iter().map(|it| row(catalog, it)).collect();
    if let Some(facts) = facts.as_object_mut() {
        facts.insert("counts".into(), json!(counts));
        facts.insert("verdicts".into(), json!(rows));
    }
    facts
}

fn row(catalog: &Catalog, verdict: &Verdict) -> Value {
    let control = catalog.get(&verdict.control);
    json!({
        "control": verdict.control,
        "title": control.map(|control| &control.title),
        "status": verdict.status,
        "severity": verdict.severity,
        "reason": verdict.reason,
        "remediation": control.map(|control| &control.remediation),
    })
}
