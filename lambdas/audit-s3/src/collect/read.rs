//! The reads of one bucket, each at the pace and in the bucket's own region.
//!
//! Every call names the expected owner: should the bucket have been deleted and its name taken by
//! another account since it was listed, S3 refuses, and nothing foreign is taken for ours
//! (S3 User Guide, "Verifying bucket ownership with bucket owner condition").

use audit::Pace;
use aws::answer::{Gone, read, read_or_absent};
use aws_sdk_s3::Client;
use compliance::fact::read_or_note;
use compliance::observation::{
    Acl, BucketObservation, Encryption, LifecycleRule, Logging, Notifications, ObjectLock,
    PolicyStatus, PublicAccessBlock, ReplicationRule, Versioning,
};
use compliance::{AccountId, Fact, Partition, Refusal, Region, Unknown};
use serde_json::Value;

use super::places::Places;
use crate::bucket::{self, access, protection};

/// The answer to one read: the value, or why it was refused; or no bucket at all.
type Reading<T> = Result<Result<T, Refusal>, Gone>;

/// Account-level Block Public Access, as each bucket's observation repeats it.
pub(super) type AccountBlock = Result<Option<PublicAccessBlock>, Refusal>;

/// Reads one bucket.
#[derive(Debug)]
pub(super) struct BucketReader<'a> {
    pub(super) client: &'a Client,
    pub(super) pace: &'a Pace,
    pub(super) places: &'a Places,
    pub(super) partition: &'a Partition,
    pub(super) account: &'a AccountId,
    pub(super) region: &'a Region,
    pub(super) name: &'a str,
}

/// Sends one of the reads that take a bucket and its expected owner.
macro_rules! ask {
    ($reader:expr, $operation:ident) => {{
        $reader.pace.wait().await;
        let request = $reader.client.$operation().bucket($reader.name);
        request
            .expected_bucket_owner($reader.account.as_str())
            .send()
            .await
    }};
}

// After the macro, which it uses.
mod usage;

