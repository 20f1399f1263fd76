//! What a replica is compared with: the primary of its multi-Region set.

use aws_sdk_kms::types::{KeyMetadata, MultiRegionKeyType};
use compliance::Refusal;
use compliance::observation::{PrimaryKeyObservation, ReplicaKeyObservation};

use super::{MALFORMED_ANSWER, malformed, member};

const DESCRIBE: &str = "DescribeKey";

/// The primary of a replica; `None` for a key that is none. What the answer does not tell is a refusal: a replica is never
/// taken for another key.
pub(crate) fn of(metadata: &KeyMetadata) -> Result<Option<ReplicaKeyObservation>, Refusal> {
    let unclear = || malformed(DESCRIBE, MALFORMED_ANSWER);
    let Some(set) = &metadata.multi_region_configuration else {
        let is_alone = metadata.multi_region != Some(true);
        return is_alone.then_some(None).ok_or_else(unclear);
    };
    if set.multi_region_key_type == Some(MultiRegionKeyType::Primary) {
        return Ok(None);
    }
    let primary = set.primary_key.as_ref().and_then(|key| member(key, true));
    primary.map(Some).ok_or_else(unclear)
}

/// The primary as its region describes it.
pub(crate) fn observed(
    primary: ReplicaKeyObservation,
    metadata: &KeyMetadata,
    same_policy: bool,
) -> Result<PrimaryKeyObservation, Refusal> {
    let state = metadata.key_state.as_ref();
    let state = state.ok_or_else(|| malformed(DESCRIBE, MALFORMED_ANSWER))?;
    Ok(PrimaryKeyObservation {
        arn: primary.arn,
        region: primary.region,
        key_state: state.as_str().to_owned(),
        same_policy,
    })
}

#[cfg(test)]
mod tests {
    use aws_sdk_kms::types::{MultiRegionConfiguration, MultiRegionKey};

    use super::*;

    fn of_set(kind: Option<MultiRegionKeyType>, primary: Option<&str>) -> KeyMetadata {
        let primary = primary.map(|region| {
            MultiRegionKey::builder()
                .arn("arn:p")
                .region(region)
                .build()
        });
        let set = MultiRegionConfiguration::builder()
            .set_multi_region_key_type(kind)
            .set_primary_key(primary)
            .build();
        let metadata = KeyMetadata::builder().key_id("mrk-1").multi_region(true);
        metadata.multi_region_configuration(set).build().unwrap()
    }

    #[test]
    fn only_a_replica_has_a_primary() {
        let replica = of(&of_set(
            Some(MultiRegionKeyType::Replica),
            Some("us-east-1"),
        ));
        let primary = replica.unwrap().unwrap();
        assert_eq!((primary.arn.as_str(), primary.primary), ("arn:p", true));
        assert_eq!(primary.region.as_str(), "us-east-1");
        let itself = of_set(Some(MultiRegionKeyType::Primary), Some("us-east-1"));
        assert_eq!(of(&itself), Ok(None));
        let alone = KeyMetadata::builder().key_id("1").multi_region(false);
        assert_eq!(of(&alone.build().unwrap()), Ok(None));
    }

    #[test]
    fn a_replica_whose_primary_is_not_told_is_never_taken_for_another_key() {
        let silent = KeyMetadata::builder().key_id("mrk-1").multi_region(true);
        for metadata in [
            of_set(Some(MultiRegionKeyType::Replica), None),
            of_set(None, Some("somewhere")),
            silent.build().unwrap(),
        ] {
            assert_eq!(of(&metadata), Err(malformed(DESCRIBE, MALFORMED_ANSWER)));
        }
    }
}
