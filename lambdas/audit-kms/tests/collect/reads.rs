//! What is read of a key, and what is not asked for.

use compliance::Fact;
use compliance::observation::{KeyGrant, ReplicaKeyObservation};
use replay::{Answer, Replay, call};
use serde_json::json;

use crate::wire::{self, REGION, arn};

/// What a customer key that can rotate is asked for.
const ALL_READS: [&str; 7] = [
    "DescribeKey",
    "GetKeyLastUsage",
    "GetKeyPolicy",
    "GetKeyRotationStatus",
    "ListGrants",
    "ListKeyRotations",
    "ListResourceTags",
];

/// A multi-Region key with everything that a key can have.
fn full() -> Replay {
    let replica = "arn:aws:kms:us-east-1:111122223333:key/mrk-1";
    let set = json!({
        "MultiRegionKeyType": "PRIMARY",
        "PrimaryKey": {"Arn": arn("mrk-1"), "Region": REGION},
        "ReplicaKeys": [{"Arn": replica, "Region": "us-east-1"}],
    });
    let changes = json!({"MultiRegion": true, "MultiRegionConfiguration": set});
    let rotation = json!({"KeyRotationEnabled": true, "RotationPeriodInDays": 180,
        "NextRotationDate": 1_795_000_000.5});
    let grant = json!({"GrantId": "g", "GranteePrincipal": "arn:aws:iam::444455556666:root",
        "Operations": ["Decrypt", "CreateGrant"],
        "Constraints": {"EncryptionContextSubset": {"app": "x"}}});
    let aliases = json!([
        {"AliasName": "alias/b", "TargetKeyId": "mrk-1"}, {"AliasName": "alias/a", "TargetKeyId": "mrk-1"},
        {"AliasName": "alias/other", "TargetKeyId": "2"}, {"AliasName": "alias/aws/new"},
    ]);
    wire::described(wire::region(&["mrk-1"]), "mrk-1", &changes)
        .on("GetKeyRotationStatus", Answer::of(rotation))
        .on(
            "ListGrants",
            Answer::of(json!({"Grants": [grant], "Truncated": false})),
        )
        .on(
            "ListAliases",
            Answer::of(json!({"Aliases": aliases, "Truncated": false})),
        )
        .on(
            "ListResourceTags",
            Answer::of(json!({"Tags": [{"TagKey": "team", "TagValue": "t"}], "Truncated": false})),
        )
}

#[tokio::test]
async fn everything_that_a_key_has_is_observed() {
    let page = wire::first_page(&full(), &[]).await;
    let key = wire::key(&page, "mrk-1");

    assert!(key.unknown.is_empty(), "{:?}", key.unknown);
    assert_eq!(key.key_arn, arn("mrk-1"));
    assert_eq!(key.key_state, Fact::Known("Enabled".to_owned()));
    assert_eq!(key.key_manager, Fact::Known("CUSTOMER".to_owned()));
    assert!(key.key_policy.known().unwrap().as_ref().unwrap()["Statement"].is_array());
    assert_eq!(key.key_rotation_enabled, Fact::Known(Some(true)));
    assert_eq!(key.rotation_period_days, Fact::Known(Some(180)));
    let next = key.next_rotation_date.known().unwrap().as_deref().unwrap();
    assert!(next.starts_with("2026-11-18T11:06:40"), "{next}");
    assert_eq!(
        key.aliases,
        Fact::Known(vec!["alias/a".to_owned(), "alias/b".to_owned()])
    );
    assert_eq!(key.tags.known().unwrap()["team"], "t");
    assert_eq!(key.multi_region, Fact::Known(true));
    let replica = ReplicaKeyObservation {
        arn: "arn:aws:kms:us-east-1:111122223333:key/mrk-1".to_owned(),
        region: "us-east-1".parse().unwrap(),
        primary: false,
    };
    assert_eq!(key.replica_keys, Fact::Known(vec![replica]));
    let grant = KeyGrant {
        grant_id: "g".to_owned(),
        grantee_principal: Some("arn:aws:iam::444455556666:root".to_owned()),
        retiring_principal: None,
        operations: vec!["Decrypt".to_owned(), "CreateGrant".to_owned()],
        constrained: true,
    };
    assert_eq!(key.grants, Fact::Known(vec![grant]));
}

