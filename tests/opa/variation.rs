//! Observations that differ from a fixture in a few places: a field is not read, `null`, another fixture's, empty, twice, or of
//! another type where one could be observed, as in the documents of AWS. The same in every run.

use compliance::{Observation, Subject};
use fastrand::Rng;
use serde_json::{Value, json};

use crate::fixtures::documents;

/// Changes to one fixture at the most.
const MOST_CHANGES: usize = 4;

/// Endless variations of the fixtures of a subject.
pub(crate) struct Variations {
    subject: Subject,
    fixtures: Vec<Value>,
    rng: Rng,
}

impl Variations {
    pub(crate) fn new(subject: Subject) -> Self {
        Self {
            subject,
            fixtures: documents(subject),
            rng: Rng::with_seed(20_261_128),
        }
    }

    /// A fixture with some changes; it need not be an observation.
    fn varied(&mut self) -> Value {
        let mut varied = self.rng.choice(&self.fixtures).unwrap().clone();
        for _ in 0..self.rng.usize(1..=MOST_CHANGES) {
            self.change(&mut varied);
        }
        varied
    }

    fn change(&mut self, document: &mut Value) {
        let mut places = Vec::new();
        collect(document, String::new(), &mut places);
        let Some(place) = self.rng.choice(&places).cloned() else {
            return;
        };
        if self.rng.u8(..4) == 0 {
            remove(document, &place);
            return;
        }
        let there = self.replacement(&place, document.pointer(&place));
        if let Some(value) = document.pointer_mut(&place) {
            *value = there;
        }
    }

    /// Another value for a place.
    fn replacement(&mut self, place: &str, now: Option<&Value>) -> Value {
        let elsewhere = self.fixtures.iter().filter_map(|it| it.pointer(place));
        let elsewhere: Vec<Value> = elsewhere.cloned().collect();
        match (self.rng.u8(..4), now) {
            (0, Some(Value::Array(items))) => self.rearranged(items),
            (0, Some(Value::Bool(value))) => json!(!value),
            (0, Some(Value::Number(number))) => json!(number.as_i64().unwrap_or(0) + 1),
            (1, _) => Value::Null,
            (2, _) => {
                let nonsense = [
                    json!(0),
                    json!(""),
                    json!("x"),
                    json!("*"),
                    json!([]),
                    json!({}),
                ];
                self.rng.choice(nonsense).unwrap_or_default()
            }
            _ => self.rng.choice(elsewhere).unwrap_or_default(),
        }
    }

    /// None of the items, or all with the first one twice.
    fn rearranged(&mut self, items: &[Value]) -> Value {
        match items.first() {
            Some(first) if self.rng.bool() => json!([items, std::slice::from_ref(first)].concat()),
            _ => json!([]),
        }
    }
}

impl Iterator for Variations {
    type Item = Observation;

    fn next(&mut self) -> Option<Observation> {
        loop {
            let varied = self.varied();
            if let Ok(observation) = Observation::from_json(self.subject, varied) {
                return Some(observation);
            }
        }
    }
}

/// Every place in a document, as JSON pointers.
fn collect(value: &Value, place: String, places: &mut Vec<String>) {
    let below = |key: &str| format!("{place}/{}", key.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                collect(value, below(key), places);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, below(&index.to_string()), places);
            }
        }
        _ => {}
    }
    if !place.is_empty() {
        places.push(place);
    }
}

fn remove(document: &mut Value, place: &str) {
    let Some((parent, key)) = place.rsplit_once('/') else {
        return;
    };
    let key = key.replace("~1", "/").replace("~0", "~");
    match document.pointer_mut(parent) {
        Some(Value::Object(fields)) => drop(fields.remove(&key)),
        Some(Value::Array(items)) => drop(key.parse().map(|index: usize| items.remove(index))),
        _ => {}
    }
}
