//! Questions: each is an indexed query with paging.

use aws::FindingsTable;
use compliance::Severity;
use replay::{Answer, Replay, call};
use serde_json::json;

use crate::world::{account, page, run, stored};

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
