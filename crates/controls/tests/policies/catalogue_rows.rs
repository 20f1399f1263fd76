//! The statements of other catalogues (`policies/catalogue_rows.json`): each is judged or left out for a reason, none twice.

use std::collections::{BTreeMap, BTreeSet};

use compliance::{Control, ControlId};
use controls::Catalog;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    catalogue_rows: Rows,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rows {
    rows: Vec<Row>,
    /// Controls that answer no row: nobody else has their statement.
    beyond: Vec<ControlId>,
}

/// One statement, with the ids that it has elsewhere.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    statement: String,
    /// The controls that judge it; none if it is out of scope.
    #[serde(default)]
    controls: Vec<ControlId>,
    /// Ids of exactly this statement, by catalogue.
    #[serde(default)]
    peers: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct LeftOut {
    out_of_scope: Vec<Statement>,
}

#[derive(Debug, Deserialize)]
struct Statement {
    id: String,
    reason: String,
}

fn rows() -> Rows {
    let text = include_str!("../../../../policies/catalogue_rows.json");
    let document: Document = serde_json::from_str(text).unwrap();
    document.catalogue_rows
}

fn left_out() -> BTreeMap<String, String> {
    let text = include_str!("../../../../policies/out_of_scope.json");
    let left_out: LeftOut = serde_json::from_str(text).unwrap();
    let count = left_out.out_of_scope.len();
    let statements = left_out.out_of_scope.into_iter();
    let by_id: BTreeMap<_, _> = statements.map(|it| (it.id, it.reason)).collect();
    assert_eq!(by_id.len(), count, "a statement is left out twice");
    by_id
}

#[test]
fn every_row_is_judged_or_left_out_with_a_reason_and_never_both() {
    let catalog = Catalog::embedded().unwrap();
    let left_out = left_out();
    let mut wrong = Vec::new();
    for row in rows().rows {
        let judged = !row.controls.is_empty();
        let reason = left_out.get(&row.id);
        if judged == reason.is_some() {
            wrong.push(format!(
                "`{}` is judged: {judged}, left out: {reason:?}",
                row.id
            ));
        }
        let missing = row.controls.iter().filter(|id| catalog.get(id).is_none());
        wrong.extend(
            missing.map(|id| format!("`{}` is judged by `{id}`, which is not there", row.id)),
        );
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_row_and_no_reason_stands_alone_or_twice() {
    let rows = rows().rows;
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids.len(), rows.len(), "a row is there twice");
    let statements: BTreeSet<&str> = rows.iter().map(|row| row.statement.as_str()).collect();
    assert_eq!(statements.len(), rows.len(), "a statement is there twice");
    for (id, reason) in left_out() {
        assert!(ids.contains(id.as_str()), "`{id}` is no row");
        assert!(reason.len() > 20, "`{id}` has no reason to speak of");
    }
}

#[test]
fn every_control_answers_a_row_or_says_what_nobody_else_says() {
    let rows = rows();
    let answering = rows.rows.iter().flat_map(|row| &row.controls);
    let answering: BTreeSet<&ControlId> = answering.collect();
    let beyond: BTreeSet<&ControlId> = rows.beyond.iter().collect();
    assert!(answering.is_disjoint(&beyond));
    let catalog = Catalog::embedded().unwrap();
    let controls: BTreeSet<&ControlId> = catalog.controls().map(|control| &control.id).collect();
    let known: BTreeSet<&ControlId> = answering.union(&beyond).copied().collect();
    assert_eq!(controls, known);
}

#[test]
fn who_knows_a_statement_by_another_id_finds_the_control() {
    let catalog = Catalog::embedded().unwrap();
    let mut missing = Vec::new();
    for row in rows().rows.iter().filter(|row| !row.controls.is_empty()) {
        let controls: Vec<&Control> = row
            .controls
            .iter()
            .filter_map(|id| catalog.get(id))
            .collect();
        let peers = row.peers.iter();
        for (peer, id) in peers.flat_map(|(peer, ids)| ids.iter().map(move |id| (peer, id))) {
            let names = |control: &Control| {
                let ids = control.related.get(peer);
                ids.is_some_and(|ids| ids.contains(id))
            };
            if !controls.iter().any(|control| names(control)) {
                missing.push(format!(
                    "`{}`: no control of {:?} is related to `{id}` of {peer}",
                    row.id, row.controls
                ));
            }
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}
