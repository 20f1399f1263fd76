//! A replica and its primary in another region.

use compliance::observation::PrimaryKeyObservation;
use compliance::{Fact, Refusal};
use replay::{Answer, Replay, call};
use serde_json::{Value, json};

use crate::wire::{self, REGION, arn};

const PRIMARY: &str = "arn:aws:kms:us-east-1:111122223333:key/mrk-1";

/// A region with one replica, whose primary answers with these fields and this policy.
fn replica(changes: &Value, policy: &str) -> Replay {
    let set = json!({
        "MultiRegionKeyType": "REPLICA",
        "PrimaryKey": {"Arn": PRIMARY, "Region": "us-east-1"},
        "ReplicaKeys": [{"Arn": arn("mrk-1"), "Region": REGION}],
    });
    let multi = json!({"MultiRegion": true, "MultiRegionConfiguration": set});
    wire::described(wire::region(&["mrk-1"]), "mrk-1", &multi)
        .on(
            call("DescribeKey").with(PRIMARY),
            wire::metadata("mrk-1", changes),
        )
        .on(
            call("GetKeyPolicy").with(PRIMARY),
            Answer::of(json!({ "Policy": policy })),
        )
}

async fn primary(replay: &Replay) -> (Fact<Option<PrimaryKeyObservation>>, Option<Refusal>) {
    let page = wire::first_page(replay, &[]).await;
    let key = wire::key(&page, "mrk-1");
    (key.primary.clone(), key.unknown.get("primary").cloned())
}

#[tokio::test]
async fn a_replica_is_compared_with_its_primary_in_the_region_of_the_primary() {
    let replay = replica(&json!({"KeyState": "Disabled"}), "{ \"Statement\": [] }");
    let expected = PrimaryKeyObservation {
        arn: PRIMARY.to_owned(),
        region: "us-east-1".parse().unwrap(),
        key_state: "Disabled".to_owned(),
        same_policy: true,
    };
    assert_eq!(primary(&replay).await, (Fact::Known(Some(expected)), None));
    let asked = replay.requests().into_iter();
    let asked = asked.filter(|request| request.body.contains(PRIMARY));
    let regions: Vec<String> = asked.map(|request| request.region).collect();
    assert_eq!(regions, ["us-east-1", "us-east-1"]);
}

#[tokio::test]
async fn another_policy_of_the_primary_is_noticed() {
    let (observed, _) = primary(&replica(&json!({}), r#"{"Statement":[{}]}"#)).await;
    assert!(!observed.known().unwrap().as_ref().unwrap().same_policy);
}

#[tokio::test]
async fn a_primary_that_may_not_be_read_or_is_gone_is_unknown() {
    let denied = |operation: &str, code: &str| {
        let answer = Answer::denied(code);
        replica(&json!({}), "{}").on(call(operation).with(PRIMARY), answer)
    };
    for (operation, code) in [
        ("DescribeKey", "AccessDeniedException"),
        ("GetKeyPolicy", "AccessDeniedException"),
        ("DescribeKey", "NotFoundException"),
    ] {
        let (observed, refusal) = primary(&denied(operation, code)).await;
        assert!(observed.is_unread());
        let refusal = refusal.unwrap();
        assert_eq!(
            (refusal.operation.as_str(), refusal.code.as_str()),
            (operation, code)
        );
    }
}

#[tokio::test]
async fn a_replica_whose_own_policy_was_refused_is_not_compared() {
    let denied = Answer::denied("AccessDeniedException");
    let replay = replica(&json!({}), "{}").on(call("GetKeyPolicy").with("\"mrk-1\""), denied);
    let (observed, refusal) = primary(&replay).await;
    assert!(observed.is_unread());
    assert_eq!(refusal.unwrap().operation, "GetKeyPolicy");
}

#[tokio::test]
async fn a_key_that_is_no_replica_asks_no_other_region() {
    let replay = wire::region(&["mrk-1"]);
    assert_eq!(primary(&replay).await, (Fact::Known(None), None));
    let mut regions = replay.requests().into_iter().map(|request| request.region);
    assert!(regions.all(|region| region == REGION));
}
