//! Observations: what was read about a resource. Their JSON, with Rust's `analysis` added, is the policies' input:
//! flat, snake case. A field that was refused is absent and named in `unknown`; a configuration that does not exist is `null`.

mod access_point;
mod account;
mod bucket;
mod bucket_key;
mod bucket_usage;
mod key;
mod network;
mod security_group;

pub use access_point::{AccessPointObservation, BucketBehind, MultiRegionAccessPointObservation};
pub use account::{AccountObservation, PredictableBucket};
pub use bucket::{
    Acl, BucketObservation, Encryption, Grant, LifecycleRule, Logging, Notifications, ObjectLock,
    PolicyStatus, PublicAccessBlock, ReplicationRule, Versioning,
};
pub use bucket_key::BucketKeyObservation;
pub use bucket_usage::{Configured, CorsRule, LogTarget, Website};
pub use key::{KeyGrant, KeyObservation, KeyUsage, PrimaryKeyObservation, ReplicaKeyObservation};
pub use network::{
    AclEntry, Instance, NetworkAcl, OverlappingRule, Route, RouteTable, StaleRule, Subnet,
    VpcAssociation, VpcBlockPublicAccess,
};
pub use security_group::{
    Direction, GroupReference, NetworkInterface, PeeringReference, PrefixList, Rule,
    SecurityGroupObservation, Vpc,
};

use serde::{Deserialize, Serialize};

use crate::{AccountId, Region, ResourceType, Subject, Unknown};

/// An observation of any kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Observation {
    /// An account's S3 settings.
    Account(AccountObservation),
    /// A bucket.
    Bucket(Box<BucketObservation>),
    /// A key.
    Key(Box<KeyObservation>),
    /// A security group.
    SecurityGroup(Box<SecurityGroupObservation>),
    /// A bucket joined with its key.
    BucketKey(Box<BucketKeyObservation>),
    /// An access point.
    AccessPoint(Box<AccessPointObservation>),
    /// A Multi-Region Access Point.
    MultiRegionAccessPoint(Box<MultiRegionAccessPointObservation>),
}

impl Observation {
    /// The observation of a subject, from its JSON.
    ///
    /// # Errors
    ///
    /// If the JSON is not such an observation.
    pub fn from_json(subject: Subject, json: serde_json::Value) -> Result<Self, serde_json::Error> {
        Ok(match subject {
            Subject::S3Account => Self::Account(serde_json::from_value(json)?),
            Subject::S3 => Self::Bucket(serde_json::from_value(json)?),
            Subject::Kms => Self::Key(serde_json::from_value(json)?),
            Subject::Sg => Self::SecurityGroup(serde_json::from_value(json)?),
            Subject::BucketKey => Self::BucketKey(serde_json::from_value(json)?),
            Subject::AccessPoint => Self::AccessPoint(serde_json::from_value(json)?),
            Subject::MultiRegionAccessPoint => {
                Self::MultiRegionAccessPoint(serde_json::from_value(json)?)
            }
        })
    }

    /// Which controls judge it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match self {
            Self::Account(_) => Subject::S3Account,
            Self::Bucket(_) => Subject::S3,
            Self::Key(_) => Subject::Kms,
            Self::SecurityGroup(_) => Subject::Sg,
            Self::BucketKey(_) => Subject::BucketKey,
            Self::AccessPoint(_) => Subject::AccessPoint,
            Self::MultiRegionAccessPoint(_) => Subject::MultiRegionAccessPoint,
        }
    }

    /// The type of the resource.
    #[must_use]
    pub fn resource_type(&self) -> ResourceType {
        self.subject().resource_type()
    }

    /// The resource as findings name it: its ARN, or `AWS::::Account:<id>`.
    #[must_use]
    pub fn resource(&self) -> String {
        match self {
            Self::Account(account) => format!("AWS::::Account:{}", account.account),
            Self::Bucket(bucket) => bucket.arn.clone(),
            Self::Key(key) => key.key_arn.clone(),
            Self::SecurityGroup(group) => group.arn.clone(),
            Self::BucketKey(join) => join.bucket.clone(),
            Self::AccessPoint(point) => point.arn.clone(),
            Self::MultiRegionAccessPoint(point) => point.arn.clone(),
        }
    }

    /// The account that owns the resource.
    #[must_use]
    pub fn account(&self) -> &AccountId {
        match self {
            Self::Account(account) => &account.account,
            Self::Bucket(bucket) => &bucket.account,
            Self::Key(key) => &key.account,
            Self::SecurityGroup(group) => &group.account,
            Self::BucketKey(join) => &join.account,
            Self::AccessPoint(point) => &point.account,
            Self::MultiRegionAccessPoint(point) => &point.account,
        }
    }

    /// The region of the resource.
    #[must_use]
    pub fn region(&self) -> &Region {
        match self {
            Self::Account(account) => &account.region,
            Self::Bucket(bucket) => &bucket.region,
            Self::Key(key) => &key.region,
            Self::SecurityGroup(group) => &group.region,
            Self::BucketKey(join) => &join.region,
            Self::AccessPoint(point) => &point.region,
            Self::MultiRegionAccessPoint(point) => &point.region,
        }
    }

    /// What could not be read of it.
    #[must_use]
    pub fn unknown(&self) -> &Unknown {
        match self {
            Self::Account(account) => &account.unknown,
            Self::Bucket(bucket) => &bucket.unknown,
            Self::Key(key) => &key.unknown,
            Self::SecurityGroup(group) => &group.unknown,
            Self::BucketKey(join) => &join.unknown,
            Self::AccessPoint(point) => &point.unknown,
            Self::MultiRegionAccessPoint(point) => &point.unknown,
        }
    }
}