/// The operations asked of one key, sorted.
fn asked(replay: &Replay, key: &str) -> Vec<String> {
    let requests = replay.requests().into_iter();
    let mut operations: Vec<String> = requests
        .filter(|request| request.body.contains(&format!("\"{key}\"")))
        .map(|request| request.operation)
        .collect();
    operations.sort();
    operations
}

#[tokio::test]
async fn each_fact_is_asked_for_once_and_aliases_once_per_region() {
    let replay = wire::region(&["1", "2"]);
    wire::first_page(&replay, &[]).await;
    assert_eq!(asked(&replay, "1"), ALL_READS);
    assert_eq!(asked(&replay, "2"), ALL_READS);
    assert_eq!(replay.requests_of("ListAliases").len(), 1);
    assert!(
        replay
            .requests_of(call("GetKeyPolicy").with("\"default\""))
            .len()
            == 2
    );
}

#[tokio::test]
async fn rotation_is_not_asked_for_where_it_cannot_apply() {
    for changes in [
        json!({"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"}),
        json!({"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}),
        json!({"Origin": "EXTERNAL"}),
        json!({"Origin": "AWS_CLOUDHSM"}),
        json!({"KeyState": "PendingDeletion", "DeletionDate": 1_795_000_000}),
    ] {
        let replay = wire::described(wire::region(&["1"]), "1", &changes);
        let page = wire::first_page(&replay, &[]).await;
        assert!(
            replay.requests_of("GetKeyRotationStatus").is_empty(),
            "{changes}"
        );
        let key = wire::key(&page, "1");
        assert_eq!(key.key_rotation_enabled, Fact::Known(None), "{changes}");
        assert!(key.unknown.is_empty(), "{:?}", key.unknown);
    }
}

#[tokio::test]
async fn the_date_of_a_pending_deletion_is_observed() {
    let changes = json!({"KeyState": "PendingDeletion", "DeletionDate": 1_795_000_000});
    let replay = wire::described(wire::region(&["1"]), "1", &changes);
    let page = wire::first_page(&replay, &[]).await;
    let date = Some("2026-11-18T11:06:40Z".to_owned());
    assert_eq!(wire::key(&page, "1").deletion_date, Fact::Known(date));
}

#[tokio::test]
async fn a_kind_of_key_that_kms_says_cannot_rotate_has_no_rotation() {
    let unsupported = Answer::refused(400, "UnsupportedOperationException");
    let replay = wire::region(&["1"]).on("GetKeyRotationStatus", unsupported);
    let page = wire::first_page(&replay, &[]).await;
    assert_eq!(
        wire::key(&page, "1").key_rotation_enabled,
        Fact::Known(None)
    );
}

#[tokio::test]
async fn grants_and_tags_are_read_to_their_end() {
    let grants = |id: &str, next: Option<&str>| {
        Answer::of(
            json!({"Grants": [{"GrantId": id}], "NextMarker": next, "Truncated": next.is_some()}),
        )
    };
    let tags = |key: &str, next: Option<&str>| {
        let tag = json!({"TagKey": key, "TagValue": ""});
        Answer::of(json!({"Tags": [tag], "NextMarker": next, "Truncated": next.is_some()}))
    };
    let replay = wire::region(&["1"])
        .on("ListGrants", grants("g1", Some("more")))
        .on(call("ListGrants").with("more"), grants("g2", None))
        .on("ListResourceTags", tags("a", Some("more")))
        .on(call("ListResourceTags").with("more"), tags("b", None));
    let page = wire::first_page(&replay, &[]).await;
    let key = wire::key(&page, "1");
    let ids: Vec<&str> = key
        .grants
        .known()
        .unwrap()
        .iter()
        .map(|grant| grant.grant_id.as_str())
        .collect();
    assert_eq!(ids, ["g1", "g2"]);
    assert_eq!(key.tags.known().unwrap().len(), 2);
}
