//! Who is let in: Block Public Access, the policy, ownership and the ACL.

use aws_sdk_s3::operation::get_bucket_acl::GetBucketAclOutput;
use aws_sdk_s3::operation::get_bucket_ownership_controls::GetBucketOwnershipControlsOutput;
use aws_sdk_s3::operation::get_bucket_policy_status::GetBucketPolicyStatusOutput;
use aws_sdk_s3::types;
use compliance::Refusal;
use compliance::observation::{Acl, Grant, PolicyStatus, PublicAccessBlock};
use serde_json::Value;

use super::{MALFORMED_ANSWER, MALFORMED_POLICY, malformed};

/// The error code for Block Public Access that was never configured, of buckets and of accounts.
pub(crate) const NO_BLOCK: &str = "NoSuchPublicAccessBlockConfiguration";

/// `BucketOwnerEnforced` disables ACLs (S3 User Guide, "Controlling ownership of objects").
pub(crate) const ACLS_DISABLED: &str = "BucketOwnerEnforced";

/// A bucket's block; a switch that is not set is off.
pub(crate) fn block_of_bucket(block: &types::PublicAccessBlockConfiguration) -> PublicAccessBlock {
    PublicAccessBlock {
        block_public_acls: block.block_public_acls.unwrap_or_default(),
        ignore_public_acls: block.ignore_public_acls.unwrap_or_default(),
        block_public_policy: block.block_public_policy.unwrap_or_default(),
        restrict_public_buckets: block.restrict_public_buckets.unwrap_or_default(),
    }
}

/// An account's block; a switch that is not set is off.
pub(crate) fn block_of_account(
    block: &aws_sdk_s3control::types::PublicAccessBlockConfiguration,
) -> PublicAccessBlock {
    PublicAccessBlock {
        block_public_acls: block.block_public_acls.unwrap_or_default(),
        ignore_public_acls: block.ignore_public_acls.unwrap_or_default(),
        block_public_policy: block.block_public_policy.unwrap_or_default(),
        restrict_public_buckets: block.restrict_public_buckets.unwrap_or_default(),
    }
}

/// The policy that `operation` answered, parsed. A text that is not a JSON object is a refusal: what it says is not known.
pub(crate) fn policy(operation: &str, text: &str) -> Result<Value, Refusal> {
    serde_json::from_str(text)
        .ok()
        .filter(Value::is_object)
        .ok_or_else(|| malformed(operation, MALFORMED_POLICY))
}

/// AWS's judgement of the policy; an answer without it is a refusal.
pub(crate) fn policy_status(answer: &GetBucketPolicyStatusOutput) -> Result<PolicyStatus, Refusal> {
    answer
        .policy_status
        .as_ref()
        .and_then(|status| status.is_public)
        .map(|is_public| PolicyStatus { is_public })
        .ok_or_else(|| malformed("GetBucketPolicyStatus", MALFORMED_ANSWER))
}

/// Object Ownership; a configuration has exactly one rule.
pub(crate) fn object_ownership(answer: &GetBucketOwnershipControlsOutput) -> Option<String> {
    let rule = answer.ownership_controls.as_ref()?.rules.first()?;
    Some(rule.object_ownership.as_str().to_owned())
}

/// The ACL. Each has an owner: an answer without one is a refusal, not an ACL that grants nothing.
pub(crate) fn acl(answer: &GetBucketAclOutput) -> Result<Acl, Refusal> {
    let owner = answer.owner.as_ref();
    let owner = owner.ok_or_else(|| malformed("GetBucketAcl", MALFORMED_ANSWER))?;
    Ok(Acl {
        owner: owner.id.clone(),
        grants: answer.grants().iter().map(grant).collect(),
    })
}

fn grant(grant: &types::Grant) -> Grant {
    let grantee = grant.grantee.as_ref();
    let permission = grant.permission.as_ref();
    Grant {
        grantee_type: grantee.map_or_else(String::new, |who| who.r#type.as_str().to_owned()),
        grantee_id: grantee.and_then(|who| who.id.clone()),
        grantee_uri: grantee.and_then(|who| who.uri.clone()),
        permission: permission.map_or_else(String::new, |what| what.as_str().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_s3::types::{
        Grantee, ObjectOwnership, Owner, OwnershipControls, OwnershipControlsRule, Permission, Type,
    };

    use super::*;

    #[test]
    fn a_switch_that_is_not_set_is_off() {
        let block = types::PublicAccessBlockConfiguration::builder()
            .block_public_acls(true)
            .build();
        assert_eq!(
            block_of_bucket(&block),
            PublicAccessBlock {
                block_public_acls: true,
                ignore_public_acls: false,
                block_public_policy: false,
                restrict_public_buckets: false,
            }
        );
    }

    #[test]
    fn a_policy_that_is_no_json_object_is_a_refusal_that_does_not_quote_it() {
        for text in ["", "{", "[]", "\"secret\""] {
            assert_eq!(
                policy("GetBucketPolicy", text),
                Err(Refusal {
                    operation: "GetBucketPolicy".to_owned(),
                    code: "MalformedPolicy".to_owned(),
                }),
                "{text}"
            );
        }
        assert!(policy("GetBucketPolicy", r#"{"Statement":[]}"#).is_ok());
    }

    #[test]
    fn an_answer_without_a_status_is_not_a_private_policy() {
        let empty = GetBucketPolicyStatusOutput::builder().build();
        assert_eq!(policy_status(&empty).unwrap_err().code, "MalformedAnswer");
    }

    #[test]
    fn ownership_is_the_one_rule() {
        let rule = OwnershipControlsRule::builder()
            .object_ownership(ObjectOwnership::BucketOwnerEnforced)
            .build()
            .unwrap();
        let controls = OwnershipControls::builder().rules(rule).build().unwrap();
        let answer = GetBucketOwnershipControlsOutput::builder()
            .ownership_controls(controls)
            .build();
        assert_eq!(object_ownership(&answer).as_deref(), Some(ACLS_DISABLED));
    }

    #[test]
    fn a_grant_to_everyone_keeps_its_group() {
        let everyone = "http://acs.amazonaws.com/groups/global/AllUsers";
        let grantee = Grantee::builder()
            .r#type(Type::Group)
            .uri(everyone)
            .build()
            .unwrap();
        let answer = GetBucketAclOutput::builder()
            .owner(Owner::builder().id("me").build())
            .grants(
                types::Grant::builder()
                    .grantee(grantee)
                    .permission(Permission::Read)
                    .build(),
            )
            .build();
        assert_eq!(
            acl(&answer),
            Ok(Acl {
                owner: Some("me".to_owned()),
                grants: vec![Grant {
                    grantee_type: "Group".to_owned(),
                    grantee_id: None,
                    grantee_uri: Some(everyone.to_owned()),
                    permission: "READ".to_owned(),
                }],
            })
        );
    }

    #[test]
    fn an_answer_without_an_owner_is_not_an_acl_that_grants_nothing() {
        let empty = GetBucketAclOutput::builder().build();
        assert_eq!(acl(&empty).unwrap_err().code, "MalformedAnswer");
    }
}
