//! What an account's register of foreign keys becomes after its buckets were seen. Pure.

use std::collections::BTreeSet;

use aws::{ForeignKeys, UnseenBuckets};
use compliance::{AccountId, Region};

/// The register after a run: what its buckets use now, and of those that may still be there unseen what they used
/// before. Keys of accounts outside the Organization are not kept: nobody would read of them.
pub(crate) fn after(
    before: &ForeignKeys,
    mut now: ForeignKeys,
    unseen: &UnseenBuckets,
    examined: &BTreeSet<Region>,
    members: &BTreeSet<AccountId>,
) -> ForeignKeys {
    now.retain(|_, key| members.contains(&key.account));
    for (bucket, key) in before {
        // A bucket's key lies in the bucket's region (S3 API, `KMSMasterKeyID`).
        if unseen.may_hold(bucket) || !examined.contains(&key.region) {
            now.entry(bucket.clone()).or_insert_with(|| key.clone());
        }
    }
    now
}

#[cfg(test)]
mod tests {
    use aws::ForeignKey;

    use super::*;

    fn keys(entries: &[(&str, &str)]) -> ForeignKeys {
        let key = |region: &str| ForeignKey {
            arn: format!("arn:aws:kms:{region}:444455556666:key/k"),
            region: region.parse().unwrap(),
            account: "444455556666".parse().unwrap(),
        };
        let named = entries.iter();
        named
            .map(|(bucket, region)| ((*bucket).to_owned(), key(region)))
            .collect()
    }

    fn buckets(now: &[(&str, &str)], unseen: &UnseenBuckets, members: &[&str]) -> Vec<String> {
        let before = keys(&[("gone", "eu-west-1"), ("far", "us-east-1")]);
        let examined = BTreeSet::from(["eu-west-1".parse().unwrap()]);
        let members = members.iter().map(|id| id.parse().unwrap()).collect();
        let after = after(&before, keys(now), unseen, &examined, &members);
        after.into_keys().collect()
    }

    #[test]
    fn a_bucket_that_is_gone_is_forgotten_and_one_that_was_not_seen_is_not() {
        let seen = UnseenBuckets::default();
        let owner = ["444455556666"];
        assert_eq!(
            buckets(&[("new", "eu-west-1")], &seen, &owner),
            ["far", "new"]
        );
        let unlisted = UnseenBuckets {
            unlisted: true,
            ..seen.clone()
        };
        assert_eq!(buckets(&[], &unlisted, &owner), ["far", "gone"]);
        let unread = UnseenBuckets {
            unread: BTreeSet::from(["gone".to_owned()]),
            ..seen
        };
        assert_eq!(buckets(&[], &unread, &owner), ["far", "gone"]);
    }

    #[test]
    fn keys_of_strangers_are_not_kept() {
        assert_eq!(
            buckets(&[("new", "eu-west-1")], &UnseenBuckets::default(), &[]),
            ["far"]
        );
    }
}
