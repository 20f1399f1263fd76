//! The names of buckets that follow from an account and a region.

use compliance::{AccountId, Region};

/// A name that a service or tool chooses for its bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Predictable {
    /// The name of the bucket.
    pub(crate) name: String,
    /// Who uses the bucket of this name.
    pub(crate) used_by: &'static str,
}

/// The names for an account and region: those that Prowler's `s3_bucket_shadow_resource_vulnerability` knows, and
/// that of the CDK's default bootstrap stack.
pub(crate) fn predictable_names(account: &AccountId, region: &Region) -> [Predictable; 5] {
    [
        ("Glue", format!("aws-glue-assets-{account}-{region}")),
        ("SageMaker AI", format!("sagemaker-{region}-{account}")),
        ("EMR Studio", format!("aws-emr-studio-{account}-{region}")),
        ("CodeStar", format!("aws-codestar-{region}-{account}")),
        ("CDK", format!("cdk-hnb659fds-assets-{account}-{region}")),
    ]
    .map(|(used_by, name)| Predictable { name, used_by })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_holds_account_and_region_and_can_be_a_bucket() {
        let account = "111122223333".parse().unwrap();
        let region = "ap-southeast-2".parse().unwrap();
        for Predictable { name, .. } in predictable_names(&account, &region) {
            assert!(name.contains("111122223333"), "{name}");
            assert!(name.contains("ap-southeast-2"), "{name}");
            assert!((3..=63).contains(&name.len()), "{name}");
        }
    }
}
