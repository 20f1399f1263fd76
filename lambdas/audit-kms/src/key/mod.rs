//! What is observed of a key: pure conversions from the SDK's answers to the observation.

pub(crate) mod access;
pub(crate) mod primary;
pub(crate) mod rotation;
pub(crate) mod usage;

use aws_sdk_kms::primitives::{DateTime, DateTimeFormat};
use aws_sdk_kms::types::{
    KeyManagerType, KeyMetadata, KeySpec, KeyState, KeyUsageType, MultiRegionKey, OriginType,
};
use compliance::fact::read_or_note;
use compliance::observation::{KeyObservation, ReplicaKeyObservation};
use compliance::{AccountId, Fact, Refusal, Region, Unknown};

/// The error code of ours for an answer without the field that it is asked for.
pub(crate) const MALFORMED_ANSWER: &str = "MalformedAnswer";

/// The fields of an observation that `DescribeKey` answers.
const DESCRIBED: [&str; 10] = [
    "key_state",
    "key_usage",
    "key_spec",
    "origin",
    "key_manager",
    "creation_date",
    "deletion_date",
    "multi_region",
    "replica_keys",
    "valid_to",
];

/// An answer that cannot be used: the fact stays unknown.
pub(crate) fn malformed(operation: &str, code: &str) -> Refusal {
    Refusal {
        operation: operation.to_owned(),
        code: code.to_owned(),
    }
}

/// A key of which nothing but its place is known yet.
pub(crate) fn unread(
    account: &AccountId,
    region: &Region,
    key_id: &str,
    key_arn: &str,
) -> KeyObservation {
    KeyObservation {
        account: account.clone(),
        region: region.clone(),
        key_id: key_id.to_owned(),
        key_arn: key_arn.to_owned(),
        observed_at: Fact::Unread,
        key_state: Fact::Unread,
        key_usage: Fact::Unread,
        key_spec: Fact::Unread,
        origin: Fact::Unread,
        key_manager: Fact::Unread,
        deletion_date: Fact::Unread,
        key_policy: Fact::Unread,
        key_rotation_enabled: Fact::Unread,
        rotation_period_days: Fact::Unread,
        next_rotation_date: Fact::Unread,
        creation_date: Fact::Unread,
        last_rotation_date: Fact::Unread,
        last_usage: Fact::Unread,
        aliases: Fact::Unread,
        grants: Fact::Unread,
        tags: Fact::Unread,
        multi_region: Fact::Unread,
        replica_keys: Fact::Unread,
        primary: Fact::Unread,
        valid_to: Fact::Unread,
        buckets: Vec::new(),
        unknown: Unknown::new(),
    }
}

/// Takes what `DescribeKey` answers over into the observation, or its refusal under each field.
pub(crate) fn describe(key: &mut KeyObservation, answer: &Result<KeyMetadata, Refusal>) {
    match answer {
        Ok(metadata) => take_metadata(key, metadata),
        Err(refusal) => note_all(&mut key.unknown, &DESCRIBED, refusal),
    }
}

fn take_metadata(key: &mut KeyObservation, metadata: &KeyMetadata) {
    let unknown = &mut key.unknown;
    let mut named = |field: &str, value: Option<&str>| {
        let value = value.map(str::to_owned);
        let refusal = || malformed("DescribeKey", MALFORMED_ANSWER);
        read_or_note(unknown, field, value.ok_or_else(refusal))
    };
    key.key_state = named(
        "key_state",
        metadata.key_state.as_ref().map(KeyState::as_str),
    );
    key.key_usage = named(
        "key_usage",
        metadata.key_usage.as_ref().map(KeyUsageType::as_str),
    );
    key.key_spec = named("key_spec", metadata.key_spec.as_ref().map(KeySpec::as_str));
    key.origin = named("origin", metadata.origin.as_ref().map(OriginType::as_str));
    let manager = metadata.key_manager.as_ref().map(KeyManagerType::as_str);
    key.key_manager = named("key_manager", manager);
    let created = metadata.creation_date.as_ref().and_then(rfc3339);
    key.creation_date = named("creation_date", created.as_deref());
    key.deletion_date = Fact::Known(metadata.deletion_date.as_ref().and_then(rfc3339));
    key.valid_to = Fact::Known(metadata.valid_to.as_ref().and_then(rfc3339));
    key.multi_region = Fact::Known(metadata.multi_region.unwrap_or_default());
    key.replica_keys = Fact::Known(replica_keys(metadata, &key.key_arn));
}

/// The other keys of the multi-Region set, sorted by ARN.
fn replica_keys(metadata: &KeyMetadata, own: &str) -> Vec<ReplicaKeyObservation> {
    let Some(set) = &metadata.multi_region_configuration else {
        return Vec::new();
    };
    let primary = set.primary_key.iter().map(|key| (key, true));
    let replicas = set.replica_keys().iter().map(|key| (key, false));
    let mut others: Vec<_> = primary
        .chain(replicas)
        .filter_map(|(key, primary)| member(key, primary))
        .filter(|key| key.arn != own)
        .collect();
    others.sort_by(|one, other| one.arn.cmp(&other.arn));
    others
}

