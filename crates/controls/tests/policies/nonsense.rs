//! What a policy says of an input that is not an observation, asked without the engine before it, as an OPA server asks.
//!
//! A *place* is a field that the control reads, or a value below it. It *matters* to a control that passes a fixture if
//! another value that some fixture has at the same place would not be passed. Then neither its absence nor a value of a
//! kind that no fixture has there may be passed: the control would pass what it did not understand.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use compliance::{Observation, Subject};
use controls::input;
use serde_json::{Value, json};

use crate::judge::Judge;
use crate::tree::{fixtures, observation, parameters, without};

/// Documents of AWS, whose inside the analysis judges: a change there makes another document, not nonsense.
const DOCUMENTS: [&str; 2] = ["policy", "key_policy"];

#[test]
fn nothing_that_is_no_observation_is_passed() {
    for subject in Subject::ALL {
        for mut judge in Judge::all(subject) {
            for input in [json!({}), json!([]), json!("bucket"), json!(7), Value::Null] {
                let status = judge.status(input.clone());
                assert_ne!(status, "PASSED", "`{}` on {input}", judge.id);
            }
        }
    }
}

#[test]
fn nonsense_about_accounts_and_joins_is_not_passed() {
    assert_nonsense_is_not_passed(Subject::S3Account);
    assert_nonsense_is_not_passed(Subject::BucketKey);
}

#[test]
fn nonsense_about_buckets_is_not_passed() {
    assert_nonsense_is_not_passed(Subject::S3);
}

#[test]
fn nonsense_about_access_points_is_not_passed() {
    assert_nonsense_is_not_passed(Subject::AccessPoint);
    assert_nonsense_is_not_passed(Subject::MultiRegionAccessPoint);
}

#[test]
fn nonsense_about_keys_is_not_passed() {
    assert_nonsense_is_not_passed(Subject::Kms);
}

#[test]
fn nonsense_about_security_groups_is_not_passed() {
    assert_nonsense_is_not_passed(Subject::Sg);
}

/// The values that fixtures have at a place; array positions are all the same place.
type Seen = BTreeMap<String, Vec<Value>>;

fn assert_nonsense_is_not_passed(subject: Subject) {
    let complete: Vec<Value> = fixtures(subject)
        .iter()
        .map(|fixture| json!(fixture.observation))
        .collect();
    let seen = seen(&complete);
    let mut judges = Judge::all(subject);
    let mut tried = 0;
    let mut passed = BTreeSet::new();
    let mut known_by = BTreeSet::new();
    for fixture in &complete {
        let known = observation(subject, fixture).unwrap();
        let clean = input(&known, &parameters());
        let mut passing: Vec<&mut Judge> = judges
            .iter_mut()
            .filter_map(|judge| judge.passes(&clean).then_some(judge))
            .collect();
        for place in places(fixture) {
            let change = Change {
                subject,
                known: &known,
                fixture,
                place: &place,
                seen: &seen[&anywhere(&place)],
                others: OnceCell::new(),
                nonsense: OnceCell::new(),
            };
            let readers = passing
                .iter_mut()
                .filter(|judge| judge.reads.contains(&field_of(&place)));
            for judge in readers {
                // The same value at the same place has been looked at in another fixture.
                let value = fixture.pointer(&place).unwrap();
                if !known_by.insert(format!("{} {} {value}", judge.id, anywhere(&place))) {
                    continue;
                }
                let (count, wrong) = change.passed_by(judge);
                tried += count;
                passed.extend(wrong);
            }
        }
    }
    let passed: Vec<String> = passed.into_iter().collect();
    assert!(tried > 0 && passed.is_empty(), "\n{}", passed.join("\n"));
}

fn seen(fixtures: &[Value]) -> Seen {
    let mut seen = Seen::new();
    for fixture in fixtures {
        for place in places(fixture) {
            let values = seen.entry(anywhere(&place)).or_default();
            let value = fixture.pointer(&place).unwrap();
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
    }
    seen
}

/// A fixture, and the place that changes.
struct Change<'a> {
    subject: Subject,
    known: &'a Observation,
    fixture: &'a Value,
    place: &'a str,
    /// The values that fixtures have at the place.
    seen: &'a [Value],
    /// The inputs with the other values that fixtures have here.
    others: OnceCell<Vec<Value>>,
    /// What is no value of this place, as inputs.
    nonsense: OnceCell<Vec<(String, Value)>>,
}

