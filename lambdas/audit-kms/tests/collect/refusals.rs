//! What cannot be read is unknown on its own key, and nothing else is lost.

use audit::Collector;
use compliance::{Fact, Refusal};
use replay::{Answer, call};
use serde_json::json;

use crate::wire;

fn refusal(operation: &str, code: &str) -> Refusal {
    Refusal {
        operation: operation.to_owned(),
        code: code.to_owned(),
    }
}

#[tokio::test]
async fn a_denied_policy_is_unknown_on_that_key_alone() {
    let denied = Answer::denied("AccessDeniedException");
    let replay = wire::region(&["1", "2"]).on(call("GetKeyPolicy").with("\"1\""), denied);
    let page = wire::first_page(&replay, &[]).await;
    let shut = wire::key(&page, "1");
    assert!(shut.key_policy.is_unread());
    assert_eq!(shut.unknown.len(), 1);
    let why = refusal("GetKeyPolicy", "AccessDeniedException");
    assert_eq!(shut.unknown["key_policy"], why);
    assert!(wire::key(&page, "2").unknown.is_empty());
}

#[tokio::test]
async fn a_key_that_may_not_be_described_is_never_dropped() {
    let denied = || Answer::denied("AccessDeniedException");
    let replay = wire::region(&["1"])
        .on(call("DescribeKey").with("\"1\""), denied())
        .on("GetKeyPolicy", denied())
        .on("ListGrants", denied())
        .on("ListResourceTags", denied());
    let page = wire::first_page(&replay, &[]).await;
    let key = wire::key(&page, "1");
    let facts = serde_json::to_value(key).unwrap();
    let known: Vec<&String> = facts.as_object().unwrap().keys().collect();
    assert_eq!(
        known,
        [
            "account",
            "aliases",
            "buckets",
            "key_arn",
            "key_id",
            "observed_at",
            "region",
            "unknown"
        ]
    );
    assert_eq!(key.unknown.len(), 19);
    for field in [
        "key_state",
        "key_manager",
        "replica_keys",
        "primary",
        "key_rotation_enabled",
    ] {
        assert_eq!(
            key.unknown[field],
            refusal("DescribeKey", "AccessDeniedException")
        );
    }
    assert!(replay.requests_of("GetKeyRotationStatus").is_empty());
}

#[tokio::test]
async fn what_may_be_read_of_a_key_that_may_not_be_described_is_read() {
    let replay = wire::region(&["1"]).on(
        call("DescribeKey").with("\"1\""),
        Answer::denied("AccessDeniedException"),
    );
    let page = wire::first_page(&replay, &[]).await;
    let key = wire::key(&page, "1");
    assert!(key.key_state.is_unread());
    assert!(key.key_policy.known().is_some());
}

#[tokio::test]
async fn refused_aliases_are_unknown_on_every_key() {
    let denied = Answer::denied("AccessDeniedException");
    let replay = wire::region(&["1", "2"]).on("ListAliases", denied);
    let page = wire::first_page(&replay, &[]).await;
    for key in wire::keys(&page) {
        assert!(key.aliases.is_unread());
        let why = refusal("ListAliases", "AccessDeniedException");
        assert_eq!(key.unknown["aliases"], why);
    }
}

#[tokio::test]
async fn half_a_list_is_not_taken_for_the_whole() {
    let half = json!({"Grants": [{"GrantId": "g"}], "NextMarker": "more", "Truncated": true});
    let replay = wire::region(&["1", "2"])
        .on(call("ListGrants").with("\"1\""), Answer::of(&half))
        .on(
            call("ListGrants").with("\"1\"").with("more"),
            Answer::throttled("ThrottlingException"),
        )
        .on(
            call("ListGrants").with("\"2\""),
            Answer::of(json!({"Grants": [], "Truncated": true})),
        );
    let page = wire::first_page(&replay, &[]).await;
    let codes: Vec<&str> = wire::keys(&page)
        .iter()
        .map(|key| key.unknown["grants"].code.as_str())
        .collect();
    assert_eq!(codes, ["ThrottlingException", "MalformedAnswer"]);
    assert!(wire::keys(&page).iter().all(|key| key.grants.is_unread()));
}

#[tokio::test]
async fn a_throttled_read_is_tried_again() {
    let slow = || Answer::throttled("ThrottlingException");
    let on = Answer::of(json!({"KeyRotationEnabled": true, "RotationPeriodInDays": 365}));
    let replay = wire::region(&["1"]).on("GetKeyRotationStatus", [slow(), slow(), on]);
    let page = wire::patient_collector(&replay)
        .await
        .collect(None)
        .await
        .unwrap();
    let key = wire::key(&page, "1");
    assert_eq!(key.key_rotation_enabled, Fact::Known(Some(true)));
    assert!(key.unknown.is_empty());
}

#[tokio::test]
async fn a_read_that_is_throttled_for_ever_is_unknown() {
    let replay = wire::region(&["1"]).on(
        "GetKeyRotationStatus",
        Answer::throttled("ThrottlingException"),
    );
    let page = wire::patient_collector(&replay)
        .await
        .collect(None)
        .await
        .unwrap();
    let key = wire::key(&page, "1");
    assert!(key.key_rotation_enabled.is_unread());
    for field in [
        "key_rotation_enabled",
        "rotation_period_days",
        "next_rotation_date",
    ] {
        let why = refusal("GetKeyRotationStatus", "ThrottlingException");
        assert_eq!(key.unknown[field], why);
    }
    assert_eq!(replay.requests_of("GetKeyRotationStatus").len(), 3);
}

#[tokio::test]
async fn a_policy_that_is_not_json_is_unknown_and_not_quoted() {
    let replay = wire::region(&["1"]).on(
        "GetKeyPolicy",
        Answer::of(json!({"Policy": "{\"Statement\": secret"})),
    );
    let page = wire::first_page(&replay, &[]).await;
    let key = wire::key(&page, "1");
    assert_eq!(
        key.unknown["key_policy"],
        refusal("GetKeyPolicy", "MalformedPolicy")
    );
    assert!(!serde_json::to_string(key).unwrap().contains("secret"));
}
