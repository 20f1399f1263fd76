//! The byte code and the interpreter give the same verdicts, and the controls are honest about what they read.

use std::collections::BTreeMap;

use compliance::{ControlId, Observation, Status, Subject, Verdict};
use controls::{Catalog, input};
use regorus::Engine;
use serde_json::Value;

use crate::interpreter::{interpreter_with, value_of};
use crate::tree::{Fixture, RegoFile, fixtures, parameters, rego_files, with_one_field_hidden};

#[test]
fn the_interpreter_agrees_with_the_byte_code() {
    let catalog = Catalog::embedded().unwrap();
    let files = rego_files();
    for subject in Subject::ALL {
        let cases: Vec<Case> = fixtures(subject)
            .into_iter()
            .map(|fixture| Case::judged(&catalog, fixture))
            .collect();
        for policy in policies_of(&files, subject) {
            let libraries = files
                .iter()
                .filter(|file| file.folder() == "lib" && !file.is_test());
            let mut engine = interpreter_with(&parameters(), libraries.chain([policy]));
            for case in &cases {
                compare(&mut engine, policy, case);
            }
        }
    }
}

/// A fixture as the policies see it, and what the byte code says of it.
struct Case {
    name: String,
    input: Value,
    judged: Vec<Verdict>,
}

impl Case {
    fn judged(catalog: &Catalog, fixture: Fixture) -> Self {
        Self {
            input: input(&fixture.observation, &parameters()),
            judged: catalog.judge(&fixture.observation, &parameters()),
            name: fixture.case,
        }
    }
}

fn compare(engine: &mut Engine, policy: &RegoFile, case: &Case) {
    let place = format!("{} on {}", policy.path, case.name);
    let mut rule = |name| {
        let rule = format!("data.{}.{name}", policy.package());
        match value_of(engine, rule, case.input.clone()) {
            Ok(value) => value.unwrap_or_else(|| panic!("{place}: `{name}` is undefined")),
            Err(error) => panic!("{place}: {error}"),
        }
    };
    let control = rule("control");
    let read = |field: &Value| case.input.get(field.as_str().unwrap()).is_some();
    if !control["reads"].as_array().unwrap().iter().all(read) {
        // Then the engine answers itself, or asks the policy as it does below.
        return;
    }
    let interpreted = rule("verdict");
    let judged = |verdict: &&Verdict| control["id"] == verdict.control.as_str();
    match case.judged.iter().find(judged) {
        None => assert_eq!(interpreted["status"], "NOT_APPLICABLE", "{place}"),
        Some(verdict) => {
            assert_eq!(interpreted["status"], verdict.status.as_str(), "{place}");
            assert_eq!(interpreted["reason"], verdict.reason.as_str(), "{place}");
        }
    }
}

/// Hiding a field may change a status only if the control says that it reads the field. Severity and
/// reason may say more where more is known: a field that only they draw on must not keep the control
/// from being judged.
#[test]
fn controls_say_what_they_read() {
    let catalog = Catalog::embedded().unwrap();
    for subject in Subject::ALL {
        for fixture in fixtures(subject) {
            let before = verdicts(&catalog, &fixture.observation);
            for (field, without) in with_one_field_hidden(subject, &fixture.observation) {
                let after = verdicts(&catalog, &without);
                for control in catalog
                    .controls()
                    .filter(|control| !control.reads.contains(&field))
                {
                    let status = |of: &BTreeMap<ControlId, Verdict>| {
                        of.get(&control.id).map(|verdict| verdict.status)
                    };
                    assert_eq!(
                        status(&before),
                        status(&after),
                        "`{}` depends on `{field}` (fixture `{}`) and does not say so",
                        control.id,
                        fixture.case
                    );
                }
            }
        }
    }
}

/// Whatever a control says it reads keeps it from being judged, once it is hidden; what is enough may leave the verdict
/// as it was.
#[test]
fn no_control_passes_without_what_it_reads() {
    let catalog = Catalog::embedded().unwrap();
    for subject in Subject::ALL {
        for fixture in fixtures(subject) {
            for (field, without) in with_one_field_hidden(subject, &fixture.observation) {
                let before = verdicts(&catalog, &fixture.observation);
                for verdict in catalog.judge(&without, &parameters()) {
                    let control = catalog.get(&verdict.control).unwrap();
                    let settled = control.enough.iter().any(|enough| *enough != field)
                        && before
                            .get(&control.id)
                            .is_some_and(|before| before.status == verdict.status);
                    assert!(
                        !control.reads.contains(&field)
                            || verdict.status == Status::NotAvailable
                            || settled,
                        "`{}` without `{field}` (fixture `{}`): {verdict:?}",
                        verdict.control,
                        fixture.case
                    );
                }
            }
        }
    }
}

fn policies_of(files: &[RegoFile], subject: Subject) -> impl Iterator<Item = &RegoFile> {
    files
        .iter()
        .filter(move |file| file.folder() == subject.folder() && !file.is_test())
}

fn verdicts(catalog: &Catalog, observation: &Observation) -> BTreeMap<ControlId, Verdict> {
    catalog
        .judge(observation, &parameters())
        .into_iter()
        .map(|verdict| (verdict.control.clone(), verdict))
        .collect()
}
