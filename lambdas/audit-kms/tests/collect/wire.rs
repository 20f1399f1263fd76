//! Answers as KMS sends them, and a region whose keys answer everything.

use audit::{Collector, Page};
use audit_kms::KeyCollector;
use aws::Session;
use compliance::observation::KeyObservation;
use compliance::{KeyReference, Observation};
use replay::{Answer, Replay, call};
use serde_json::{Value, json};

/// The audited account.
pub(crate) const ACCOUNT: &str = "111122223333";

/// The audited region.
pub(crate) const REGION: &str = "eu-west-1";

/// The ARN of a key of the account.
pub(crate) fn arn(key: &str) -> String {
    format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/{key}")
}

/// Metadata of an enabled, symmetric customer key, with fields replaced.
pub(crate) fn metadata(key: &str, changes: &Value) -> Answer {
    let mut metadata = json!({
        "AWSAccountId": ACCOUNT, "KeyId": key, "Arn": arn(key), "Enabled": true,
        "KeyState": "Enabled", "KeyUsage": "ENCRYPT_DECRYPT", "KeySpec": "SYMMETRIC_DEFAULT",
        "Origin": "AWS_KMS", "KeyManager": "CUSTOMER", "MultiRegion": false,
        "CreationDate": 1_767_225_600,
    });
    for (field, value) in changes.as_object().unwrap() {
        metadata[field] = value.clone();
    }
    Answer::of(json!({ "KeyMetadata": metadata }))
}

/// One page of `ListKeys`.
pub(crate) fn listing(keys: &[&str], next: Option<&str>) -> Answer {
    let keys: Vec<Value> = keys
        .iter()
        .map(|key| json!({"KeyId": key, "KeyArn": arn(key)}))
        .collect();
    Answer::of(json!({"Keys": keys, "NextMarker": next, "Truncated": next.is_some()}))
}

/// A region with these customer keys: no alias, no grant, no tag, rotation off, never rotated nor used.
pub(crate) fn region(keys: &[&str]) -> Replay {
    let none = |list: &str| Answer::of(json!({list: [], "Truncated": false}));
    let replay = Replay::new()
        .account(ACCOUNT)
        .on("ListKeys", listing(keys, None))
        .on("ListAliases", none("Aliases"))
        .on("ListGrants", none("Grants"))
        .on("ListResourceTags", none("Tags"))
        .on("ListKeyRotations", none("Rotations"))
        .on(
            "GetKeyLastUsage",
            Answer::of(json!({"KeyLastUsage": {}, "TrackingStartDate": 1_772_323_200})),
        )
        .on(
            "GetKeyRotationStatus",
            Answer::of(json!({"KeyRotationEnabled": false})),
        )
        .on(
            "GetKeyPolicy",
            Answer::of(json!({"Policy": "{\"Statement\":[]}"})),
        );
    keys.iter()
        .fold(replay, |replay, key| described(replay, key, &json!({})))
}

/// Scripts the metadata of one more key, listed or not.
pub(crate) fn described(replay: Replay, key: &str, changes: &Value) -> Replay {
    replay.on(
        call("DescribeKey").with(format!("\"{key}\"")),
        metadata(key, changes),
    )
}

/// A reference of one bucket.
pub(crate) fn reference(reference: &str, bucket: &str) -> KeyReference {
    KeyReference {
        reference: reference.to_owned(),
        buckets: vec![format!("arn:aws:s3:::{bucket}")],
    }
}

/// A collector whose calls are attempted once.
pub(crate) async fn collector(replay: &Replay, references: &[KeyReference]) -> KeyCollector {
    collector_of(replay.config(REGION), references).await
}

/// A collector whose calls are attempted up to three times.
pub(crate) async fn patient_collector(replay: &Replay) -> KeyCollector {
    collector_of(replay.retrying(REGION, 3), &[]).await
}

async fn collector_of(config: aws_config::SdkConfig, references: &[KeyReference]) -> KeyCollector {
    let session = Session::caller(config).await.unwrap();
    let region = REGION.parse().unwrap();
    KeyCollector::new(&session, &region, references.to_vec(), 2, 4)
}

/// The first page.
pub(crate) async fn first_page(replay: &Replay, references: &[KeyReference]) -> Page {
    collector(replay, references)
        .await
        .collect(None)
        .await
        .unwrap()
}

/// The observations of keys, in the order of the page.
pub(crate) fn keys(page: &Page) -> Vec<&KeyObservation> {
    let observations = page.observations.iter();
    observations
        .filter_map(|observation| match observation {
            Observation::Key(key) => Some(key.as_ref()),
            _ => None,
        })
        .collect()
}

/// The ids of the observed keys, in the order of the page.
pub(crate) fn ids(page: &Page) -> Vec<&str> {
    keys(page).iter().map(|key| key.key_id.as_str()).collect()
}

/// The observation of a key.
pub(crate) fn key<'a>(page: &'a Page, id: &str) -> &'a KeyObservation {
    keys(page).into_iter().find(|key| key.key_id == id).unwrap()
}
