//! When the material of a key was rotated, and when the key was used.

use audit::Collector;
use compliance::observation::KeyUsage;
use compliance::{Fact, Refusal};
use replay::{Answer, Replay, call};
use serde_json::{Value, json};

use crate::wire;

fn rotations(dates: &[Value], next: Option<&str>) -> Answer {
    let entry =
        |date: &Value| json!({"KeyId": "1", "RotationDate": date, "RotationType": "AUTOMATIC"});
    let entries: Vec<Value> = dates.iter().map(entry).collect();
    Answer::of(json!({"Rotations": entries, "NextMarker": next, "Truncated": next.is_some()}))
}

fn refusal(operation: &str, code: &str) -> Refusal {
    Refusal {
        operation: operation.to_owned(),
        code: code.to_owned(),
    }
}

#[tokio::test]
async fn the_latest_rotation_of_all_pages_is_observed() {
    let replay = wire::region(&["1"])
        .on(
            "ListKeyRotations",
            rotations(&[json!(5), json!(null)], Some("more")),
        )
        .on(
            call("ListKeyRotations").with("more"),
            rotations(&[json!(1_795_000_000), json!(7)], None),
        );
    let page = wire::first_page(&replay, &[]).await;
    let key = wire::key(&page, "1");
    let latest = Some("2026-11-18T11:06:40Z".to_owned());
    assert_eq!(key.last_rotation_date, Fact::Known(latest));
    assert_eq!(
        key.creation_date,
        Fact::Known("2026-01-01T00:00:00Z".to_owned())
    );
}

#[tokio::test]
async fn a_key_that_was_never_rotated_nor_used_says_so() {
    let page = wire::first_page(&wire::region(&["1"]), &[]).await;
    let key = wire::key(&page, "1");
    assert_eq!(key.last_rotation_date, Fact::Known(None));
    let unused = KeyUsage {
        last_used_at: None,
        recorded_since: Some("2026-03-01T00:00:00Z".to_owned()),
    };
    assert_eq!(key.last_usage, Fact::Known(Some(unused)));
}

#[tokio::test]
async fn the_last_use_is_observed() {
    let used = json!({"KeyLastUsage": {"Operation": "Decrypt", "Timestamp": 1_795_000_000}, "TrackingStartDate": 0});
    let replay = wire::region(&["1"]).on("GetKeyLastUsage", Answer::of(used));
    let page = wire::first_page(&replay, &[]).await;
    let usage = wire::key(&page, "1").last_usage.known().unwrap().clone();
    let used = usage.unwrap().last_used_at;
    assert_eq!(used.as_deref(), Some("2026-11-18T11:06:40Z"));
}

#[tokio::test]
async fn refused_histories_are_unknown_and_hide_nothing_else() {
    let half = json!({"Rotations": [{"RotationDate": 5}], "Truncated": true});
    let replay = wire::region(&["1", "2"])
        .on(
            call("ListKeyRotations").with("\"1\""),
            Answer::denied("AccessDeniedException"),
        )
        .on(call("ListKeyRotations").with("\"2\""), Answer::of(half))
        .on("GetKeyLastUsage", Answer::throttled("ThrottlingException"));
    let page = wire::first_page(&replay, &[]).await;
    let denied = refusal("ListKeyRotations", "AccessDeniedException");
    assert_eq!(wire::key(&page, "1").unknown["last_rotation_date"], denied);
    let cut = refusal("ListKeyRotations", "MalformedAnswer");
    assert_eq!(wire::key(&page, "2").unknown["last_rotation_date"], cut);
    let slow = refusal("GetKeyLastUsage", "ThrottlingException");
    for key in wire::keys(&page) {
        assert_eq!(key.unknown["last_usage"], slow);
        assert_eq!(key.unknown.len(), 2, "{:?}", key.unknown);
    }
}

#[tokio::test]
async fn a_throttled_question_for_the_use_is_asked_again() {
    let slow = Answer::throttled("ThrottlingException");
    let used = Answer::of(json!({"KeyLastUsage": {"Timestamp": 0}, "TrackingStartDate": 0}));
    let replay = wire::region(&["1"]).on("GetKeyLastUsage", [slow, used]);
    let collector = wire::patient_collector(&replay).await;
    let page = collector.collect(None).await.unwrap();
    assert!(wire::key(&page, "1").unknown.is_empty());
}

#[tokio::test]
async fn a_key_that_vanished_before_its_history_was_read_is_counted() {
    let gone = Answer::refused(400, "NotFoundException");
    let replay = wire::region(&["1", "2"]).on(call("GetKeyLastUsage").with("\"1\""), gone);
    let page = wire::first_page(&replay, &[]).await;
    assert_eq!((wire::ids(&page), page.vanished), (vec!["2"], 1));
}

#[tokio::test]
async fn a_region_that_does_not_know_the_question_does_not_tell() {
    let unheard = Answer::refused(400, "UnknownOperationException");
    let replay = wire::region(&["1"]).on("GetKeyLastUsage", unheard);
    let page = wire::first_page(&replay, &[]).await;
    assert_eq!(wire::key(&page, "1").last_usage, Fact::Known(None));
}

/// What was asked of the history of one key with this metadata.
async fn asked(changes: &Value) -> (usize, usize) {
    let replay = wire::described(wire::region(&["1"]), "1", changes);
    wire::first_page(&replay, &[]).await;
    let count = |operation: &str| replay.requests_of(operation).len();
    (count("ListKeyRotations"), count("GetKeyLastUsage"))
}

#[tokio::test]
async fn history_is_asked_for_only_where_it_can_be() {
    for (changes, expected) in [
        (json!({}), (1, 1)),
        (json!({"Origin": "EXTERNAL"}), (1, 1)),
        (
            json!({"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"}),
            (0, 1),
        ),
        (json!({"KeyState": "Disabled"}), (1, 0)),
        (json!({"KeyState": "PendingDeletion"}), (0, 0)),
    ] {
        assert_eq!(asked(&changes).await, expected, "{changes}");
    }
}

#[tokio::test]
async fn nobody_is_asked_for_the_use_where_it_is_not_judged() {
    let replay: Replay = wire::region(&["1"]);
    let collector = wire::collector(&replay, &[]).await.without_usage();
    let page = collector.collect(None).await.unwrap();
    assert!(replay.requests_of("GetKeyLastUsage").is_empty());
    let key = wire::key(&page, "1");
    assert!(key.last_usage.is_unread() && key.unknown.is_empty());
}
