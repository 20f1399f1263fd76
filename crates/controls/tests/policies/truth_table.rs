//! Every control on every fixture, as one table for each subject.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use compliance::{Control, Status, Subject, Verdict};
use controls::Catalog;

use crate::tree::{Fixture, fixtures, parameters, without};

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
    let judged: BTreeMap<Subject, Vec<Case>> = Subject::ALL
        .map(|subject| (subject, cases(&catalog, subject)))
        .into();
    let mut missing = Vec::new();
    for control in catalog.controls() {
        let id = control.id.as_str();
        let subject = catalog.subject_of(&control.id).unwrap();
        let marks: Vec<&str> = judged[&subject].iter().map(|case| case.mark(id)).collect();
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
    let cases = cases(catalog, subject);
    let controls = catalog.controls();
    let controls: Vec<&Control> = controls
        .filter(|control| catalog.subject_of(&control.id) == Some(subject))
        .collect();
    let longest = controls.iter().map(|control| control.id.as_str().len());
    let width = longest.max().unwrap_or_default().max(9) + 1;
    let mut text = String::from("+ passed   F failed   ? not available   . not applicable\n\n");
    for (index, case) in cases.iter().enumerate() {
        let columns = "| ".repeat(index);
        writeln!(text, "{:width$}{columns} {}", "", case.name).unwrap();
    }
    for control in controls {
        let id = control.id.as_str();
        let marks: Vec<&str> = cases.iter().map(|case| case.mark(id)).collect();
        writeln!(text, "{id:<width$}{}  {}", marks.join(" "), control.title).unwrap();
    }
    text
}

/// What the controls say of a fixture.
struct Case {
    name: String,
    verdicts: Vec<Verdict>,
}

impl Case {
    fn mark(&self, control: &str) -> &'static str {
        let of_control = |verdict: &&Verdict| verdict.control.as_str() == control;
        match self
            .verdicts
            .iter()
            .find(of_control)
            .map(|verdict| verdict.status)
        {
            None => ".",
            Some(Status::Passed) => "+",
            Some(Status::Failed) => "F",
            Some(Status::NotAvailable) => "?",
        }
    }
}

fn cases(catalog: &Catalog, subject: Subject) -> Vec<Case> {
    let judge = |fixture: Fixture| Case {
        verdicts: catalog.judge(&fixture.observation, &parameters()),
        name: fixture.case,
    };
    fixtures(subject).into_iter().map(judge).collect()
}
