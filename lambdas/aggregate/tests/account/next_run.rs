//! `task: account` in the run after: what stands, what no longer stands, what cannot be said.

use aggregate::SecurityHub;
use replay::{Replay, call};
use serde_json::{Value, json};

use crate::world::{ACCOUNT, RUN, invoke, replay, reports, request, stage};
use crate::written::{findings, imports, stored, transacted, updates};

/// A replay whose findings table holds what a first aggregation wrote on buckets.
async fn after_a_first_run(objects: std::collections::BTreeMap<String, Value>) -> Replay {
    let first = replay(reports());
    invoke(&stage(&first, SecurityHub::Off), request())
        .await
        .unwrap();
    let buckets = call("Query").with("global#s3#");
    replay(objects).on(buckets, stored(&first, "global#s3#"))
}

/// The reports, with the second part of the buckets' changed.
fn changed(change: impl Fn(&mut Value)) -> std::collections::BTreeMap<String, Value> {
    let mut objects = reports();
    let key = format!("runs/{RUN}/accounts/{ACCOUNT}/s3/global/part-00001.json");
    change(objects.get_mut(&key).unwrap());
    objects
}

/// The same request in a later run: only the time differs, so that the reports still belong to it.
fn later() -> Value {
    let mut request = request();
    request["state"]["run"]["started_at"] = json!("2026-11-21T14:04:33Z");
    request
}

#[tokio::test]
async fn what_no_longer_fails_in_a_complete_scope_is_resolved_and_told() {
    let replay = after_a_first_run(changed(|part| part["verdicts"] = json!([]))).await;
    let answer = invoke(&stage(&replay, SecurityHub::Member), later())
        .await
        .unwrap();
    assert_eq!(answer["findings"]["resolved"], 1);
    assert!(findings(&replay).contains(&"global#s3#arn:aws:s3:::far#S3.8".to_owned()));
    let passed = replay.requests_of(call("BatchImportFindings").with("arn:aws:s3:::far"));
    assert!(
        passed[0].body.contains(r#""Status":"PASSED""#),
        "{}",
        passed[0].body
    );
    assert!(imports(&replay).contains("us-east-1"));
}

#[tokio::test]
async fn what_is_gone_is_archived() {
    let replay = after_a_first_run(changed(|part| {
        part["verdicts"] = json!([]);
        part["resources"] = json!([]);
    }))
    .await;
    let answer = invoke(&stage(&replay, SecurityHub::Member), later())
        .await
        .unwrap();
    assert_eq!(answer["findings"]["resolved"], 1);
    let archived = replay.requests_of(call("BatchImportFindings").with("arn:aws:s3:::far"));
    assert!(archived[0].holds(r#""RecordState":"ARCHIVED""#));
    assert!(!archived[0].holds("PASSED"));
}

#[tokio::test]
async fn what_security_hub_has_not_heard_of_is_told_in_the_next_run() {
    let replay = after_a_first_run(reports()).await;
    let answer = invoke(&stage(&replay, SecurityHub::Member), later())
        .await
        .unwrap();
    assert_eq!(answer["refused"], 0);
    let noted = transacted(&replay).into_iter();
    let noted =
        noted.filter(|item| item["Update"]["UpdateExpression"] == "SET imported_at = :imported_at");
    assert_eq!(noted.count(), 4);
    assert_eq!(
        updates(&replay).len(),
        1,
        "the key's finding is new, and the buckets' are not"
    );
}

#[tokio::test]
async fn what_no_longer_fails_in_a_partial_scope_stays() {
    let gap = json!({"account": ACCOUNT, "region": "us-east-1", "service": "s3",
        "resource": "arn:aws:s3:::far", "operation": "GetBucketPolicy", "code": "AccessDenied"});
    let objects = changed(|part| {
        part["verdicts"] = json!([]);
        part["gaps"] = json!([gap]);
    });
    let replay = after_a_first_run(objects).await;
    let answer = invoke(&stage(&replay, SecurityHub::Off), later())
        .await
        .unwrap();
    assert_eq!(answer["findings"]["resolved"], 0);
}

#[tokio::test]
async fn what_fails_in_a_region_that_was_left_out_stays() {
    let replay = after_a_first_run(changed(|part| part["verdicts"] = json!([]))).await;
    let mut narrow = later();
    narrow["state"]["scopes"]["regions"] = json!(["eu-west-1"]);
    let answer = invoke(&stage(&replay, SecurityHub::Off), narrow)
        .await
        .unwrap();
    assert_eq!(answer["findings"]["resolved"], 0);
}
