//! The runs table: coverage and summaries.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use aws::RunsTable;
use compliance::{
    AccountId, Coverage, CoverageStatus, ErrorName, FindingChanges, Run, RunStatus, RunSummary,
    Service, Severity, SuppressionNotices, SuppressionRecord, SuppressionSource, Suppressions,
};
use replay::{Answer, Replay, Request, call};
use serde_json::{Value, json};

fn run() -> Run {
    Run::of_execution("x", "2026-11-20T14:04:33Z".parse().unwrap())
}

fn account() -> AccountId {
    "111122223333".parse().unwrap()
}

fn page(item: &Value) -> Answer {
    Answer::of(json!({"Items": [item], "Count": 1}))
}

fn body(request: &Request) -> Value {
    serde_json::from_str(&request.body).unwrap()
}

fn row(service: Service) -> Coverage {
    let region = (service != Service::S3).then(|| "eu-west-1".parse().unwrap());
    Coverage::unseen(
        account(),
        region,
        Some(service),
        CoverageStatus::Failed,
        "AccessDenied",
    )
}

#[tokio::test]
async fn coverage_is_written_by_scope_and_what_a_batch_leaves_over_again() {
    let left = json!({"UnprocessedItems": {"runs": [
        {"PutRequest": {"Item": {"pk": {"S": "left"}, "sk": {"S": "over"}}}}]}});
    let replay = Replay::new().on("BatchWriteItem", [Answer::of(left), Answer::of("{}")]);
    let table = RunsTable::new(&replay.config("eu-west-1"), "runs");
    table
        .put_coverage(
            &run(),
            &[row(Service::S3), row(Service::Kms), row(Service::Kms)],
        )
        .await
        .unwrap();

    let requests = replay.requests();
    let puts = &body(&requests[0])["RequestItems"]["runs"];
    let keys: Vec<_> = puts
        .as_array()
        .unwrap()
        .iter()
        .map(|put| &put["PutRequest"]["Item"]["sk"]["S"])
        .collect();
    assert_eq!(keys, ["111122223333#*#s3", "111122223333#eu-west-1#kms"]);
    assert!(requests[1].holds("left") && requests.len() == 2);
}

#[tokio::test]
async fn a_batch_that_is_never_taken_is_throttling() {
    let left = json!({"UnprocessedItems": {"runs": [
        {"PutRequest": {"Item": {"pk": {"S": "left"}, "sk": {"S": "over"}}}}]}});
    let replay = Replay::new().on("BatchWriteItem", Answer::of(left));
    let table = RunsTable::new(&replay.config("eu-west-1"), "runs");
    let error = table
        .put_coverage(&run(), &[row(Service::S3)])
        .await
        .unwrap_err();
    assert_eq!(error.name(), ErrorName::Throttled);
}

#[tokio::test]
async fn coverage_and_summaries_are_read_as_they_were_written() {
    let summary = RunSummary {
        run: run(),
        status: RunStatus::Partial,
        reasons: vec!["an account refused".into()],
        accounts: 3,
        accounts_skipped: 1,
        scopes: [("COMPLETE".to_owned(), 2)].into(),
        resources: 60,
        failed: [(Severity::High, 4)].into(),
        suppressed: 2,
        suppressions: SuppressionNotices::default(),
        findings: FindingChanges::default(),
        not_available: 1,
        passed: 90,
        standards: Vec::new(),
        ended_at: "2026-11-20T15:00:00Z".parse().unwrap(),
    };
    let replay = Replay::new()
        .on("PutItem", Answer::of("{}"))
        .on("BatchWriteItem", Answer::of("{}"));
    let table = RunsTable::new(&replay.config("eu-west-1"), "runs");
    table.put_summary(&summary).await.unwrap();
    table
        .put_coverage(&run(), &[row(Service::S3)])
        .await
        .unwrap();
    let requests = replay.requests();
    let put = &body(&requests[0])["Item"];
    let batch = &body(&requests[1])["RequestItems"]["runs"][0]["PutRequest"]["Item"];

    let replay = replay
        .on(
            "GetItem",
            [Answer::of(json!({"Item": put})), Answer::of("{}")],
        )
        .on(call("Query").with("\"RUNS\""), page(put))
        .on(call("Query").with("RUN#2026"), page(batch));
    assert_eq!(
        table.summary(&run().id).await.unwrap().as_ref(),
        Some(&summary)
    );
    assert_eq!(table.summary(&run().id).await.unwrap(), None);
    assert_eq!(table.summaries(None, 1).await.unwrap().items, [summary]);
    assert_eq!(table.coverage(&run().id).await.unwrap(), [row(Service::S3)]);
    assert!(replay.requests_of(call("Query").with("RUNS"))[0].holds("\"ScanIndexForward\":false"));
}

