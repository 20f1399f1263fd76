//! How the data is kept: encryption, versioning, replication, Object Lock, lifecycle, and who watches.

use aws_sdk_s3::operation::get_bucket_notification_configuration::GetBucketNotificationConfigurationOutput;
use aws_sdk_s3::operation::get_bucket_versioning::GetBucketVersioningOutput;
use aws_sdk_s3::types;
use compliance::Refusal;
use compliance::observation::{
    Encryption, LifecycleRule, Logging, Notifications, ObjectLock, ReplicationRule, Versioning,
};

use super::{MALFORMED_ANSWER, malformed};

/// What S3 encrypts with where a configuration names no algorithm
/// (S3 User Guide, "Setting default server-side encryption behavior": SSE-S3 is the base level).
const BASE_LEVEL: &str = "AES256";

/// A year of a default retention, in days.
const DAYS_OF_YEAR: i32 = 365;

/// Default encryption; `None` for a configuration without rules.
pub(crate) fn encryption(
    configuration: &types::ServerSideEncryptionConfiguration,
) -> Option<Encryption> {
    let rule = configuration.rules.first()?;
    let default = rule.apply_server_side_encryption_by_default.as_ref();
    Some(Encryption {
        algorithm: default
            .map_or(BASE_LEVEL, |by| by.sse_algorithm.as_str())
            .to_owned(),
        kms_key_id: default
            .and_then(|by| by.kms_master_key_id.clone())
            .filter(|key| !key.is_empty()),
        bucket_key_enabled: rule.bucket_key_enabled.unwrap_or_default(),
        blocked_encryption_types: rule.blocked_encryption_types.as_ref().map(blocked_types),
    })
}

/// `NONE` says that nothing is blocked (Amazon S3 API Reference, `BlockedEncryptionTypes`).
fn blocked_types(blocked: &types::BlockedEncryptionTypes) -> Vec<String> {
    blocked
        .encryption_type()
        .iter()
        .filter(|blocked| **blocked != types::EncryptionType::None)
        .map(|blocked| blocked.as_str().to_owned())
        .collect()
}

/// Versioning; `None` if it was never configured.
pub(crate) fn versioning(answer: &GetBucketVersioningOutput) -> Option<Versioning> {
    let status = answer.status.as_ref()?;
    Some(Versioning {
        status: status.as_str().to_owned(),
        mfa_delete: answer.mfa_delete == Some(types::MfaDeleteStatus::Enabled),
    })
}

/// Server access logging.
pub(crate) fn logging(enabled: &types::LoggingEnabled) -> Logging {
    Logging {
        target_bucket: enabled.target_bucket.clone(),
        target_prefix: enabled.target_prefix.clone(),
    }
}

/// One lifecycle rule. Removing expired delete markers alone expires no version.
pub(crate) fn lifecycle_rule(rule: &types::LifecycleRule) -> LifecycleRule {
    LifecycleRule {
        enabled: rule.status == types::ExpirationStatus::Enabled,
        expires: rule
            .expiration
            .as_ref()
            .is_some_and(|when| when.date.is_some() || when.days.is_some()),
        expires_noncurrent: rule.noncurrent_version_expiration.is_some(),
        transitions: !rule.transitions().is_empty()
            || !rule.noncurrent_version_transitions().is_empty(),
        aborts_incomplete_uploads: rule.abort_incomplete_multipart_upload.is_some(),
    }
}

/// The replication rules, their destinations' regions not looked up yet. A rule without a
/// destination is a refusal: where it replicates to is not known.
pub(crate) fn replication(
    configuration: &types::ReplicationConfiguration,
) -> Result<Vec<ReplicationRule>, Refusal> {
    let rules = configuration.rules.iter().map(replication_rule);
    rules
        .collect::<Option<_>>()
        .ok_or_else(|| malformed("GetBucketReplication", MALFORMED_ANSWER))
}

fn replication_rule(rule: &types::ReplicationRule) -> Option<ReplicationRule> {
    let destination = rule.destination.as_ref()?;
    Some(ReplicationRule {
        enabled: rule.status == types::ReplicationRuleStatus::Enabled,
        destination: destination.bucket.clone(),
        destination_account: destination.account.clone(),
        destination_region: None,
        destination_owned: None,
        replica_kms_key_id: destination
            .encryption_configuration
            .as_ref()
            .and_then(|encryption| encryption.replica_kms_key_id.clone()),
    })
}

