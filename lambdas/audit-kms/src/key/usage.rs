//! The use of a key: whose is worth asking for, and what KMS recorded of it.

use aws_sdk_kms::operation::get_key_last_usage::GetKeyLastUsageOutput;
use aws_sdk_kms::types::{KeyMetadata, KeyState};
use compliance::observation::KeyUsage;

use super::{is_aws_managed, rfc3339};

/// Whether the key can be used and is the customer's to delete. KMS answers few of these questions a second.
pub(crate) fn is_worth_asking(metadata: &KeyMetadata) -> bool {
    !is_aws_managed(metadata) && metadata.key_state == Some(KeyState::Enabled)
}

/// What KMS recorded. A key without use since the record began has none
/// (AWS KMS API Reference, `GetKeyLastUsage`).
pub(crate) fn usage(answer: &GetKeyLastUsageOutput) -> KeyUsage {
    let last = answer.key_last_usage.as_ref();
    let used = last.and_then(|last| last.timestamp.as_ref());
    KeyUsage {
        last_used_at: used.and_then(rfc3339),
        recorded_since: answer.tracking_start_date.as_ref().and_then(rfc3339),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_kms::primitives::DateTime;
    use aws_sdk_kms::types::{KeyLastUsageData, KeyManagerType};

    use super::*;

    #[test]
    fn only_enabled_keys_of_the_customer_are_asked_for() {
        let metadata = |manager, state| {
            KeyMetadata::builder()
                .key_id("1")
                .key_manager(manager)
                .key_state(state)
                .build()
                .unwrap()
        };
        let customer = KeyManagerType::Customer;
        assert!(is_worth_asking(&metadata(
            customer.clone(),
            KeyState::Enabled
        )));
        assert!(!is_worth_asking(&metadata(customer, KeyState::Disabled)));
        assert!(!is_worth_asking(&metadata(
            KeyManagerType::Aws,
            KeyState::Enabled
        )));
    }

    #[test]
    fn a_key_that_was_never_used_has_a_record_without_a_use() {
        let since = DateTime::from_secs(0);
        let empty = GetKeyLastUsageOutput::builder()
            .key_last_usage(KeyLastUsageData::builder().build())
            .tracking_start_date(since)
            .build();
        let recorded = KeyUsage {
            last_used_at: None,
            recorded_since: Some("1970-01-01T00:00:00Z".to_owned()),
        };
        assert_eq!(usage(&empty), recorded);
    }
}
