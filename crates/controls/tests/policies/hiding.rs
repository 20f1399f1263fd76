//! Whatever is hidden, a control either says that it cannot judge or judges as before.

use std::collections::BTreeSet;

use compliance::{Status, Subject, Verdict};
use controls::Catalog;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::tree::{Fixture, fixtures, parameters, without};

/// Controls with all their fields keep their verdict; the others are not available, unless what is left is enough
/// for the same verdict.
fn assert_only_readers_change(
    catalog: &Catalog,
    subject: Subject,
    fixture: &Fixture,
    hidden: &BTreeSet<String>,
) -> Result<(), TestCaseError> {
    let Some(observation) = without(subject, &fixture.observation, hidden) else {
        return Ok(());
    };
    let parameters = parameters();
    let before = catalog.judge(&fixture.observation, &parameters);
    let after = catalog.judge(&observation, &parameters);
    for control in catalog
        .controls()
        .filter(|control| catalog.subject_of(&control.id) == Some(subject))
    {
        let after = after.iter().find(|verdict| verdict.control == control.id);
        let is_hidden = |field: &String| hidden.contains(field);
        if control.reads.iter().any(is_hidden) {
            let before = before.iter().find(|verdict| verdict.control == control.id);
            let settled = !control.enough.iter().all(is_hidden)
                && before.map(|verdict| verdict.status) == after.map(|verdict| verdict.status);
            if settled {
                continue;
            }
            let status = after.map(|verdict| verdict.status);
            prop_assert_eq!(
                status,
                Some(Status::NotAvailable),
                "{} {}",
                &control.id,
                &fixture.case
            );
        } else {
            let before = before.iter().find(|verdict| verdict.control == control.id);
            // Severity and reason may say more where more is known.
            let said = |verdict: &Verdict| verdict.status;
            let (before, after) = (before.map(said), after.map(said));
            prop_assert_eq!(before, after, "{} {}", &control.id, &fixture.case);
        }
    }
    Ok(())
}

#[test]
fn hiding_fields_changes_only_what_reads_them() {
    let catalog = Catalog::embedded().unwrap();
    let cases: Vec<(Subject, Fixture)> = Subject::ALL
        .into_iter()
        .flat_map(|subject| {
            fixtures(subject)
                .into_iter()
                .map(move |fixture| (subject, fixture))
        })
        .collect();
    let fields: BTreeSet<&String> = catalog
        .controls()
        .flat_map(|control| &control.reads)
        .collect();
    let fields: Vec<String> = fields.into_iter().cloned().collect();
    let half = fields.len() / 2;
    let strategy = (0..cases.len(), prop::sample::subsequence(fields, 1..=half));
    let config = ProptestConfig {
        cases: 96,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = TestRunner::new(config);
    runner
        .run(&strategy, |(index, hidden)| {
            let (subject, fixture) = &cases[index];
            assert_only_readers_change(&catalog, *subject, fixture, &hidden.into_iter().collect())
        })
        .unwrap();
}
