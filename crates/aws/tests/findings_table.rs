//! The findings table: what is asked of DynamoDB, and what becomes of its answers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use aws::{FindingsTable, ScopeVerdicts, Written};
use compliance::{
    AccountId, ErrorName, FindingChange, ResourceType, Run, Service, Severity, Status, Verdict,
};
use replay::{Answer, Replay, Request, call};
use serde_json::{Value, json};

fn run() -> Run {
    Run::of_execution("x", "2026-11-20T14:04:33Z".parse().unwrap())
}

fn account() -> AccountId {
    "111122223333".parse().unwrap()
}

fn failure(resource: &str) -> Verdict {
    Verdict {
        control: "KMS.4".parse().unwrap(),
        resource: resource.into(),
        resource_type: ResourceType::AwsKmsKey,
        account: account(),
        region: "eu-west-1".parse().unwrap(),
        status: Status::Failed,
        severity: Severity::Medium,
        reason: "rotation is off".into(),
        key: None,
        buckets: Vec::new(),
    }
}

fn scope(verdicts: Vec<Verdict>) -> ScopeVerdicts {
    ScopeVerdicts {
        service: Service::Kms,
        region: Some("eu-west-1".parse().unwrap()),
        verdicts,
        resolvable: ["KMS.4".parse().unwrap()].into(),
        examined: ["eu-west-1".parse().unwrap()].into(),
        resources: ["key/a".to_owned(), "key/b".to_owned()].into(),
    }
}

/// A stored finding, as DynamoDB has it on the wire.
fn stored(resource: &str) -> Value {
    let text = |value: &str| json!({"S": value});
    json!({
        "account": text("111122223333"), "place": text(&format!("eu-west-1#kms#{resource}#KMS.4")),
        "id": text(&format!("111122223333/eu-west-1/KMS.4/{resource}")), "region": text("eu-west-1"),
        "service": text("kms"), "control": text("KMS.4"), "resource": text(resource),
        "resource_type": text("AwsKmsKey"), "status": text("FAILED"), "severity": text("MEDIUM"),
        "reason": text("rotation is off"), "state": text("OPEN"),
        "first_observed_at": text("2026-11-01T00:00:00.000Z"), "changed_at": text("2026-11-01T00:00:00.000Z"),
        "changed_in": text("20261101T000000000Z-1a2b3c4d"), "run_started_at": text("2026-11-01T00:00:00.000Z"),
    })
}

fn page(items: &[Value]) -> Answer {
    Answer::of(json!({"Items": items, "Count": items.len()}))
}

async fn write(replay: &Replay, verdicts: Vec<Verdict>) -> Result<Option<Written>, aws::Error> {
    let table = FindingsTable::new(&replay.config("eu-west-1"), "findings");
    let delta = table.compare(&run(), &account(), &scope(verdicts)).await?;
    match delta {
        Some(delta) => table.apply(delta).await.map(Some),
        None => Ok(None),
    }
}

fn body(request: &Request) -> Value {
    serde_json::from_str(&request.body).unwrap()
}

#[tokio::test]
async fn a_scope_is_marked_then_read_consistently_then_written() {
    let replay = Replay::new()
        .on("UpdateItem", Answer::of("{}"))
        .on("Query", page(&[]));
    let written = write(&replay, vec![failure("key/a")])
        .await
        .unwrap()
        .unwrap();

    assert_eq!(replay.operations(), ["UpdateItem", "Query", "UpdateItem"]);
    assert_eq!(
        (written.count(FindingChange::Opened), written.unchanged),
        (1, 0)
    );
    let requests = replay.requests();
    let [marker, query, update] = [body(&requests[0]), body(&requests[1]), body(&requests[2])];
    assert_eq!(marker["Key"]["place"]["S"], "scope#eu-west-1#kms");
    assert_eq!(query["ConsistentRead"], true);
    assert_eq!(
        query["ExpressionAttributeValues"][":prefix"]["S"],
        "eu-west-1#kms#"
    );
    assert_eq!(update["Key"]["place"]["S"], "eu-west-1#kms#key/a#KMS.4");
    assert_eq!(
        update["ConditionExpression"],
        "attribute_not_exists(run_started_at) OR run_started_at <= :run_started_at"
    );
    let values = &update["ExpressionAttributeValues"];
    assert_eq!(values[":run_started_at"]["S"], "2026-11-20T14:04:33.000Z");
    assert!(
        values[":open_severity"]["S"]
            .as_str()
            .unwrap()
            .starts_with("MEDIUM#")
    );
    assert!(
        update["UpdateExpression"]
            .as_str()
            .unwrap()
            .contains("REMOVE #buckets, #imported_at, #key")
    );
}

