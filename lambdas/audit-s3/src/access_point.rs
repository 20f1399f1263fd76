//! What is observed of access points: pure conversions from the SDK's answers to the observations.

use aws_sdk_s3control::operation::get_multi_region_access_point_policy::GetMultiRegionAccessPointPolicyOutput;
use aws_sdk_s3control::types::{AccessPoint, MultiRegionAccessPointReport, RegionReport};
use compliance::observation::{
    AccessPointObservation, BucketBehind, MultiRegionAccessPointObservation,
};
use compliance::{AccountId, Fact, Partition, Region, Unknown};

use crate::bucket::access;

/// An access point of which nothing is known yet but what the list tells.
pub(crate) fn listed(
    partition: &Partition,
    account: &AccountId,
    region: &Region,
    point: &AccessPoint,
) -> AccessPointObservation {
    let name = &point.name;
    let made = || format!("arn:{partition}:s3:{region}:{account}:accesspoint/{name}");
    AccessPointObservation {
        arn: point.access_point_arn.clone().unwrap_or_else(made),
        name: name.clone(),
        account: account.clone(),
        region: region.clone(),
        bucket: point.bucket.clone(),
        network_origin: point.network_origin.as_str().to_owned(),
        bucket_account: owner(point.bucket_account_id()),
        account_public_access_block: Fact::Unread,
        public_access_block: Fact::Unread,
        policy: Fact::Unread,
        unknown: Unknown::new(),
    }
}

/// A Multi-Region Access Point of which nothing is known yet but what the list tells; `None` without name or alias
/// (S3 User Guide, "Making requests through a Multi-Region Access Point": its ARN holds the alias).
pub(crate) fn reported(
    partition: &Partition,
    account: &AccountId,
    home: &Region,
    report: &MultiRegionAccessPointReport,
) -> Option<MultiRegionAccessPointObservation> {
    let alias = report.alias()?;
    let mut buckets: Vec<BucketBehind> = report.regions().iter().map(bucket_behind).collect();
    buckets.sort();
    let block = report.public_access_block.as_ref();
    Some(MultiRegionAccessPointObservation {
        arn: format!("arn:{partition}:s3::{account}:accesspoint/{alias}"),
        name: report.name()?.to_owned(),
        account: account.clone(),
        region: home.clone(),
        buckets,
        account_public_access_block: Fact::Unread,
        public_access_block: block.map(access::block_of_account),
        policy: Fact::Unread,
        unknown: Unknown::new(),
    })
}

/// The text of the policy that is in force everywhere; one that was only proposed is not yet.
pub(crate) fn policy_in_force(answer: GetMultiRegionAccessPointPolicyOutput) -> Option<String> {
    let policy = answer.policy?.established?.policy;
    policy.filter(|text| !text.is_empty())
}

fn bucket_behind(region: &RegionReport) -> BucketBehind {
    BucketBehind {
        name: region.bucket.clone().unwrap_or_default(),
        region: region.region.clone(),
        account: owner(region.bucket_account_id()),
    }
}

fn owner(id: Option<&str>) -> Option<AccountId> {
    id?.parse().ok()
}

#[cfg(test)]
mod tests {
    use aws_sdk_s3control::types::{
        EstablishedMultiRegionAccessPointPolicy, MultiRegionAccessPointPolicyDocument,
        NetworkOrigin, ProposedMultiRegionAccessPointPolicy,
    };

    use super::*;

    fn place() -> (Partition, AccountId, Region) {
        (
            "aws-cn".parse().unwrap(),
            "111122223333".parse().unwrap(),
            "cn-north-1".parse().unwrap(),
        )
    }

    #[test]
    fn an_arn_that_the_list_leaves_out_is_made_in_the_partition_of_the_caller() {
        let (partition, account, region) = place();
        let point = AccessPoint::builder()
            .name("desk")
            .bucket("b")
            .network_origin(NetworkOrigin::Vpc)
            .build()
            .unwrap();
        let point = listed(&partition, &account, &region, &point);
        assert_eq!(
            point.arn,
            "arn:aws-cn:s3:cn-north-1:111122223333:accesspoint/desk"
        );
        assert_eq!(
            (point.network_origin.as_str(), point.bucket_account),
            ("VPC", None)
        );
    }

    #[test]
    fn one_without_an_alias_is_not_named() {
        let (partition, account, region) = place();
        let report = MultiRegionAccessPointReport::builder().name("m");
        let named = |report| reported(&partition, &account, &region, &report);
        assert_eq!(named(report.clone().build()), None);
        let point = named(report.alias("mabc.mrap").build()).unwrap();
        assert_eq!(
            point.arn,
            "arn:aws-cn:s3::111122223333:accesspoint/mabc.mrap"
        );
        assert_eq!(point.public_access_block, None);
    }

    #[test]
    fn a_policy_that_is_only_proposed_is_not_in_force() {
        let proposed = ProposedMultiRegionAccessPointPolicy::builder()
            .policy("{}")
            .build();
        let document = MultiRegionAccessPointPolicyDocument::builder().proposed(proposed);
        let answer = |document| {
            let answer = GetMultiRegionAccessPointPolicyOutput::builder();
            policy_in_force(answer.policy(document).build())
        };
        assert_eq!(answer(document.clone().build()), None);
        let established = |text| {
            EstablishedMultiRegionAccessPointPolicy::builder()
                .policy(text)
                .build()
        };
        assert_eq!(
            answer(document.clone().established(established("")).build()),
            None
        );
        let found = answer(document.established(established("{}")).build());
        assert_eq!(found.as_deref(), Some("{}"));
    }
}
