//! What a session in a member account is for: the one table of actions, narrowed further by the session policy.

use compliance::{AccountId, Partition};
use serde_json::json;

/// What a session is for. Each has the shortest list of actions that does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// List the account's regions.
    Regions,
    /// Read the S3 settings of the account and its buckets.
    S3,
    /// Read keys.
    Kms,
    /// Read security groups and what makes them matter.
    Sg,
    /// Import findings.
    SecurityHub,
    /// Look whether a first run would see everything.
    Preflight,
}

/// What the audit of buckets reads.
const READ_S3: &[&str] = &[
    "s3:GetAccelerateConfiguration",
    "s3:GetAccessPoint",
    "s3:GetAccessPointPolicy",
    "s3:GetAccountPublicAccessBlock",
    "s3:GetBucketAcl",
    "s3:GetBucketCORS",
    "s3:GetBucketLogging",
    "s3:GetBucketNotification",
    "s3:GetBucketObjectLockConfiguration",
    "s3:GetBucketOwnershipControls",
    "s3:GetBucketPolicy",
    "s3:GetBucketPolicyStatus",
    "s3:GetBucketPublicAccessBlock",
    "s3:GetBucketTagging",
    "s3:GetBucketVersioning",
    "s3:GetBucketWebsite",
    "s3:GetEncryptionConfiguration",
    "s3:GetIntelligentTieringConfiguration",
    "s3:GetInventoryConfiguration",
    "s3:GetLifecycleConfiguration",
    "s3:GetMultiRegionAccessPointPolicy",
    "s3:GetReplicationConfiguration",
    "s3:ListAccessPoints",
    "s3:ListAllMyBuckets",
    "s3:ListBucket",
    "s3:ListMultiRegionAccessPoints",
];

/// What the audit of keys reads.
const READ_KMS: &[&str] = &[
    "kms:DescribeKey",
    "kms:GetKeyLastUsage",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListAliases",
    "kms:ListGrants",
    "kms:ListKeyRotations",
    "kms:ListKeys",
    "kms:ListResourceTags",
];

/// What the audit of security groups reads.
const READ_SG: &[&str] = &[
    "ec2:DescribeAddresses",
    "ec2:DescribeInstances",
    "ec2:DescribeLaunchTemplateVersions",
    "ec2:DescribeManagedPrefixLists",
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroupReferences",
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeSecurityGroupVpcAssociations",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeStaleSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcBlockPublicAccessExclusions",
    "ec2:DescribeVpcBlockPublicAccessOptions",
    "ec2:DescribeVpcs",
    "ec2:GetManagedPrefixListEntries",
];

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 6] = [
        Self::Regions,
        Self::S3,
        Self::Kms,
        Self::Sg,
        Self::SecurityHub,
        Self::Preflight,
    ];

    /// Its name in `actions.json`.
    #[cfg(test)]
    fn name(self) -> &'static str {
        match self {
            Self::Regions => "regions",
            Self::S3 => "s3",
            Self::Kms => "kms",
            Self::Sg => "sg",
            Self::SecurityHub => "security_hub",
            Self::Preflight => "preflight",
        }
    }

    /// The IAM actions, sorted. IAM's names differ from those of many S3 operations
    /// (Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3").
    #[must_use]
    pub fn actions(self) -> &'static [&'static str] {
        match self {
            Self::Regions => &["ec2:DescribeRegions"],
            Self::S3 => READ_S3,
            Self::Kms => READ_KMS,
            Self::Sg => READ_SG,
            Self::SecurityHub => &["securityhub:BatchImportFindings"],
            Self::Preflight => &["ec2:DescribeRegions", "securityhub:DescribeHub"],
        }
    }

    /// The resource that the actions are narrowed to. Listing and describing take no narrower resource
    /// than `*`; importing takes the product, which is the account's own default one.
    fn resource(self, partition: &Partition, account: &AccountId) -> String {
        match self {
            Self::SecurityHub => {
                format!("arn:{partition}:securityhub:*:{account}:product/{account}/default")
            }
            Self::Regions | Self::S3 | Self::Kms | Self::Sg | Self::Preflight => "*".to_owned(),
        }
    }

    /// The session policy: JSON, at most 2,048 characters (STS, `AssumeRole`, `Policy`).
    #[must_use]
    pub fn policy(self, partition: &Partition, account: &AccountId) -> String {
        json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Allow",
                "Action": self.actions(),
                "Resource": self.resource(partition, account),
            }],
        })
        .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_session_policy_fits_and_names_its_actions_one_by_one() {
        let partition = "aws-us-gov".parse().unwrap();
        let account = "111122223333".parse().unwrap();
        for purpose in Purpose::ALL {
            let policy = purpose.policy(&partition, &account);
            assert!(policy.len() <= 2048, "{purpose:?}: {}", policy.len());
            assert!(purpose.actions().is_sorted(), "{purpose:?}");
            for action in purpose.actions() {
                assert!(policy.contains(action), "{action}");
                assert!(!action.contains('*'), "{action}");
            }
        }
    }

    /// The deployment and the emulated Organization make the audit role from that file.
    #[test]
    fn the_committed_actions_are_those_of_all_purposes() {
        let current: serde_json::Map<_, _> = Purpose::ALL
            .into_iter()
            .map(|purpose| (purpose.name().to_owned(), json!(purpose.actions())))
            .collect();
        let committed: serde_json::Map<_, _> =
            serde_json::from_str(include_str!("../actions.json")).unwrap();
        assert!(
            committed == current,
            "write this text to crates/aws/actions.json:\n{:#}",
            serde_json::Value::Object(current)
        );
    }

    #[test]
    fn findings_can_only_be_imported_for_the_account_itself() {
        let policy = Purpose::SecurityHub
            .policy(&"aws-cn".parse().unwrap(), &"111122223333".parse().unwrap());
        assert!(
            policy.contains("arn:aws-cn:securityhub:*:111122223333:product/111122223333/default"),
            "{policy}"
        );
    }
}
