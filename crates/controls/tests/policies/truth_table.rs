//! Every control on every fixture, as one table for each subject.

use std::fmt::Write as _;

use compliance::{Observation, Status, Subject};
use controls::{Catalog, Parameters};

use crate::tree::fixtures;

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
fn every_control_passes_on_one_fixture_and_fails_on_another() {
    let catalog = Catalog::embedded().unwrap();
    let mut missing = Vec::new();
    for control in catalog.controls() {
        let id = control.id.as_str();
        let marks: Vec<&str> = fixtures(catalog.subject_of(&control.id).unwrap())
            .iter()
            .map(|fixture| mark(&catalog, &fixture.observation, id))
            .collect();
        let wanted = ["+", "F", "?"]
            .into_iter()
            .filter(|mark| !marks.contains(mark));
        missing.extend(wanted.map(|mark| format!("`{id}` is `{mark}` on no fixture")));
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
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
