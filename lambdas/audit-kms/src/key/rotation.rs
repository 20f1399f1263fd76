//! Rotation: where it can apply, and what KMS says of it.

use aws_sdk_kms::operation::get_key_rotation_status::GetKeyRotationStatusOutput;
use aws_sdk_kms::primitives::DateTime;
use aws_sdk_kms::types::{
    KeyMetadata, KeySpec, KeyState, KeyUsageType, OriginType, RotationsListEntry,
};
use compliance::observation::KeyObservation;
use compliance::{Fact, Refusal};

use super::{is_aws_managed, note_all, rfc3339};

/// The fields of an observation that `GetKeyRotationStatus` answers.
const ROTATION: [&str; 3] = [
    "key_rotation_enabled",
    "rotation_period_days",
    "next_rotation_date",
];

/// Whether automatic rotation can apply: to symmetric encryption keys with material that KMS made
/// (AWS KMS Developer Guide, "Rotate AWS KMS keys"), and never while their deletion is pending
/// (AWS KMS API Reference, `GetKeyRotationStatus`). What the answer leaves out rules nothing out.
pub(crate) fn can_rotate(metadata: &KeyMetadata) -> bool {
    let made_by_kms = |origin: &OriginType| *origin == OriginType::AwsKms;
    encrypts_and_lives(metadata) && metadata.origin.as_ref().is_none_or(made_by_kms)
}

/// Whether KMS may have rotated the material of the key: of a customer's symmetric encryption key, with its own or with
/// imported material (same, "Perform on-demand key rotation").
pub(crate) fn may_have_rotated(metadata: &KeyMetadata) -> bool {
    let kept_by_kms =
        |origin: &OriginType| matches!(origin, OriginType::AwsKms | OriginType::External);
    !is_aws_managed(metadata)
        && encrypts_and_lives(metadata)
        && metadata.origin.as_ref().is_none_or(kept_by_kms)
}

fn encrypts_and_lives(metadata: &KeyMetadata) -> bool {
    let doomed = [KeyState::PendingDeletion, KeyState::PendingReplicaDeletion];
    let is_symmetric = |spec: &KeySpec| *spec == KeySpec::SymmetricDefault;
    let encrypts = |usage: &KeyUsageType| *usage == KeyUsageType::EncryptDecrypt;
    let lives = |state: &KeyState| !doomed.contains(state);
    metadata.key_spec.as_ref().is_none_or(is_symmetric)
        && metadata.key_usage.as_ref().is_none_or(encrypts)
        && metadata.key_state.as_ref().is_none_or(lives)
}

/// The date of the latest of some rotations; entries of material that was never rotated have none.
pub(crate) fn latest(rotations: &[RotationsListEntry]) -> Option<DateTime> {
    rotations
        .iter()
        .filter_map(|entry| entry.rotation_date)
        .max()
}

/// Takes the rotation over into the observation: `None` where the key cannot rotate; period and
/// next date only while rotation is on.
pub(crate) fn rotate(
    key: &mut KeyObservation,
    answer: Result<Option<GetKeyRotationStatusOutput>, Refusal>,
) {
    let status = match answer {
        Ok(status) => status,
        Err(refusal) => return note_all(&mut key.unknown, &ROTATION, &refusal),
    };
    let on = status.as_ref().filter(|status| status.key_rotation_enabled);
    let next = on.and_then(|status| status.next_rotation_date.as_ref());
    key.rotation_period_days = Fact::Known(on.and_then(|status| status.rotation_period_in_days));
    key.next_rotation_date = Fact::Known(next.and_then(rfc3339));
    key.key_rotation_enabled = Fact::Known(status.map(|status| status.key_rotation_enabled));
}

#[cfg(test)]
mod tests {
    use aws_sdk_kms::types::KeyManagerType;

    use super::*;

    fn metadata() -> aws_sdk_kms::types::builders::KeyMetadataBuilder {
        KeyMetadata::builder()
            .key_id("1")
            .key_spec(KeySpec::SymmetricDefault)
            .key_usage(KeyUsageType::EncryptDecrypt)
            .origin(OriginType::AwsKms)
            .key_state(KeyState::Disabled)
    }

