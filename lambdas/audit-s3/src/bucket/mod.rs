//! What is observed of a bucket: pure conversions from the SDK's answers to the observation.

pub(crate) mod access;
pub(crate) mod protection;
pub(crate) mod usage;

use compliance::observation::BucketObservation;
use compliance::{AccountId, Fact, Partition, Refusal, Region, Unknown};

/// The error code of ours for a policy that is not a JSON object.
pub(crate) const MALFORMED_POLICY: &str = "MalformedPolicy";

/// The error code of ours for an answer without the field that it is asked for.
pub(crate) const MALFORMED_ANSWER: &str = "MalformedAnswer";

/// An answer that cannot be used: the fact stays unknown.
pub(crate) fn malformed(operation: &str, code: &str) -> Refusal {
    Refusal {
        operation: operation.to_owned(),
        code: code.to_owned(),
    }
}

/// The ARN of a bucket (Service Authorization Reference, "Resource types defined by Amazon S3").
pub(crate) fn arn(partition: &Partition, name: &str) -> String {
    format!("arn:{partition}:s3:::{name}")
}

/// A bucket of which nothing but its place is known yet.
pub(crate) fn unread(
    partition: &Partition,
    account: &AccountId,
    region: &Region,
    name: &str,
) -> BucketObservation {
    BucketObservation {
        arn: arn(partition, name),
        name: name.to_owned(),
        account: account.clone(),
        region: region.clone(),
        account_public_access_block: Fact::Unread,
        public_access_block: Fact::Unread,
        policy: Fact::Unread,
        policy_status: Fact::Unread,
        object_ownership: Fact::Unread,
        acl: Fact::Unread,
        encryption: Fact::Unread,
        versioning: Fact::Unread,
        logging: Fact::Unread,
        log_target: Fact::Unread,
        lifecycle: Fact::Unread,
        replication: Fact::Unread,
        object_lock: Fact::Unread,
        notifications: Fact::Unread,
        website: Fact::Unread,
        cors: Fact::Unread,
        tags: Fact::Unread,
        transfer_acceleration: Fact::Unread,
        inventories: Fact::Unread,
        tierings: Fact::Unread,
        unknown: Unknown::new(),
    }
}

/// The bucket's name in an ARN such as replication rules name their destination by.
pub(crate) fn name_in(arn: &str) -> &str {
    arn.rsplit_once(":::").map_or(arn, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_is_made_in_the_partition_of_the_caller() {
        let partition = "aws-cn".parse().unwrap();
        let arn = arn(&partition, "logs");
        assert_eq!(arn, "arn:aws-cn:s3:::logs");
        assert_eq!(name_in(&arn), "logs");
    }
}
