//! How buckets name keys, and which buckets depend on which key.

use std::collections::{BTreeMap, BTreeSet};

use audit::{Arn, KeyResolution, Resolved};
use compliance::{AccountId, KeyReference};

/// The account in a key or alias ARN
/// (Service Authorization Reference, "Resource types defined by AWS Key Management Service");
/// `None` for key ids and alias names, which always mean the bucket's own account.
pub(crate) fn account_in(reference: &str) -> Option<AccountId> {
    let arn = Arn::parse(reference).filter(|arn| arn.service == "kms")?;
    arn.account
}

/// A reference that no bucket makes: a key that was asked for by name.
pub(crate) fn alone(name: &str) -> KeyReference {
    KeyReference {
        reference: name.to_owned(),
        buckets: Vec::new(),
    }
}

/// Joins the parts of references that the S3 audit wrote: one entry per reference, its buckets
/// sorted and without repetition.
#[must_use]
pub fn merged(references: impl IntoIterator<Item = KeyReference>) -> Vec<KeyReference> {
    let mut buckets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for part in references {
        buckets
            .entry(part.reference)
            .or_default()
            .extend(part.buckets);
    }
    let entries = buckets
        .into_iter()
        .map(|(reference, buckets)| KeyReference {
            reference,
            buckets: buckets.into_iter().collect(),
        });
    entries.collect()
}

/// The buckets that use a key, under whatever name, sorted: those whose reference led to it, and
/// those that name it by ARN or id though the look-up was refused.
pub(crate) fn buckets_of<'a>(
    arn: &str,
    key_id: &str,
    resolutions: impl IntoIterator<Item = &'a KeyResolution>,
) -> Vec<String> {
    let leads_here = |resolution: &&KeyResolution| match &resolution.outcome {
        Resolved::Key(key) => key == arn,
        Resolved::Refused(_) => [arn, key_id].contains(&resolution.reference.reference.as_str()),
        Resolved::Foreign { .. } | Resolved::Missing => false,
    };
    let buckets: BTreeSet<&String> = resolutions
        .into_iter()
        .filter(leads_here)
        .flat_map(|resolution| &resolution.reference.buckets)
        .collect();
    buckets.into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use compliance::Refusal;

    use super::*;

    fn reference(reference: &str, buckets: &[&str]) -> KeyReference {
        KeyReference {
            reference: reference.to_owned(),
            buckets: buckets.iter().map(|bucket| (*bucket).to_owned()).collect(),
        }
    }

    #[test]
    fn only_an_arn_names_an_account() {
        let account = |text| account_in(text).map(String::from);
        assert_eq!(
            account("arn:aws-cn:kms:cn-north-1:444455556666:key/1").as_deref(),
            Some("444455556666")
        );
        assert_eq!(
            account("arn:aws:kms:eu-west-1:444455556666:alias/app").as_deref(),
            Some("444455556666")
        );
        for own in [
            "alias/app",
            "0a1b",
            "mrk-1",
            "",
            "arn:aws:s3:eu-west-1:444455556666:x",
            "arn:aws:kms:eu-west-1:nobody:key/1",
        ] {
            assert_eq!(account(own), None, "{own}");
        }
    }

    #[test]
    fn a_reference_in_two_parts_is_one_with_the_buckets_of_both() {
        let parts = [
            reference("alias/a", &["two", "one"]),
            reference("key", &["four"]),
            reference("alias/a", &["three", "one"]),
        ];
        assert_eq!(
            merged(parts),
            [
                reference("alias/a", &["one", "three", "two"]),
                reference("key", &["four"]),
            ]
        );
    }

    #[test]
    fn a_key_has_the_buckets_of_all_its_names() {
        let resolution = |text, buckets: &[&str], outcome| KeyResolution {
            reference: reference(text, buckets),
            outcome,
        };
        let refusal = Refusal {
            operation: "DescribeKey".to_owned(),
            code: "AccessDeniedException".to_owned(),
        };
        let resolutions = [
            resolution(
                "alias/a",
                &["two", "one"],
                Resolved::Key("arn:1".to_owned()),
            ),
            resolution(
                "arn:1",
                &["three", "one"],
                Resolved::Key("arn:1".to_owned()),
            ),
            resolution("arn:2", &["four"], Resolved::Key("arn:2".to_owned())),
            resolution("gone", &["five"], Resolved::Missing),
            resolution("id-3", &["six"], Resolved::Refused(refusal.clone())),
            resolution("alias/b", &["seven"], Resolved::Refused(refusal)),
        ];
        let buckets = |arn, id| buckets_of(arn, id, &resolutions);
        assert_eq!(buckets("arn:1", "id-1"), ["one", "three", "two"]);
        assert_eq!(buckets("arn:3", "id-3"), ["six"]);
        assert!(buckets("arn:4", "id-4").is_empty());
    }
}
