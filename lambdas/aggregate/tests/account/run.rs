//! `task: run`.

use std::collections::BTreeMap;

use aggregate::SecurityHub;
use audit::Named;
use compliance::ErrorName;
use replay::{Answer, call};
use serde_json::{Value, json};

use crate::world::{ACCOUNT, RUN, coverage, invoke, replay, run, stage};

fn request(failure: &Value) -> Value {
    json!({"task": "run", "run": run(), "failure": failure,
        "accounts": {"bucket": "run-bucket", "key": format!("runs/{RUN}/accounts.json"), "count": 2, "skipped": 1}})
}

/// A row of which nothing was seen.
fn row(account: &str, status: &str, reason: &str) -> Value {
    json!({"account": account, "region": null, "service": null, "status": status, "reason": reason,
        "resources": 0, "vanished": 0, "passed": {}, "failed": {}, "not_available": {},
        "gap_count": 0, "gaps": []})
}

fn objects() -> BTreeMap<String, Value> {
    let skipped = json!([row("999988887777", "SKIPPED", "account is SUSPENDED")]);
    BTreeMap::from([
        (
            format!("runs/{RUN}/accounts.json"),
            json!([{"account": ACCOUNT}, {"account": "222233334444"}]),
        ),
        (format!("runs/{RUN}/skipped-accounts.json"), skipped),
    ])
}

/// The one row that the ledger holds, as DynamoDB gives it.
fn ledger() -> Answer {
    let mut row = row(ACCOUNT, "COMPLETE", "");
    row["reason"] = Value::Null;
    row["service"] = json!("s3");
    row["resources"] = json!(3);
    row["passed"] = json!({"S3.8": 2});
    row["failed"] = json!({"S3.8": 1});
    row["failed_by_severity"] = json!({"HIGH": 1});
    let item = json!({"pk": {"S": format!("RUN#{RUN}")}, "sk": {"S": format!("{ACCOUNT}#*#s3")},
        "document": attribute(&row)});
    Answer::of(json!({"Items": [item], "Count": 1, "ScannedCount": 1}))
}

fn attribute(value: &Value) -> Value {
    match value {
        Value::Null => json!({"NULL": true}),
        Value::Bool(value) => json!({"BOOL": value}),
        Value::Number(value) => json!({"N": value.to_string()}),
        Value::String(value) => json!({"S": value}),
        Value::Array(values) => json!({"L": values.iter().map(attribute).collect::<Vec<_>>()}),
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> = fields.iter().map(|(n, v)| (n, attribute(v))).collect();
            json!({"M": fields})
        }
    }
}

#[tokio::test]
async fn a_run_is_summed_up_and_its_ledger_completed() {
    let none = || Answer::of(json!({"Items": [], "Count": 0, "ScannedCount": 0}));
    let replay = replay(objects())
        .on("Query", ledger())
        .on(call("Query").with("SUPPRESSIONS#"), none())
        .on(call("Query").with("\"RUNS\""), none())
        .on(call("Query").with("changed-in-run"), none());
    let mut answer = invoke(&stage(&replay, SecurityHub::Off), request(&Value::Null))
        .await
        .unwrap();
    insta::assert_snapshot!(coverage(&replay), @r"
    222233334444#*#*                   FAILED   not aggregated
    999988887777#*#*                   SKIPPED  account is SUSPENDED
    ");
    let fsbp = &answer["standards"][0];
    assert_eq!(
        *fsbp,
        json!({"standard": "aws-fsbp/1.0.0", "passed": 0, "failed": 1, "not_available": 0}),
        "S3.8 passed on two buckets and failed on one"
    );
    answer.as_object_mut().unwrap().remove("standards");
    let notification = answer
        .as_object_mut()
        .unwrap()
        .remove("notification")
        .unwrap();
    assert_eq!(notification["changed"], false, "{notification}");
    assert_eq!(notification["failure"], Value::Null);
    assert_eq!(
        answer,
        json!({"run": run(), "status": "PARTIAL", "reasons": ["222233334444: FAILED (not aggregated)"],
            "counts": {"accounts": 2, "accounts_skipped": 1, "resources": 3, "passed": 2,
                "failed": {"HIGH": 1}, "not_available": 0, "suppressed": 0,
                "scopes": {"COMPLETE": 1, "FAILED": 1, "SKIPPED": 1}},
            "suppressions": {"in_force": 0, "expiring": [], "left_out": 0, "matching_nothing": []}})
    );
    assert_eq!(replay.requests_of("PutItem").len(), 1);
    let scores = replay.requests_of(call("BatchWriteItem").with("SCORES#"));
    assert_eq!(scores.len(), 1);
    assert!(scores[0].holds(ACCOUNT) && scores[0].holds("222233334444"));
    assert!(
        !scores[0].holds("999988887777"),
        "it was left out on purpose"
    );
}

#[tokio::test]
async fn that_nobody_knows_what_changed_is_told_and_fails_nothing() {
    let denied = Answer::denied("AccessDeniedException");
    let none = Answer::of(json!({"Items": [], "Count": 0, "ScannedCount": 0}));
    let replay = replay(objects())
        .on("Query", ledger())
        .on(call("Query").with("SUPPRESSIONS#"), none)
        .on(call("Query").with("\"RUNS\""), denied);
    let answer = invoke(&stage(&replay, SecurityHub::Off), request(&Value::Null)).await;
    let answer = answer.unwrap();
    assert_eq!(answer["status"], "PARTIAL");
    assert_eq!(answer["notification"]["changed"], false);
    let failure = answer["notification"]["failure"].as_str().unwrap();
    assert!(failure.contains("AccessDeniedException"), "{failure}");
}

#[tokio::test]
async fn a_sweep_that_ended_early_is_told() {
    let replay = replay(objects());
    let failure = json!({"Error": "States.ItemReaderFailed", "Cause": "denied"});
    let answer = invoke(&stage(&replay, SecurityHub::Off), request(&failure))
        .await
        .unwrap();
    assert_eq!(answer["status"], "FAILED");
    assert_eq!(
        answer["reasons"][0],
        "the sweep of accounts ended early: States.ItemReaderFailed: denied"
    );
}

#[tokio::test]
async fn without_the_list_of_accounts_nothing_is_summed_up() {
    let replay = replay(BTreeMap::new());
    let error = invoke(&stage(&replay, SecurityHub::Off), request(&Value::Null))
        .await
        .unwrap_err();
    assert_eq!(error.name(), ErrorName::ReportUnreadable);
    assert!(error.to_string().contains("accounts.json"), "{error}");
    assert!(replay.requests_of("PutItem").is_empty());
}
