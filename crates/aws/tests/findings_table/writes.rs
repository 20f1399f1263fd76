//! What a run writes of a scope, in which order, and what becomes of refusals.

use compliance::{ErrorName, FindingChange};
use replay::{Answer, Replay};
use serde_json::{Value, json};

use crate::world::{body, cancelled, failure, items, page, stored, write};

#[tokio::test]
async fn a_scope_is_marked_then_read_consistently_then_written() {
    let replay = Replay::new()
        .on("UpdateItem", Answer::of("{}"))
        .on("Query", page(&[]))
        .on("TransactWriteItems", Answer::of("{}"));
    let written = write(&replay, vec![failure("key/a")])
        .await
        .unwrap()
        .unwrap();

    assert_eq!(
        replay.operations(),
        ["UpdateItem", "Query", "TransactWriteItems"]
    );
    assert_eq!(
        (written.count(FindingChange::Opened), written.unchanged),
        (1, 0)
    );
    let requests = replay.requests();
    let (marker, query) = (body(&requests[0]), body(&requests[1]));
    assert_eq!(marker["Key"]["place"]["S"], "scope#eu-west-1#kms");
    assert_eq!(
        marker["ConditionExpression"],
        "attribute_not_exists(changed_in) OR changed_in <= :run"
    );
    assert_eq!(query["ConsistentRead"], true);
    let bound = |name: &str| query["ExpressionAttributeValues"][name]["S"].clone();
    assert_eq!(
        (bound(":from"), bound(":to")),
        (json!("eu-west-1#kms#"), json!("eu-west-1#kms$"))
    );
    let items = items(&requests[2]);
    let (check, update) = (&items[0]["ConditionCheck"], &items[1]["Update"]);
    assert_eq!(check["Key"]["place"]["S"], "scope#eu-west-1#kms");
    assert_eq!(check["ConditionExpression"], "changed_in = :run");
    assert_eq!(update["Key"]["place"]["S"], "eu-west-1#kms#key/a#KMS.4");
    let values = &update["ExpressionAttributeValues"];
    assert_eq!(values[":run_started_at"]["S"], "2026-11-20T14:04:33.000Z");
    assert!(
        values[":open_severity"]["S"]
            .as_str()
            .unwrap()
            .starts_with("MEDIUM#")
    );
    let expression = update["UpdateExpression"].as_str().unwrap();
    assert!(
        expression.contains("REMOVE #buckets, #expires_at, #imported_at, #key"),
        "{expression}"
    );
}

#[tokio::test]
async fn unchanged_findings_write_nothing_and_absent_ones_are_resolved() {
    let replay = Replay::new()
        .on("UpdateItem", Answer::of("{}"))
        .on("Query", page(&[stored("key/a"), stored("key/b")]))
        .on("TransactWriteItems", Answer::of("{}"));
    let written = write(&replay, vec![failure("key/a")])
        .await
        .unwrap()
        .unwrap();

    assert_eq!(
        (written.unchanged, written.count(FindingChange::Resolved)),
        (1, 1)
    );
    assert_eq!(
        replay.operations(),
        ["UpdateItem", "Query", "TransactWriteItems"]
    );
    let items = items(&replay.requests()[2]);
    assert_eq!(items.len(), 2, "the check and one finding");
    let values = &items[1]["Update"]["ExpressionAttributeValues"];
    assert_eq!(values[":state"]["S"], "RESOLVED");
    assert_eq!(
        values[":first_observed_at"]["S"],
        "2026-11-01T00:00:00.000Z"
    );
    let expression = items[1]["Update"]["UpdateExpression"].as_str().unwrap();
    assert!(
        expression.contains("#open_region, #open_severity"),
        "{expression}"
    );
}

#[tokio::test]
async fn a_scope_in_which_nothing_changed_is_only_marked() {
    let replay = Replay::new()
        .on("UpdateItem", Answer::of("{}"))
        .on("Query", page(&[stored("key/a"), stored("key/b")]));
    let verdicts = vec![failure("key/a"), failure("key/b")];
    let written = write(&replay, verdicts).await.unwrap().unwrap();
    assert_eq!(written.unchanged, 2);
    assert_eq!(replay.operations(), ["UpdateItem", "Query"]);
}