impl Change<'_> {
    /// How much nonsense a control was asked about here, and what it passed; none if the place does not matter to it.
    fn passed_by(&self, judge: &mut Judge) -> (usize, Vec<String>) {
        let others = self.others.get_or_init(|| self.others().collect());
        if others.iter().all(|other| judge.passes(other)) {
            return (0, Vec::new());
        }
        let nonsense = self.nonsense.get_or_init(|| self.nonsense());
        let tried = nonsense.len();
        let mut passed = Vec::new();
        for (what, input) in nonsense {
            if judge.passes(input) {
                passed.push(format!("`{}` passes {what} at `{}`", judge.id, self.place));
            }
        }
        (tried, passed)
    }

    fn put(&self, value: &Value) -> Value {
        let mut changed = self.fixture.clone();
        *changed.pointer_mut(self.place).unwrap() = value.clone();
        changed
    }

    fn removed(&self) -> Option<Value> {
        let (parent, key) = self.place.rsplit_once('/')?;
        let mut changed = self.fixture.clone();
        changed.pointer_mut(parent)?.as_object_mut()?.remove(key)?;
        Some(changed)
    }

    /// The inputs with the other values that fixtures have here.
    fn others(&self) -> impl Iterator<Item = Value> {
        let here = self.fixture.pointer(self.place);
        let others = self.seen.iter().filter(move |value| Some(*value) != here);
        others
            .filter_map(|value| observation(self.subject, &self.put(value)).ok())
            .map(|observation| input(&observation, &parameters()))
    }

    /// What is no value of this place, as inputs: it may be gone, `null`, or of a kind that is never here.
    fn nonsense(&self) -> Vec<(String, Value)> {
        let is_top = self.place.matches('/').count() == 1;
        let mut found = Vec::new();
        if let Some(removed) = self.removed() {
            let input = self.input(&removed);
            let is_gone = input.pointer(self.place).is_none();
            if is_gone && (is_top || observation(self.subject, &removed).is_err()) {
                found.push(("nothing".to_owned(), input));
            }
        }
        for value in [json!(null), json!("?"), json!(7), json!({})] {
            let changed = self.put(&value);
            let is_strange = self.seen.iter().all(|other| kind(other) != kind(&value));
            let is_no_value = || observation(self.subject, &changed).is_err();
            if is_strange && (!value.is_null() || is_no_value()) {
                found.push((value.to_string(), self.input(&changed)));
            }
        }
        found
    }

    /// The input, as far as it can be told: what cannot be read as an observation has no analysis of its own.
    fn input(&self, changed: &Value) -> Value {
        if let Ok(observation) = observation(self.subject, changed) {
            return input(&observation, &parameters());
        }
        let hidden = BTreeSet::from([field_of(self.place)]);
        let rest = without(self.subject, self.known, &hidden);
        let mut input = input(rest.as_ref().unwrap_or(self.known), &parameters());
        let fields = input.as_object_mut().unwrap();
        fields.remove(&field_of(self.place));
        fields.extend(changed.as_object().unwrap().clone());
        input
    }
}

/// Every field of an observation and every value below, as JSON pointers; of an array the first element only.
fn places(fixture: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(fixture, "", &mut found);
    found
}

fn collect(value: &Value, place: &str, found: &mut Vec<String>) {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(_) if DOCUMENTS.contains(&place.trim_start_matches('/')) => Vec::new(),
        Value::Object(map) => {
            let plain = map.iter().filter(|(key, _)| !key.contains(['/', '~']));
            plain
                .map(|(key, value)| (format!("{place}/{key}"), value))
                .collect()
        }
        Value::Array(list) => list
            .iter()
            .take(1)
            .map(|value| (format!("{place}/0"), value))
            .collect(),
        _ => Vec::new(),
    };
    for (place, value) in below {
        found.push(place.clone());
        collect(value, &place, found);
    }
}

fn anywhere(place: &str) -> String {
    place
        .split('/')
        .map(|part| if part == "0" { "*" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

fn field_of(place: &str) -> String {
    place.split('/').nth(1).unwrap_or_default().to_owned()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
