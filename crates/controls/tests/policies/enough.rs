//! What a control says is enough for a verdict is enough.

use std::collections::BTreeSet;

use compliance::Subject;
use controls::input;
use serde_json::{Value, json};

use crate::judge::Judge;
use crate::tree::{fixtures, observation, parameters, without};

/// A control that says that a field is enough must not be wrong, whatever the others turn out to be.
#[test]
fn what_is_enough_settles_the_verdict() {
    for subject in Subject::ALL {
        let complete: Vec<Value> = fixtures(subject)
            .iter()
            .map(|fixture| json!(fixture.observation))
            .collect();
        for mut judge in Judge::all(subject) {
            if judge.enough.is_empty() {
                continue;
            }
            for hidden in hidings(&judge) {
                let mut tried = BTreeSet::new();
                for fixture in &complete {
                    let read: Vec<Option<&Value>> =
                        judge.reads.iter().map(|field| fixture.get(field)).collect();
                    if !tried.insert(format!("{read:?}")) {
                        continue;
                    }
                    assert_settled(&mut judge, subject, fixture, &hidden, &complete);
                }
            }
        }
    }
}

/// Sets of fields to hide: each one, and all but one that may be enough.
fn hidings(judge: &Judge) -> Vec<BTreeSet<String>> {
    let each = judge
        .reads
        .iter()
        .map(|field| BTreeSet::from([field.clone()]));
    let others = judge.enough.iter().map(|enough| {
        let others = judge.reads.iter().filter(|field| *field != enough);
        others.cloned().collect()
    });
    each.chain(others)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

fn assert_settled(
    judge: &mut Judge,
    subject: Subject,
    fixture: &Value,
    hidden: &BTreeSet<String>,
    others: &[Value],
) {
    if judge.enough.iter().all(|field| hidden.contains(field)) {
        return;
    }
    let whole = observation(subject, fixture).unwrap();
    let Some(partial) = without(subject, &whole, hidden) else {
        return;
    };
    let settled = judge.status(input(&partial, &parameters()));
    if settled == "NOT_AVAILABLE" {
        return;
    }
    let of_others = others.iter().map(|other| {
        let fields = hidden.iter().map(|field| other.get(field).cloned());
        fields.collect::<Option<Vec<Value>>>()
    });
    let mut seen: Vec<Vec<Value>> = Vec::new();
    for values in of_others.flatten() {
        if seen.contains(&values) {
            continue;
        }
        let mut completed = fixture.clone();
        for (field, value) in hidden.iter().zip(&values) {
            completed[field] = value.clone();
        }
        let completed = observation(subject, &completed).unwrap();
        let status = judge.status(input(&completed, &parameters()));
        let id = &judge.id;
        assert_eq!(status, settled, "`{id}` without {hidden:?}: {completed:?}");
        seen.push(values);
    }
}
