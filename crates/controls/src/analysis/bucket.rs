//! What a bucket's policy, ACL and Block Public Access mean together.

use compliance::observation::{BucketObservation, PublicAccessBlock};
use compliance::{Fact, Refusal};
use serde::Serialize;

use super::acl::AclExposure;
use super::policy::{exposure, outsiders};
use super::ternary::{fact, or, unless};
use super::{Admission, malformed};
use crate::exposure::{Effect, Error, PolicyExposure, PolicyKind};
use crate::parameters::Parameters;

/// What policy, ACL and Block Public Access of a bucket mean together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BucketAnalysis {
    /// Whom the policy lets in; `null` without a policy.
    #[serde(skip_serializing_if = "Fact::is_unread")]
    pub policy: Fact<Option<PolicyExposure>>,
    /// Why the policy cannot be judged although it was read.
    #[serde(skip)]
    pub policy_refusal: Option<Refusal>,
    /// Whom the ACL lets in.
    #[serde(skip_serializing_if = "Fact::is_unread")]
    pub acl: Fact<AclExposure>,
    /// The settings in force: each is on if it is on for the bucket or for the account.
    #[serde(skip_serializing_if = "Fact::is_unread")]
    pub block_public_access: Fact<PublicAccessBlock>,
    /// Whether everyone may read something, all settings considered.
    #[serde(skip_serializing_if = "Fact::is_unread")]
    pub public_read: Fact<bool>,
    /// Whether everyone may write something or change who may, all settings considered.
    #[serde(skip_serializing_if = "Fact::is_unread")]
    pub public_write: Fact<bool>,
    /// Whether S3 may deliver server access logs of other buckets here.
    #[serde(skip_serializing_if = "Fact::is_unread")]
    pub receives_access_logs: Fact<bool>,
    /// Whether the bucket that the access logs go to lets S3 deliver them; unread where it was not looked into.
    #[serde(skip_serializing_if = "Fact::is_unread")]
    pub log_delivery: Fact<bool>,
}

impl BucketAnalysis {
    /// The analysis of a bucket.
    #[must_use]
    pub fn of(bucket: &BucketObservation, parameters: &Parameters) -> Self {
        let policy = exposure_of(bucket, parameters);
        let policy_refusal = policy.is_err().then(|| malformed("GetBucketPolicy"));
        let policy = policy.unwrap_or(Fact::Unread);
        let acl = AclExposure::of(bucket);
        let open = Openings::new(bucket, &policy, acl.as_ref());
        Self {
            public_read: fact(open.to_everyone(
                |policy| policy.public_read,
                |acl| acl.public_read || acl.public_read_acp,
            )),
            public_write: fact(open.to_everyone(
                |policy| policy.public_write,
                |acl| acl.public_write || acl.public_write_acp,
            )),
            receives_access_logs: fact(or(
                open.policy
                    .map(|policy| policy.as_ref().is_some_and(lets_logs_in)),
                open.acl.map(|acl| acl.log_delivery),
            )),
            log_delivery: fact(log_delivery(bucket, parameters)),
            block_public_access: block_public_access(bucket),
            policy_refusal,
            acl: fact(acl.clone()),
            policy: policy.clone(),
        }
    }
}

impl Admission {
    /// Whom a bucket lets in, all settings considered.
    #[must_use]
    pub fn of_bucket(bucket: &BucketObservation, parameters: &Parameters) -> Self {
        let policy = exposure_of(bucket, parameters).unwrap_or(Fact::Unread);
        let acl = AclExposure::of(bucket);
        let open = Openings::new(bucket, &policy, acl.as_ref());
        Self {
            public: fact(open.to_everyone(|policy| policy.public, AclExposure::is_public)),
            accounts: fact(
                open.policy
                    .map(|policy| policy.as_ref().map_or_else(Vec::new, outsiders)),
            ),
        }
    }
}

fn exposure_of(
    bucket: &BucketObservation,
    parameters: &Parameters,
) -> Result<Fact<Option<PolicyExposure>>, Error> {
    let (arn, account) = (&bucket.arn, &bucket.account);
    exposure(PolicyKind::S3, arn, account, &bucket.policy, parameters)
}