fn member(key: &MultiRegionKey, primary: bool) -> Option<ReplicaKeyObservation> {
    Some(ReplicaKeyObservation {
        arn: key.arn.clone()?,
        region: key.region()?.parse().ok()?,
        primary,
    })
}

/// Whether the key belongs to AWS rather than to the customer.
pub(crate) fn is_aws_managed(metadata: &KeyMetadata) -> bool {
    metadata.key_manager == Some(KeyManagerType::Aws)
}

fn note_all(unknown: &mut Unknown, fields: &[&str], refusal: &Refusal) {
    for field in fields {
        unknown.insert((*field).to_owned(), refusal.clone());
    }
}

pub(crate) fn rfc3339(time: &DateTime) -> Option<String> {
    time.fmt(DateTimeFormat::DateTime).ok()
}

#[cfg(test)]
mod tests {
    use aws_sdk_kms::types::{MultiRegionConfiguration, MultiRegionKeyType};

    use super::*;

    fn observed(answer: &Result<KeyMetadata, Refusal>) -> KeyObservation {
        let account = "111122223333".parse().unwrap();
        let region = "eu-west-1".parse().unwrap();
        let mut key = unread(&account, &region, "mrk-1", "arn:b");
        describe(&mut key, answer);
        key
    }

    fn member(arn: &str, region: &str) -> MultiRegionKey {
        MultiRegionKey::builder().arn(arn).region(region).build()
    }

    #[test]
    fn metadata_is_taken_over_in_the_words_of_kms() {
        let metadata = KeyMetadata::builder()
            .key_id("mrk-1")
            .key_state(KeyState::PendingDeletion)
            .key_usage(KeyUsageType::EncryptDecrypt)
            .key_spec(KeySpec::SymmetricDefault)
            .origin(OriginType::External)
            .key_manager(KeyManagerType::Customer)
            .creation_date(DateTime::from_secs(0))
            .deletion_date(DateTime::from_secs(1_795_000_000))
            .build()
            .unwrap();
        let key = observed(&Ok(metadata));
        assert_eq!(key.key_state, Fact::Known("PendingDeletion".to_owned()));
        assert_eq!(key.key_usage, Fact::Known("ENCRYPT_DECRYPT".to_owned()));
        assert_eq!(key.key_spec, Fact::Known("SYMMETRIC_DEFAULT".to_owned()));
        assert_eq!(key.origin, Fact::Known("EXTERNAL".to_owned()));
        assert_eq!(key.key_manager, Fact::Known("CUSTOMER".to_owned()));
        let date = Some("2026-11-18T11:06:40Z".to_owned());
        assert_eq!(key.deletion_date, Fact::Known(date));
        let made = "1970-01-01T00:00:00Z".to_owned();
        assert_eq!(key.creation_date, Fact::Known(made));
        assert_eq!(key.valid_to, Fact::Known(None));
        assert!(key.unknown.is_empty());
    }

    #[test]
    fn a_refusal_stands_under_every_field_that_it_hides() {
        let refusal = malformed("DescribeKey", "AccessDeniedException");
        let key = observed(&Err(refusal.clone()));
        assert!(key.key_state.is_unread());
        assert_eq!(key.unknown.len(), DESCRIBED.len());
        assert!(key.unknown.values().all(|why| *why == refusal));
        let json = serde_json::to_value(&key).unwrap();
        assert!(DESCRIBED.iter().all(|field| json.get(field).is_none()));
    }

    #[test]
    fn a_field_that_is_missing_from_the_answer_is_unknown() {
        let metadata = KeyMetadata::builder().key_id("mrk-1").build().unwrap();
        let key = observed(&Ok(metadata));
        assert!(key.key_state.is_unread());
        assert_eq!(key.unknown["key_state"].code, "MalformedAnswer");
    }

    #[test]
    fn the_replicas_are_the_other_keys_of_the_set() {
        let set = MultiRegionConfiguration::builder()
            .multi_region_key_type(MultiRegionKeyType::Replica)
            .primary_key(member("arn:c", "us-east-1"))
            .replica_keys(member("arn:b", "eu-west-1"))
            .replica_keys(member("arn:a", "eu-north-1"))
            .build();
        let metadata = KeyMetadata::builder()
            .key_id("mrk-1")
            .multi_region(true)
            .multi_region_configuration(set)
            .build()
            .unwrap();
        let key = observed(&Ok(metadata));
        let others: Vec<_> = key.replica_keys.known().unwrap().iter().collect();
        assert_eq!(others.len(), 2);
        assert_eq!(
            (others[0].arn.as_str(), others[0].primary),
            ("arn:a", false)
        );
        assert_eq!((others[1].arn.as_str(), others[1].primary), ("arn:c", true));
    }
}