impl BucketReader<'_> {
    /// Reads everything that controls ask for, except what other answers make pointless.
    pub(super) async fn observe(
        &self,
        account_block: &AccountBlock,
    ) -> Result<BucketObservation, Gone> {
        let mut unknown = Unknown::new();
        let mut bucket = self.unread();
        bucket.account_public_access_block = read_or_note(
            &mut unknown,
            "account_public_access_block",
            account_block.clone(),
        );
        self.read_access(&mut bucket, &mut unknown).await?;
        self.read_protection(&mut bucket, &mut unknown).await?;
        self.read_versions(&mut bucket, &mut unknown).await?;
        self.read_usage(&mut bucket, &mut unknown).await?;
        bucket.unknown = unknown;
        Ok(bucket)
    }

    /// Reads only who is let in, as far as the judgement of a log target needs it.
    pub(super) async fn observe_access(&self) -> Result<BucketObservation, Gone> {
        let mut unknown = Unknown::new();
        let mut bucket = self.unread();
        self.read_policy(&mut bucket, &mut unknown).await?;
        self.read_acl(&mut bucket, &mut unknown).await?;
        bucket.unknown = unknown;
        Ok(bucket)
    }

    async fn read_access(
        &self,
        bucket: &mut BucketObservation,
        unknown: &mut Unknown,
    ) -> Result<(), Gone> {
        let block = self.public_access_block().await?;
        bucket.public_access_block = read_or_note(unknown, "public_access_block", block);
        self.read_policy(bucket, unknown).await?;
        // Without a policy there is no status; what could not be read makes nothing pointless.
        bucket.policy_status = if bucket.policy == Fact::Known(None) {
            Fact::Known(None)
        } else {
            read_or_note(unknown, "policy_status", self.policy_status().await?)
        };
        self.read_acl(bucket, unknown).await
    }

    async fn read_policy(
        &self,
        bucket: &mut BucketObservation,
        unknown: &mut Unknown,
    ) -> Result<(), Gone> {
        bucket.policy = read_or_note(unknown, "policy", self.policy().await?);
        Ok(())
    }

    /// Where ACLs are disabled no ACL is judged.
    async fn read_acl(
        &self,
        bucket: &mut BucketObservation,
        unknown: &mut Unknown,
    ) -> Result<(), Gone> {
        let ownership = self.object_ownership().await?;
        bucket.object_ownership = read_or_note(unknown, "object_ownership", ownership);
        let owner = bucket.object_ownership.known().and_then(Option::as_deref);
        bucket.acl = if owner == Some(access::ACLS_DISABLED) {
            Fact::Known(None)
        } else {
            read_or_note(unknown, "acl", self.acl().await?)
        };
        Ok(())
    }

    async fn read_protection(
        &self,
        bucket: &mut BucketObservation,
        unknown: &mut Unknown,
    ) -> Result<(), Gone> {
        bucket.encryption = read_or_note(unknown, "encryption", self.encryption().await?);
        bucket.logging = read_or_note(unknown, "logging", self.logging().await?);
        bucket.lifecycle = read_or_note(unknown, "lifecycle", self.lifecycle().await?);
        bucket.notifications = read_or_note(unknown, "notifications", self.notifications().await?);
        Ok(())
    }

    /// Versioning, and what needs it: replication and Object Lock.
    async fn read_versions(
        &self,
        bucket: &mut BucketObservation,
        unknown: &mut Unknown,
    ) -> Result<(), Gone> {
        bucket.versioning = read_or_note(unknown, "versioning", self.versioning().await?);
        if bucket.versioning == Fact::Known(None) {
            bucket.replication = Fact::Known(None);
            bucket.object_lock = Fact::Known(None);
        } else {
            bucket.replication = read_or_note(unknown, "replication", self.replication().await?);
            bucket.object_lock = read_or_note(unknown, "object_lock", self.object_lock().await?);
        }
        self.locate_destinations(bucket).await;
        Ok(())
    }

    async fn locate_destinations(&self, bucket: &mut BucketObservation) {
        let Fact::Known(Some(rules)) = &mut bucket.replication else {
            return;
        };
        for rule in rules {
            let name = bucket::name_in(&rule.destination);
            let found = self.places.find(self.client, self.pace, name).await;
            rule.destination_region = found.region().cloned();
            rule.destination_owned = found.is_own();
        }
    }

    async fn public_access_block(&self) -> Reading<Option<PublicAccessBlock>> {
        let absent = [access::NO_BLOCK];
        let answer = ask!(self, get_public_access_block);
        let answer = read_or_absent("GetPublicAccessBlock", answer, &absent).found()?;
        Ok(answer.map(|found| {
            let block = found.and_then(|found| found.public_access_block_configuration);
            block.as_ref().map(access::block_of_bucket)
        }))
    }

    async fn policy(&self) -> Reading<Option<Value>> {
        const OPERATION: &str = "GetBucketPolicy";
        let answer = ask!(self, get_bucket_policy);
        let answer = read_or_absent(OPERATION, answer, &["NoSuchBucketPolicy"]).found()?;
        Ok(answer.and_then(|found| {
            let text = found.map(|found| found.policy.unwrap_or_default());
            text.map(|text| access::policy(OPERATION, &text))
                .transpose()
        }))
    }

    async fn policy_status(&self) -> Reading<Option<PolicyStatus>> {
        let answer = ask!(self, get_bucket_policy_status);
        let answer = read_or_absent("GetBucketPolicyStatus", answer, &["NoSuchBucketPolicy"]);
        Ok(answer
            .found()?
            .and_then(|found| found.as_ref().map(access::policy_status).transpose()))
    }

    async fn object_ownership(&self) -> Reading<Option<String>> {
        let absent = ["OwnershipControlsNotFoundError"];
        let answer = ask!(self, get_bucket_ownership_controls);
        let answer = read_or_absent("GetBucketOwnershipControls", answer, &absent).found()?;
        Ok(answer.map(|found| found.as_ref().and_then(access::object_ownership)))
    }

    async fn acl(&self) -> Reading<Option<Acl>> {
        let answer = ask!(self, get_bucket_acl);
        let answer = read("GetBucketAcl", answer).found()?;
        Ok(answer.and_then(|found| access::acl(&found).map(Some)))
    }

    async fn encryption(&self) -> Reading<Option<Encryption>> {
        let absent = ["ServerSideEncryptionConfigurationNotFoundError"];
        let answer = ask!(self, get_bucket_encryption);
        let answer = read_or_absent("GetBucketEncryption", answer, &absent).found()?;
        Ok(answer.map(|found| {
            let configuration = found?.server_side_encryption_configuration?;
            protection::encryption(&configuration)
        }))
    }

    async fn versioning(&self) -> Reading<Option<Versioning>> {
        let answer = ask!(self, get_bucket_versioning);
        let answer = read("GetBucketVersioning", answer).found()?;
        Ok(answer.map(|found| protection::versioning(&found)))
    }

    async fn replication(&self) -> Reading<Option<Vec<ReplicationRule>>> {
        let absent = ["ReplicationConfigurationNotFoundError"];
        let answer = ask!(self, get_bucket_replication);
        let answer = read_or_absent("GetBucketReplication", answer, &absent).found()?;
        Ok(answer.and_then(|found| {
            let configuration = found.and_then(|found| found.replication_configuration);
            configuration
                .as_ref()
                .map(protection::replication)
                .transpose()
        }))
    }

    async fn object_lock(&self) -> Reading<Option<ObjectLock>> {
        let absent = ["ObjectLockConfigurationNotFoundError"];
        let answer = ask!(self, get_object_lock_configuration);
        let answer = read_or_absent("GetObjectLockConfiguration", answer, &absent);
        Ok(answer.found()?.map(|found| {
            let configuration = found.and_then(|found| found.object_lock_configuration);
            configuration.as_ref().map(protection::object_lock)
        }))
    }

    async fn logging(&self) -> Reading<Option<Logging>> {
        let answer = ask!(self, get_bucket_logging);
        let answer = read("GetBucketLogging", answer).found()?;
        Ok(answer.map(|found| found.logging_enabled.as_ref().map(protection::logging)))
    }

    async fn lifecycle(&self) -> Reading<Option<Vec<LifecycleRule>>> {
        let absent = ["NoSuchLifecycleConfiguration"];
        let answer = ask!(self, get_bucket_lifecycle_configuration);
        let answer = read_or_absent("GetBucketLifecycleConfiguration", answer, &absent);
        Ok(answer.found()?.map(|found| {
            found.map(|found| {
                let rules = found.rules().iter();
                rules.map(protection::lifecycle_rule).collect()
            })
        }))
    }

    async fn notifications(&self) -> Reading<Notifications> {
        let answer = ask!(self, get_bucket_notification_configuration);
        let answer = read("GetBucketNotificationConfiguration", answer).found()?;
        Ok(answer.map(|found| protection::notifications(&found)))
    }

    fn unread(&self) -> BucketObservation {
        bucket::unread(self.partition, self.account, self.region, self.name)
    }
}