/// The two ways into a bucket, and the switches that close them; `None` is not known.
struct Openings<'a> {
    policy: Option<&'a Option<PolicyExposure>>,
    acl: Option<&'a AclExposure>,
    restrict_public_buckets: Option<bool>,
    ignore_public_acls: Option<bool>,
}

impl<'a> Openings<'a> {
    fn new(
        bucket: &BucketObservation,
        policy: &'a Fact<Option<PolicyExposure>>,
        acl: Option<&'a AclExposure>,
    ) -> Self {
        Self {
            policy: policy.known(),
            acl,
            restrict_public_buckets: in_force(bucket, |block| block.restrict_public_buckets),
            ignore_public_acls: in_force(bucket, |block| block.ignore_public_acls),
        }
    }

    /// Whether everyone gets in by the policy or by the ACL.
    ///
    /// `RestrictPublicBuckets` closes public policies, `IgnorePublicAcls` public ACLs; the two
    /// `Block...` settings only keep new ones out (S3 User Guide, "Blocking public access").
    fn to_everyone(
        &self,
        by_policy: impl Fn(&PolicyExposure) -> bool,
        by_acl: impl Fn(&AclExposure) -> bool,
    ) -> Option<bool> {
        let by_policy = self
            .policy
            .map(|policy| policy.as_ref().is_some_and(by_policy));
        or(
            unless(by_policy, self.restrict_public_buckets),
            unless(self.acl.map(by_acl), self.ignore_public_acls),
        )
    }
}

/// Whether a setting is on, for the bucket or for the account.
fn in_force(
    bucket: &BucketObservation,
    setting: impl Fn(&PublicAccessBlock) -> bool,
) -> Option<bool> {
    let is_on = |block: &Fact<Option<PublicAccessBlock>>| {
        block
            .known()
            .map(|block| block.as_ref().is_some_and(&setting))
    };
    or(
        is_on(&bucket.public_access_block),
        is_on(&bucket.account_public_access_block),
    )
}

fn block_public_access(bucket: &BucketObservation) -> Fact<PublicAccessBlock> {
    let all = || {
        Some(PublicAccessBlock {
            block_public_acls: in_force(bucket, |block| block.block_public_acls)?,
            ignore_public_acls: in_force(bucket, |block| block.ignore_public_acls)?,
            block_public_policy: in_force(bucket, |block| block.block_public_policy)?,
            restrict_public_buckets: in_force(bucket, |block| block.restrict_public_buckets)?,
        })
    };
    fact(all())
}

/// Whether the target of the access logs lets them in, by policy or by ACL.
fn log_delivery(bucket: &BucketObservation, parameters: &Parameters) -> Option<bool> {
    let target = bucket.log_target.known()?.as_ref()?;
    let name = &bucket.logging.known()?.as_ref()?.target_bucket;
    let (partition, _) = bucket.arn.split_once(":::")?;
    let arn = format!("{partition}:::{name}");
    let policy = Fact::Known(target.policy.clone());
    let policy = exposure(PolicyKind::S3, &arn, &bucket.account, &policy, parameters);
    let policy = policy.unwrap_or(Fact::Unread);
    let by_policy = policy
        .known()
        .map(|policy| policy.as_ref().is_some_and(lets_logs_in));
    let acl = AclExposure::in_force(target.object_ownership.as_deref(), target.acl.as_ref());
    or(by_policy, Some(acl.log_delivery))
}

/// Whether the policy lets S3's log delivery put objects (S3 User Guide, "Enabling Amazon S3 server access logging").
fn lets_logs_in(policy: &PolicyExposure) -> bool {
    policy.statements.iter().any(|statement| {
        statement.effect == Effect::Allow
            && statement
                .services
                .iter()
                .any(|service| service == "logging.s3.amazonaws.com")
            && statement
                .actions
                .iter()
                .any(|action| covers_put_object(action))
    })
}

fn covers_put_object(action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    match action.strip_suffix('*') {
        Some(start) => "s3:putobject".starts_with(start),
        None => action == "s3:putobject",
    }
}

#[cfg(test)]
#[path = "bucket_test.rs"]
mod tests;
