//! Every control on every fixture, as one table for each subject.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use compliance::{Control, Observation, Status, Subject};
use controls::{Catalog, Parameters};

use crate::tree::{Fixture, fixtures, without};

#[test]
fn verdicts_on_the_fixtures() {
    let catalog = Catalog::embedded().unwrap();
    for subject in Subject::ALL {
        let cases = fixtures(subject);
        if !cases.is_empty() {
            insta::assert_snapshot!(subject.folder(), table(&catalog, subject));
        }
    }
}

#[test]
fn every_control_passes_fails_and_cannot_judge_some_fixture() {
    let catalog = Catalog::embedded().unwrap();
    let mut missing = Vec::new();
    for control in catalog.controls() {
        let id = control.id.as_str();
        let subject = catalog.subject_of(&control.id).unwrap();
        let marks: Vec<&str> = fixtures(subject)
            .iter()
            .map(|fixture| mark(&catalog, &fixture.observation, id))
            .collect();
        let wanted = if may_be_unread(&catalog, control) {
            ["+", "F", "?"].as_slice()
        } else {
            &["+", "F"]
        };
        let unseen = wanted.iter().filter(|mark| !marks.contains(mark));
        missing.extend(unseen.map(|mark| format!("`{id}` is `{mark}` on no fixture")));
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

/// Whether some field that the control reads can be missing from an observation.
fn may_be_unread(catalog: &Catalog, control: &Control) -> bool {
    let subject = catalog.subject_of(&control.id).unwrap();
    let hides = |field: &String, fixture: &Fixture| {
        let hidden = BTreeSet::from([field.clone()]);
        without(subject, &fixture.observation, &hidden).is_some()
    };
    let fixtures = fixtures(subject);
    let mut fields = control.reads.iter();
    fields.any(|field| fixtures.iter().any(|fixture| hides(field, fixture)))
}

/// One line for each control, one column for each fixture: `+` passed, `F` failed, `?` not available, `.` not applicable.
fn table(catalog: &Catalog, subject: Subject) -> String {
    let cases = fixtures(subject);
    let mut text = String::from("+ passed   F failed   ? not available   . not applicable\n\n");
    for (index, fixture) in cases.iter().enumerate() {
        writeln!(
            text,
            "{}{} {}",
            " ".repeat(10),
            "| ".repeat(index),
            fixture.case
        )
        .unwrap();
    }
    let controls = catalog
        .controls()
        .filter(|control| catalog.subject_of(&control.id) == Some(subject));
    for control in controls {
        let marks: Vec<&str> = cases
            .iter()
            .map(|fixture| mark(catalog, &fixture.observation, control.id.as_str()))
            .collect();
        writeln!(
            text,
            "{:<10}{}  {}",
            control.id.as_str(),
            marks.join(" "),
            control.title
        )
        .unwrap();
    }
    text
}

fn mark(catalog: &Catalog, observation: &Observation, control: &str) -> &'static str {
    let verdicts = catalog.judge(observation, &Parameters::default());
    match verdicts
        .iter()
        .find(|verdict| verdict.control.as_str() == control)
    {
        None => ".",
        Some(verdict) => match verdict.status {
            Status::Passed => "+",
            Status::Failed => "F",
            Status::NotAvailable => "?",
        },
    }
}