/// Object Lock.
pub(crate) fn object_lock(configuration: &types::ObjectLockConfiguration) -> ObjectLock {
    let retention = configuration
        .rule
        .as_ref()
        .and_then(|rule| rule.default_retention.as_ref());
    let years = retention.and_then(|retention| retention.years);
    ObjectLock {
        enabled: configuration.object_lock_enabled == Some(types::ObjectLockEnabled::Enabled),
        mode: retention
            .and_then(|retention| retention.mode.as_ref())
            .map(|mode| mode.as_str().to_owned()),
        days: retention
            .and_then(|retention| retention.days)
            .filter(|days| *days > 0)
            .or_else(|| years.map(|years| years.saturating_mul(DAYS_OF_YEAR))),
    }
}

/// Event notifications.
pub(crate) fn notifications(answer: &GetBucketNotificationConfigurationOutput) -> Notifications {
    Notifications {
        event_bridge: answer.event_bridge_configuration.is_some(),
        functions: answer.lambda_function_configurations().len(),
        queues: answer.queue_configurations().len(),
        topics: answer.topic_configurations().len(),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_s3::types::{
        BlockedEncryptionTypes, DefaultRetention, Destination, EncryptionType, ExpirationStatus,
        LifecycleExpiration, ObjectLockRule, ReplicationRuleStatus,
        ServerSideEncryptionConfiguration, ServerSideEncryptionRule,
    };

    use super::*;

    #[test]
    fn a_rule_that_only_blocks_leaves_the_base_level_of_s3() {
        let blocked = BlockedEncryptionTypes::builder()
            .encryption_type(EncryptionType::SseC)
            .build();
        let rule = ServerSideEncryptionRule::builder()
            .blocked_encryption_types(blocked)
            .build();
        let configuration = ServerSideEncryptionConfiguration::builder()
            .rules(rule)
            .build()
            .unwrap();
        assert_eq!(
            encryption(&configuration),
            Some(Encryption {
                algorithm: "AES256".to_owned(),
                kms_key_id: None,
                bucket_key_enabled: false,
                blocked_encryption_types: Some(vec!["SSE-C".to_owned()]),
            })
        );
    }

    #[test]
    fn none_blocks_nothing() {
        let blocked = BlockedEncryptionTypes::builder()
            .encryption_type(EncryptionType::None)
            .build();
        assert!(blocked_types(&blocked).is_empty());
    }

    #[test]
    fn versioning_that_was_never_configured_is_none() {
        let answer = GetBucketVersioningOutput::builder().build();
        assert_eq!(versioning(&answer), None);
    }

    #[test]
    fn removing_delete_markers_is_not_expiry() {
        let expiration = LifecycleExpiration::builder()
            .expired_object_delete_marker(true)
            .build();
        let rule = types::LifecycleRule::builder()
            .status(ExpirationStatus::Disabled)
            .expiration(expiration)
            .build()
            .unwrap();
        let rule = lifecycle_rule(&rule);
        assert!(!rule.enabled);
        assert!(!rule.expires);
    }

    #[test]
    fn a_retention_in_years_is_told_in_days() {
        let retention = DefaultRetention::builder().days(0).years(2).build();
        let rule = ObjectLockRule::builder()
            .default_retention(retention)
            .build();
        let configuration = types::ObjectLockConfiguration::builder().rule(rule).build();
        assert_eq!(
            object_lock(&configuration),
            ObjectLock {
                enabled: false,
                mode: None,
                days: Some(730),
            }
        );
    }

    fn replication_to(destination: Option<Destination>) -> types::ReplicationConfiguration {
        let rule = types::ReplicationRule::builder()
            .status(ReplicationRuleStatus::Enabled)
            .set_destination(destination)
            .build()
            .unwrap();
        types::ReplicationConfiguration::builder()
            .role("arn:aws:iam::111122223333:role/replication")
            .rules(rule)
            .build()
            .unwrap()
    }

    #[test]
    fn a_replication_rule_keeps_its_destination() {
        let destination = Destination::builder()
            .bucket("arn:aws:s3:::copy")
            .account("444455556666")
            .build()
            .unwrap();
        let rules = replication(&replication_to(Some(destination))).unwrap();
        assert_eq!(
            rules,
            [ReplicationRule {
                enabled: true,
                destination: "arn:aws:s3:::copy".to_owned(),
                destination_account: Some("444455556666".to_owned()),
                destination_region: None,
                destination_owned: None,
                replica_kms_key_id: None,
            }]
        );
    }

    #[test]
    fn a_rule_without_a_destination_is_not_dropped() {
        let refusal = replication(&replication_to(None)).unwrap_err();
        assert_eq!(refusal.code, "MalformedAnswer");
    }
}
