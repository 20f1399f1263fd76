//! The runs table: coverage and summaries.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use aws::RunsTable;
use compliance::{
    AccountId, Coverage, CoverageStatus, ErrorName, Run, RunStatus, RunSummary, Service, Severity,
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
    assert_eq!(table.summaries(1).await.unwrap(), [summary]);
    assert_eq!(table.coverage(&run().id).await.unwrap(), [row(Service::S3)]);
    assert!(replay.requests_of(call("Query").with("RUNS"))[0].holds("\"ScanIndexForward\":false"));
}
