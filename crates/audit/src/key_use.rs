//! The bucket side of the join: which bucket uses which key, and where to look the key up.

use std::collections::BTreeMap;

use compliance::key_use::ReplicaKey;
use compliance::observation::{BucketObservation, ReplicationRule};
use compliance::{Fact, KeyReference, KeyReferences, KeyUse, Region};
use controls::{Admission, Parameters};

use crate::arn::Arn;

/// Default encryption with a KMS key starts so: `aws:kms`, `aws:kms:dsse` (S3 API,
/// `ServerSideEncryptionByDefault.SSEAlgorithm`).
const KMS: &str = "aws:kms";

/// How a bucket uses a key; `None` if its default encryption is not with KMS, or was not read.
#[must_use]
pub(crate) fn key_use(bucket: &BucketObservation, parameters: &Parameters) -> Option<KeyUse> {
    let encryption = bucket.encryption.known()?.as_ref()?;
    if !encryption.algorithm.starts_with(KMS) {
        return None;
    }
    let admission = Admission::of_bucket(bucket, parameters);
    Some(KeyUse {
        bucket: bucket.arn.clone(),
        account: bucket.account.clone(),
        region: bucket.region.clone(),
        reference: encryption.kms_key_id.clone(),
        algorithm: encryption.algorithm.clone(),
        public: admission.public,
        accounts: admission.accounts,
        replicas: replicas(&bucket.replication),
    })
}

fn replicas(rules: &Fact<Option<Vec<ReplicationRule>>>) -> Fact<Vec<ReplicaKey>> {
    let Some(rules) = rules.known() else {
        return Fact::Unread;
    };
    let enabled = rules.iter().flatten().filter(|rule| rule.enabled);
    let replica = |rule: &ReplicationRule| ReplicaKey {
        destination: rule.destination.clone(),
        key: rule.replica_kms_key_id.clone(),
    };
    Fact::Known(enabled.map(replica).collect())
}

/// The region to look a reference up in: that of the ARN, else the bucket's own, because S3 reads
/// an id or an alias name in the region of the bucket.
#[must_use]
pub fn region_of(reference: &str, bucket_region: &Region) -> Region {
    Arn::parse(reference)
        .and_then(|arn| arn.region)
        .unwrap_or_else(|| bucket_region.clone())
}

/// The references of a page's buckets, grouped by the region to look them up in; each one once,
/// with all its buckets.
#[must_use]
pub fn key_references<'a>(uses: impl IntoIterator<Item = &'a KeyUse>) -> KeyReferences {
    let mut regions: BTreeMap<Region, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    for key_use in uses {
        if let Some(reference) = &key_use.reference {
            let region = regions.entry(region_of(reference, &key_use.region));
            let buckets = region.or_default().entry(reference).or_default();
            buckets.push(key_use.bucket.clone());
        }
    }
    let listed = |(region, references): (Region, BTreeMap<&str, Vec<String>>)| {
        (region, references.into_iter().map(reference).collect())
    };
    KeyReferences {
        regions: regions.into_iter().map(listed).collect(),
    }
}

fn reference((reference, mut buckets): (&str, Vec<String>)) -> KeyReference {
    buckets.sort();
    buckets.dedup();
    KeyReference {
        reference: reference.to_owned(),
        buckets,
    }
}

#[cfg(test)]
mod tests {
    use compliance::observation::Encryption;
    use serde_json::json;

    use super::*;

    fn bucket(encryption: Option<Encryption>) -> BucketObservation {
        let mut bucket: BucketObservation = serde_json::from_value(json!({
            "arn": "arn:aws:s3:::logs", "name": "logs", "account": "111122223333", "region": "eu-west-1",
            "replication": [
                {"enabled": true, "destination": "arn:aws:s3:::copy", "destination_account": null,
                 "destination_region": null, "replica_kms_key_id": "alias/copy"},
                {"enabled": false, "destination": "arn:aws:s3:::old", "destination_account": null,
                 "destination_region": null, "replica_kms_key_id": null},
            ],
        }))
        .unwrap();
        bucket.encryption = Fact::Known(encryption);
        bucket
    }

    fn encryption(algorithm: &str, key: Option<&str>) -> Encryption {
        Encryption {
            algorithm: algorithm.into(),
            kms_key_id: key.map(Into::into),
            bucket_key_enabled: true,
            blocked_encryption_types: None,
        }
    }

    fn used_by(bucket: &str, region: &str, reference: Option<&str>) -> KeyUse {
        KeyUse {
            bucket: format!("arn:aws:s3:::{bucket}"),
            account: "111122223333".parse().unwrap(),
            region: region.parse().unwrap(),
            reference: reference.map(Into::into),
            algorithm: KMS.into(),
            public: Fact::Unread,
            accounts: Fact::Unread,
            replicas: Fact::Unread,
        }
    }

    #[test]
    fn only_encryption_with_kms_uses_a_key() {
        assert_eq!(key_use(&bucket(None), &Parameters::default()), None);
        let own = bucket(Some(encryption("AES256", None)));
        assert_eq!(key_use(&own, &Parameters::default()), None);
        let dsse = bucket(Some(encryption("aws:kms:dsse", None)));
        assert_eq!(
            key_use(&dsse, &Parameters::default()).unwrap().reference,
            None
        );
    }

    #[test]
    fn enabled_replication_rules_name_where_the_replica_goes_and_its_key() {
        let kms = bucket(Some(encryption(KMS, Some("alias/app"))));
        let replicas = key_use(&kms, &Parameters::default()).unwrap().replicas;
        let copy = ReplicaKey {
            destination: "arn:aws:s3:::copy".into(),
            key: Some("alias/copy".into()),
        };
        assert_eq!(replicas, Fact::Known(vec![copy]));
    }

    #[test]
    fn replication_that_was_not_read_stays_unread() {
        let mut kms = bucket(Some(encryption(KMS, None)));
        kms.replication = Fact::Unread;
        assert!(
            key_use(&kms, &Parameters::default())
                .unwrap()
                .replicas
                .is_unread()
        );
    }

    #[test]
    fn references_are_grouped_by_the_region_to_look_them_up_in() {
        let arn = "arn:aws:kms:us-east-1:444455556666:key/k1";
        let uses = [
            used_by("b", "eu-west-1", Some("alias/app")),
            used_by("a", "eu-west-1", Some("alias/app")),
            used_by("c", "eu-central-1", Some("alias/app")),
            used_by("d", "eu-west-1", Some(arn)),
            used_by("e", "eu-west-1", None),
        ];
        let text: Vec<String> = key_references(&uses)
            .regions
            .iter()
            .flat_map(|(region, references)| {
                references.iter().map(move |reference| {
                    format!(
                        "{region} {} {}",
                        reference.reference,
                        reference.buckets.join(" ")
                    )
                })
            })
            .collect();
        insta::assert_snapshot!(text.join("\n"), @r"
        eu-central-1 alias/app arn:aws:s3:::c
        eu-west-1 alias/app arn:aws:s3:::a arn:aws:s3:::b
        us-east-1 arn:aws:kms:us-east-1:444455556666:key/k1 arn:aws:s3:::d
        ");
    }
}