    fn observed(answer: Result<Option<GetKeyRotationStatusOutput>, Refusal>) -> KeyObservation {
        let account = "111122223333".parse().unwrap();
        let region = "eu-west-1".parse().unwrap();
        let mut key = super::super::unread(&account, &region, "1", "arn:1");
        rotate(&mut key, answer);
        key
    }

    #[test]
    fn only_symmetric_keys_with_material_of_kms_rotate_while_they_live() {
        assert!(can_rotate(&metadata().build().unwrap()));
        for other in [
            metadata().key_spec(KeySpec::Rsa2048),
            metadata().key_usage(KeyUsageType::GenerateVerifyMac),
            metadata().origin(OriginType::External),
            metadata().origin(OriginType::ExternalKeyStore),
            metadata().key_state(KeyState::PendingDeletion),
            metadata().key_state(KeyState::PendingReplicaDeletion),
        ] {
            assert!(!can_rotate(&other.build().unwrap()));
        }
    }

    #[test]
    fn imported_material_may_have_been_rotated_on_demand_but_not_that_of_aws() {
        let imported = metadata().origin(OriginType::External);
        assert!(may_have_rotated(&imported.build().unwrap()));
        assert!(may_have_rotated(&metadata().build().unwrap()));
        for other in [
            metadata().key_manager(KeyManagerType::Aws),
            metadata().origin(OriginType::AwsCloudhsm),
            metadata().key_spec(KeySpec::Rsa2048),
            metadata().key_state(KeyState::PendingDeletion),
        ] {
            assert!(!may_have_rotated(&other.build().unwrap()));
        }
    }

    #[test]
    fn the_latest_rotation_counts_and_material_that_was_never_rotated_does_not() {
        let first = RotationsListEntry::builder().build();
        let on = |seconds| {
            let date = DateTime::from_secs(seconds);
            RotationsListEntry::builder().rotation_date(date).build()
        };
        assert_eq!(latest(std::slice::from_ref(&first)), None);
        let found = latest(&[on(5), first, on(7), on(6)]);
        assert_eq!(found, Some(DateTime::from_secs(7)));
    }

    #[test]
    fn what_the_answer_leaves_out_does_not_keep_us_from_asking() {
        assert!(can_rotate(&metadata().set_key_usage(None).build().unwrap()));
        assert!(can_rotate(
            &KeyMetadata::builder().key_id("1").build().unwrap()
        ));
    }

    #[test]
    fn rotation_that_is_on_has_a_period_and_a_next_date() {
        let status = GetKeyRotationStatusOutput::builder()
            .key_rotation_enabled(true)
            .rotation_period_in_days(180)
            .next_rotation_date(DateTime::from_secs(0))
            .build();
        let key = observed(Ok(Some(status)));
        assert_eq!(key.key_rotation_enabled, Fact::Known(Some(true)));
        assert_eq!(key.rotation_period_days, Fact::Known(Some(180)));
        let date = Some("1970-01-01T00:00:00Z".to_owned());
        assert_eq!(key.next_rotation_date, Fact::Known(date));
    }

    #[test]
    fn a_period_without_rotation_means_nothing() {
        let status = GetKeyRotationStatusOutput::builder()
            .rotation_period_in_days(365)
            .build();
        let key = observed(Ok(Some(status)));
        assert_eq!(key.key_rotation_enabled, Fact::Known(Some(false)));
        assert_eq!(key.rotation_period_days, Fact::Known(None));
    }

    #[test]
    fn a_key_that_cannot_rotate_is_not_one_whose_rotation_is_off() {
        assert_eq!(observed(Ok(None)).key_rotation_enabled, Fact::Known(None));
        let refusal = super::super::malformed("GetKeyRotationStatus", "AccessDeniedException");
        let key = observed(Err(refusal));
        assert!(key.key_rotation_enabled.is_unread());
        assert_eq!(key.unknown.len(), 3);
    }
}