#[tokio::test]
async fn unchanged_findings_write_nothing_and_absent_ones_are_resolved() {
    let replay = Replay::new()
        .on("UpdateItem", Answer::of("{}"))
        .on("Query", page(&[stored("key/a"), stored("key/b")]));
    let written = write(&replay, vec![failure("key/a")])
        .await
        .unwrap()
        .unwrap();

    assert_eq!(
        (written.unchanged, written.count(FindingChange::Resolved)),
        (1, 1)
    );
    assert_eq!(replay.operations(), ["UpdateItem", "Query", "UpdateItem"]);
    let update = body(&replay.requests()[2]);
    let values = &update["ExpressionAttributeValues"];
    assert_eq!(values[":state"]["S"], "RESOLVED");
    assert_eq!(
        values[":first_observed_at"]["S"],
        "2026-11-01T00:00:00.000Z"
    );
    assert!(
        update["UpdateExpression"]
            .as_str()
            .unwrap()
            .contains("#open_severity, #open_since")
    );
}

#[tokio::test]
async fn an_older_run_writes_nothing_where_a_newer_one_has() {
    let refused = Answer::refused(400, "ConditionalCheckFailedException");
    let replay = Replay::new().on("UpdateItem", refused.clone());
    let written = write(&replay, vec![failure("key/a")]).await.unwrap();
    assert_eq!(written, None);
    assert_eq!(replay.operations(), ["UpdateItem"]);

    let replay = Replay::new()
        .on("UpdateItem", Answer::of("{}"))
        .on(call("UpdateItem").with("key/a"), refused)
        .on("Query", page(&[]));
    let written = write(&replay, vec![failure("key/a")]).await.unwrap();
    assert_eq!(written, Some(Written::default()));
}

#[tokio::test]
async fn a_throttled_table_can_be_tried_again() {
    let replay = Replay::new().on(
        "UpdateItem",
        Answer::throttled("ProvisionedThroughputExceededException"),
    );
    let error = write(&replay, vec![failure("key/a")]).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::Throttled);
    assert!(
        error.to_string().contains("`UpdateItem`") && error.to_string().contains("`findings`"),
        "{error}"
    );
}

#[tokio::test]
async fn every_page_of_a_query_is_read_and_markers_are_no_findings() {
    let first = json!({
        "Items": [stored("key/a"), {"account": {"S": "111122223333"}, "place": {"S": "scope#eu-west-1#kms"}}],
        "LastEvaluatedKey": {"place": {"S": "page-two"}},
    });
    let replay = Replay::new()
        .on("Query", Answer::of(first))
        .on(call("Query").with("page-two"), page(&[stored("key/b")]));
    let table = FindingsTable::new(&replay.config("eu-west-1"), "findings");
    let findings = table.of_account(&account()).await.unwrap();

    let resources: Vec<_> = findings
        .iter()
        .map(|finding| finding.verdict.resource.as_str())
        .collect();
    assert_eq!(resources, ["key/a", "key/b"]);
}

#[tokio::test]
async fn open_failures_are_gathered_from_all_shards_the_oldest_first() {
    let mut older = stored("key/old");
    older["first_observed_at"] = json!({"S": "2026-10-01T00:00:00.000Z"});
    let replay = Replay::new()
        .on("Query", page(&[]))
        .on(
            call("Query").with("MEDIUM#2"),
            page(&[stored("key/a"), stored("key/b")]),
        )
        .on(call("Query").with("MEDIUM#7"), page(&[older]));
    let table = FindingsTable::new(&replay.config("eu-west-1"), "findings");
    let findings = table.open_by_severity(Severity::Medium, 2).await.unwrap();

    let resources: Vec<_> = findings
        .iter()
        .map(|finding| finding.verdict.resource.as_str())
        .collect();
    assert_eq!(resources, ["key/old", "key/a"]);
    assert_eq!(
        replay
            .requests_of(call("Query").with("open-by-severity"))
            .len(),
        8
    );
    assert_eq!(table.count_open(Severity::Medium).await.unwrap(), 3);
}

#[tokio::test]
async fn every_index_is_asked_by_its_key() {
    let replay = Replay::new().on("Query", page(&[stored("key/a")]));
    let table = FindingsTable::new(&replay.config("eu-west-1"), "findings");
    assert_eq!(table.by_resource("key/a").await.unwrap().len(), 1);
    assert_eq!(
        table
            .by_control(&"KMS.4".parse().unwrap())
            .await
            .unwrap()
            .len(),
        8
    );
    assert_eq!(table.changed_in(&run().id).await.unwrap().len(), 8);
    for (index, key) in [
        ("by-resource", "key/a"),
        ("by-control", "KMS.4#0"),
        ("changed-in-run", "Z-"),
    ] {
        assert!(
            !replay
                .requests_of(call("Query").with(index).with(key))
                .is_empty(),
            "{index}"
        );
    }
}