#[tokio::test]
async fn rows_of_a_run_are_deleted_in_time() {
    let replay = Replay::new().on("BatchWriteItem", Answer::of("{}"));
    let table = RunsTable::new(&replay.config("eu-west-1"), "runs").keeping("1".parse().unwrap());
    table
        .put_coverage(&run(), &[row(Service::S3)])
        .await
        .unwrap();
    let put = &body(&replay.requests()[0])["RequestItems"]["runs"][0]["PutRequest"]["Item"];
    // A day after 2026-11-20T14:04:33Z.
    assert_eq!(put["expires_at"]["N"], "1795269873");
}

/// The item of a row, as it is written.
async fn written(service: Service) -> Value {
    let replay = Replay::new().on("BatchWriteItem", Answer::of("{}"));
    let table = RunsTable::new(&replay.config("eu-west-1"), "runs");
    table.put_coverage(&run(), &[row(service)]).await.unwrap();
    body(&replay.requests()[0])["RequestItems"]["runs"][0]["PutRequest"]["Item"].clone()
}

#[tokio::test]
async fn a_page_counts_what_comes_after_it_and_the_token_leads_there() {
    let (first, second) = (written(Service::S3).await, written(Service::Kms).await);
    let begins = json!({"Items": [first], "Count": 1, "LastEvaluatedKey": {"pk": first["pk"], "sk": first["sk"]}});
    let replay = Replay::new()
        .on("Query", Answer::of(begins))
        .on(call("Query").with("COUNT"), Answer::of(json!({"Count": 1})))
        .on(call("Query").with("\"Limit\":5"), page(&second));
    let table = RunsTable::new(&replay.config("eu-west-1"), "runs");
    let one = table.coverage_page(&run().id, None, 1).await.unwrap();
    assert_eq!(one.items, [row(Service::S3)]);
    assert_eq!(one.left_out.unwrap().count, 1);
    let rest = table
        .coverage_page(&run().id, one.next.as_ref(), 5)
        .await
        .unwrap();
    assert_eq!((rest.items, rest.next), (vec![row(Service::Kms)], None));
    let begun = replay.requests_of(call("Query").with("\"Limit\":5"));
    assert!(begun[0].holds("\"ExclusiveStartKey\"") && begun[0].holds("111122223333#*#s3"));
}

fn record(id: &str, source: SuppressionSource) -> SuppressionRecord {
    serde_json::from_value(json!({"source": source, "created_by": "alice", "suppression": {
        "id": id, "control": "S3.8", "account": "*", "resource": "arn:aws:s3:::a", "reason": "known",
        "owner": "web", "created": "2026-11-01", "expires": "2026-12-31"}}))
    .unwrap()
}

#[tokio::test]
async fn a_suppression_is_written_once_and_taken_back_once() {
    let refused = Answer::refused(400, "ConditionalCheckFailedException");
    let replay = Replay::new().on(
        "PutItem",
        [Answer::of("{}"), refused.clone(), Answer::of("{}"), refused],
    );
    let table = RunsTable::new(&replay.config("eu-west-1"), "runs");
    let record = record("a", SuppressionSource::Operator);
    assert!(table.add_suppression(&record).await.unwrap());
    assert!(!table.add_suppression(&record).await.unwrap());
    assert!(table.withdraw_suppression(&record).await.unwrap());
    assert!(!table.withdraw_suppression(&record).await.unwrap());
    let put = body(&replay.requests()[0]);
    assert_eq!(put["Item"]["pk"]["S"], "SUPPRESSIONS#OPERATOR");
    assert_eq!(put["Item"]["sk"]["S"], "a");
    assert_eq!(put["Item"]["document"]["M"]["created_by"]["S"], "alice");
    // 400 days after 2026-12-31.
    assert_eq!(put["Item"]["expires_at"]["N"], "1833235200");
    assert_eq!(put["ConditionExpression"], "attribute_not_exists(pk)");
}

#[tokio::test]
async fn suppressions_of_both_sources_are_known_and_only_changed_ones_are_noted() {
    let replay = Replay::new().on("PutItem", Answer::of("{}"));
    let table = RunsTable::new(&replay.config("eu-west-1"), "runs");
    let configured = record("a", SuppressionSource::Configuration);
    let own = record("b", SuppressionSource::Operator);
    for record in [&configured, &own] {
        table.add_suppression(record).await.unwrap();
    }
    let items: Vec<Value> = replay
        .requests()
        .iter()
        .map(|request| body(request)["Item"].clone())
        .collect();
    let replay = replay
        .on(
            call("Query").with("SUPPRESSIONS#CONFIGURATION"),
            page(&items[0]),
        )
        .on(call("Query").with("SUPPRESSIONS#OPERATOR"), page(&items[1]));
    let known = table.suppressions().await.unwrap();
    assert_eq!(known.records(), [configured.clone(), own]);
    let before = replay.requests_of("PutItem").len();
    let same = [configured].into_iter().collect();
    table.note_configured(&run(), &same).await.unwrap();
    assert_eq!(replay.requests_of("PutItem").len(), before);
    table
        .note_configured(&run(), &Suppressions::default())
        .await
        .unwrap();
    let puts = replay.requests_of("PutItem");
    assert!(puts[before].holds("\"withdrawn_at\":{\"S\":\"2026-11-20T14:04:33Z\"}"));
}