#[tokio::test]
async fn an_older_run_writes_nothing_where_a_newer_one_has_begun() {
    let refused = Answer::refused(400, "ConditionalCheckFailedException");
    let replay = Replay::new().on("UpdateItem", refused);
    assert_eq!(write(&replay, vec![failure("key/a")]).await.unwrap(), None);
    assert_eq!(replay.operations(), ["UpdateItem"]);

    let replay = Replay::new()
        .on("UpdateItem", Answer::of("{}"))
        .on("Query", page(&[]))
        .on(
            "TransactWriteItems",
            cancelled(&["ConditionalCheckFailed", "None"]),
        );
    assert_eq!(write(&replay, vec![failure("key/a")]).await.unwrap(), None);
    assert_eq!(
        replay.requests_of("TransactWriteItems").len(),
        1,
        "it is not tried again"
    );
}

#[tokio::test]
async fn a_transaction_that_met_another_or_a_hot_partition_is_tried_again() {
    let replay = Replay::new()
        .on("UpdateItem", Answer::of("{}"))
        .on("Query", page(&[]))
        .on(
            "TransactWriteItems",
            [
                cancelled(&["TransactionConflict", "None"]),
                cancelled(&["None", "ThrottlingError"]),
                Answer::of("{}"),
            ],
        );
    let written = write(&replay, vec![failure("key/a")])
        .await
        .unwrap()
        .unwrap();
    assert_eq!(written.count(FindingChange::Opened), 1);
    let bodies: Vec<Vec<Value>> = replay
        .requests_of("TransactWriteItems")
        .iter()
        .map(items)
        .collect();
    assert!(bodies.len() == 3 && bodies.iter().all(|items| *items == bodies[0]));
}

#[tokio::test]
async fn a_transaction_that_is_never_taken_is_throttling() {
    let replay = Replay::new()
        .on("UpdateItem", Answer::of("{}"))
        .on("Query", page(&[]))
        .on(
            "TransactWriteItems",
            cancelled(&["None", "ThrottlingError"]),
        );
    let error = write(&replay, vec![failure("key/a")]).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::Throttled);
    let text = error.to_string();
    assert!(
        text.contains("`TransactWriteItems`") && text.contains("`findings`"),
        "{text}"
    );
}

#[tokio::test]
async fn a_transaction_that_can_never_be_taken_is_tried_once() {
    let replay = Replay::new()
        .on("UpdateItem", Answer::of("{}"))
        .on("Query", page(&[]))
        .on(
            "TransactWriteItems",
            cancelled(&["None", "ValidationError"]),
        );
    let error = write(&replay, vec![failure("key/a")]).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::Internal);
    assert_eq!(replay.requests_of("TransactWriteItems").len(), 1);
}

#[tokio::test]
async fn many_findings_are_written_a_hundred_items_at_a_time() {
    let replay = Replay::new()
        .on("UpdateItem", Answer::of("{}"))
        .on("Query", page(&[]))
        .on("TransactWriteItems", Answer::of("{}"));
    let verdicts = (0..250).map(|n| failure(&format!("key/{n:03}"))).collect();
    let written = write(&replay, verdicts).await.unwrap().unwrap();
    assert_eq!(written.count(FindingChange::Opened), 250);
    let transactions = replay.requests_of("TransactWriteItems");
    let sizes: Vec<usize> = transactions.iter().map(|it| items(it).len()).collect();
    assert_eq!(sizes, [100, 100, 53], "each with its check");
}

#[tokio::test]
async fn a_throttled_table_can_be_tried_again() {
    let replay = Replay::new().on(
        "UpdateItem",
        Answer::throttled("ProvisionedThroughputExceededException"),
    );
    let error = write(&replay, vec![failure("key/a")]).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::Throttled);
    let text = error.to_string();
    assert!(
        text.contains("`UpdateItem`") && text.contains("`findings`"),
        "{text}"
    );
}
