//! Who may use a key: its policy and its grants.

use aws_sdk_kms::types::GrantListEntry;
use compliance::Refusal;
use compliance::observation::KeyGrant;
use serde_json::Value;

use super::malformed;

/// The error code of ours for a policy that is not a JSON object.
const MALFORMED_POLICY: &str = "MalformedPolicy";

/// The key policy, parsed. A text that is not a JSON object is a refusal: what it says is not known.
pub(crate) fn policy(text: &str) -> Result<Value, Refusal> {
    serde_json::from_str(text)
        .ok()
        .filter(Value::is_object)
        .ok_or_else(|| malformed("GetKeyPolicy", MALFORMED_POLICY))
}

/// One grant. A grant to a service names it as its principal.
pub(crate) fn grant(grant: &GrantListEntry) -> KeyGrant {
    let constraints = grant.constraints.as_ref();
    let pairs =
        constraints.map(|by| [&by.encryption_context_subset, &by.encryption_context_equals]);
    let retiring = &grant.retiring_principal;
    KeyGrant {
        grant_id: grant.grant_id.clone().unwrap_or_default(),
        grantee_principal: grant
            .grantee_principal
            .clone()
            .or_else(|| grant.grantee_service_principal.clone()),
        retiring_principal: retiring
            .clone()
            .or_else(|| grant.retiring_service_principal.clone()),
        operations: grant
            .operations()
            .iter()
            .map(|operation| operation.as_str().to_owned())
            .collect(),
        constrained: pairs
            .into_iter()
            .flatten()
            .any(|pairs| pairs.as_ref().is_some_and(|pairs| !pairs.is_empty())),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_kms::types::{GrantConstraints, GrantOperation};

    use super::*;

    #[test]
    fn a_policy_that_is_no_json_object_is_a_refusal_that_does_not_quote_it() {
        for text in ["", "{", "null", "\"secret\""] {
            let refusal = policy(text).unwrap_err();
            assert_eq!(
                refusal,
                malformed("GetKeyPolicy", "MalformedPolicy"),
                "{text}"
            );
        }
        assert!(policy(r#"{"Statement":[]}"#).is_ok());
    }

    #[test]
    fn a_grant_to_a_service_names_the_service() {
        let entry = GrantListEntry::builder()
            .grant_id("g")
            .grantee_service_principal("s3.amazonaws.com")
            .operations(GrantOperation::Decrypt)
            .build();
        assert_eq!(
            grant(&entry),
            KeyGrant {
                grant_id: "g".to_owned(),
                grantee_principal: Some("s3.amazonaws.com".to_owned()),
                retiring_principal: None,
                operations: vec!["Decrypt".to_owned()],
                constrained: false,
            }
        );
    }

    #[test]
    fn an_encryption_context_constrains_a_grant_and_an_empty_one_does_not() {
        let with = |constraints| GrantListEntry::builder().constraints(constraints).build();
        let context = GrantConstraints::builder().encryption_context_equals("app", "x");
        assert!(grant(&with(context.build())).constrained);
        assert!(!grant(&with(GrantConstraints::builder().build())).constrained);
    }
}
