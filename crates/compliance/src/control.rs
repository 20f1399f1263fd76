//! A control: one statement that must hold for one type of resource.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ControlId, Service};

/// How bad it is when a control fails; spelled as the AWS Security Finding Format spells it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Severity {
    /// Worth knowing; no issue was found.
    Informational,
    /// Does not require action on its own.
    Low,
    /// To be addressed, not urgently.
    Medium,
    /// To be addressed as a priority.
    High,
    /// To be remediated immediately.
    Critical,
}

impl Severity {
    /// All severities, the worst first.
    pub const WORST_FIRST: [Self; 5] = [
        Self::Critical,
        Self::High,
        Self::Medium,
        Self::Low,
        Self::Informational,
    ];

    /// The label as ASFF spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Informational => "INFORMATIONAL",
            Self::Low => "LOW",
            Self::Medium => "MEDIUM",
            Self::High => "HIGH",
            Self::Critical => "CRITICAL",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The type of the judged resource, spelled as ASFF spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ResourceType {
    /// An account.
    AwsAccount,
    /// An S3 general purpose bucket.
    AwsS3Bucket,
    /// An S3 access point.
    AwsS3AccessPoint,
    /// An S3 Multi-Region Access Point.
    AwsS3MultiRegionAccessPoint,
    /// A KMS key.
    AwsKmsKey,
    /// An EC2 security group.
    AwsEc2SecurityGroup,
}

impl ResourceType {
    /// The type as ASFF spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AwsAccount => "AwsAccount",
            Self::AwsS3Bucket => "AwsS3Bucket",
            Self::AwsS3AccessPoint => "AwsS3AccessPoint",
            Self::AwsS3MultiRegionAccessPoint => "AwsS3MultiRegionAccessPoint",
            Self::AwsKmsKey => "AwsKmsKey",
            Self::AwsEc2SecurityGroup => "AwsEc2SecurityGroup",
        }
    }
}

/// What kind of observation a control reads: the folder under `policies/` that it lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// An account's S3 settings (`policies/s3_account`).
    S3Account,
    /// A bucket (`policies/s3`).
    S3,
    /// An access point (`policies/s3_access_point`).
    #[serde(rename = "s3_access_point")]
    AccessPoint,
    /// A Multi-Region Access Point (`policies/s3_multi_region_access_point`).
    #[serde(rename = "s3_multi_region_access_point")]
    MultiRegionAccessPoint,
    /// A key (`policies/kms`).
    Kms,
    /// A security group (`policies/sg`).
    Sg,
    /// A bucket joined with the key it uses (`policies/bucket_key`).
    BucketKey,
}

impl Subject {
    /// All subjects.
    pub const ALL: [Self; 7] = [
        Self::S3Account,
        Self::S3,
        Self::AccessPoint,
        Self::MultiRegionAccessPoint,
        Self::Kms,
        Self::Sg,
        Self::BucketKey,
    ];

    /// The service whose audit judges it.
    #[must_use]
    pub fn service(self) -> Service {
        match self {
            Self::S3Account
            | Self::S3
            | Self::AccessPoint
            | Self::MultiRegionAccessPoint
            | Self::BucketKey => Service::S3,
            Self::Kms => Service::Kms,
            Self::Sg => Service::Sg,
        }
    }

    /// The type of the resources that it judges.
    #[must_use]
    pub fn resource_type(self) -> ResourceType {
        match self {
            Self::S3Account => ResourceType::AwsAccount,
            Self::S3 | Self::BucketKey => ResourceType::AwsS3Bucket,
            Self::AccessPoint => ResourceType::AwsS3AccessPoint,
            Self::MultiRegionAccessPoint => ResourceType::AwsS3MultiRegionAccessPoint,
            Self::Kms => ResourceType::AwsKmsKey,
            Self::Sg => ResourceType::AwsEc2SecurityGroup,
        }
    }

    /// The folder under `policies/`, which is also the last part of the Rego package `controls.<folder>`.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::S3Account => "s3_account",
            Self::S3 => "s3",
            Self::AccessPoint => "s3_access_point",
            Self::MultiRegionAccessPoint => "s3_multi_region_access_point",
            Self::Kms => "kms",
            Self::Sg => "sg",
            Self::BucketKey => "bucket_key",
        }
    }
}

/// What to do about a failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remediation {
    /// One or two sentences, at most 512 characters (ASFF `Remediation.Recommendation.Text`).
    pub text: String,
    /// A documentation page.
    pub url: String,
}

/// A control, as its Rego file declares it in the rule `control`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// Stable id, never used again for another statement.
    pub id: ControlId,
    /// The statement that must hold, at most 256 characters (ASFF `Title`).
    pub title: String,
    /// Severity of a failure unless the verdict names another.
    pub severity: Severity,
    /// Type of the judged resource.
    pub resource_type: ResourceType,
    /// Top-level input fields on which the verdict depends. A field that is not in the input makes the verdict `NOT_AVAILABLE`.
    pub reads: Vec<String>,
    /// Fields of `reads` each of which may settle the verdict although others could not be read: if one of them
    /// was, the policy is asked all the same, and its answer counts unless it is `NOT_AVAILABLE`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enough: Vec<String>,
    /// What to do about a failure.
    pub remediation: Remediation,
    /// Why the statement matters, in one or two sentences.
    pub rationale: String,
    /// Identifiers of the same statement in other catalogues: `security_hub`, `prowler`, `config`, `trivy`, ...
    #[serde(default)]
    pub related: BTreeMap<String, Vec<String>>,
    /// For a bucket x key control: the KMS control whose finding on the key is the cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked_control: Option<ControlId>,
}
