//! Whether a bucket policy refuses uploads that do not say how the object is to be encrypted.
//!
//! Source: S3 User Guide, "Using server-side encryption with AWS KMS keys": a Deny of
//! `s3:PutObject` on a condition that a request without the header
//! `x-amz-server-side-encryption` meets.

use super::document::{Condition, Effect, Selection, Statement};
use super::operator::{Operator, Quantifier, Test};
use super::principal::Grantee;
use super::{Context, actions, resources};

/// Whether everyone's upload without the header is denied, for every object.
pub(super) fn requires_encryption(statements: &[Statement], context: &Context<'_>) -> bool {
    statements.iter().any(|statement| {
        let everyone = match &statement.principals {
            Selection::Only(grantees) => grantees.contains(&Grantee::Everyone),
            Selection::AllBut(_) => false,
        };
        let every_object = match &statement.resources {
            Selection::Only(patterns) => resources::all_objects(patterns, context),
            Selection::AllBut(_) => false,
        };
        statement.effect == Effect::Deny
            && everyone
            && every_object
            && actions::denies(&statement.actions, "s3:PutObject", context.kind)
            && statement.conditions.iter().all(holds_without_header)
    })
}

/// Whether a condition on one of the headers for server-side encryption holds when they are
/// missing: a negated operator does, with `IfExists` any operator does.
fn holds_without_header(condition: &Condition) -> bool {
    let key = condition.key.to_ascii_lowercase();
    let operator = Operator::parse(&condition.operator);
    let values = &condition.values;
    matches!(
        key.as_str(),
        "s3:x-amz-server-side-encryption" | "s3:x-amz-server-side-encryption-aws-kms-key-id"
    ) && match operator.test {
        Test::Null => values
            .iter()
            .any(|value| value.eq_ignore_ascii_case("true")),
        Test::Text | Test::Arn => {
            operator.quantifier != Quantifier::ForAnyValue
                && (operator.negated
                    || operator.if_exists
                    || operator.quantifier == Quantifier::ForAllValues)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::PolicyKind;
    use super::super::document::statements;
    use super::*;

    const SSE: &str = "s3:x-amz-server-side-encryption";

    fn requires(changes: &Value) -> bool {
        let mut statement = json!({
            "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*",
            "Condition": {"Null": {SSE: "true"}}
        });
        let map = statement.as_object_mut().unwrap();
        map.extend(changes.as_object().unwrap().clone());
        let context = Context {
            resource_arn: "arn:aws:s3:::b",
            ..Context::of_unknown(PolicyKind::S3)
        };
        requires_encryption(
            &statements(&json!({"Statement": statement})).unwrap(),
            &context,
        )
    }

    #[test]
    fn an_upload_without_the_header_is_denied() {
        let key = "s3:x-amz-server-side-encryption-aws-kms-key-id";
        for condition in [
            json!({"Null": {SSE: true}}),
            json!({"StringNotEquals": {SSE: "aws:kms"}}),
            json!({"StringNotEqualsIfExists": {SSE: ["aws:kms", "aws:kms:dsse"]}}),
            json!({"StringNotLike": {key: "arn:aws:kms:*"}}),
            json!({"ArnNotEqualsIfExists": {key: "arn:aws:kms:eu-west-1:111122223333:key/1"}}),
            json!({"Null": {SSE: "true"}, "StringNotEquals": {SSE: "AES256"}}),
        ] {
            assert!(requires(&json!({"Condition": condition})), "{condition}");
        }
        assert!(requires(&json!({"Action": "s3:Put*", "Resource": "*"})));
    }

    #[test]
    fn a_deny_that_spares_some_upload_without_the_header_requires_nothing() {
        for condition in [
            json!({"Null": {SSE: "false"}}),
            json!({"StringEquals": {SSE: "AES256"}}),
            json!({"ForAnyValue:StringNotEquals": {SSE: "aws:kms"}}),
            json!({"StringNotEquals": {SSE: "aws:kms"}, "Null": {SSE: "false"}}),
            json!({"StringNotEquals": {SSE: "aws:kms", "aws:PrincipalAccount": "111122223333"}}),
            json!({"Null": {"s3:x-amz-server-side-encryption-customer-algorithm": "true"}}),
        ] {
            assert!(!requires(&json!({"Condition": condition})), "{condition}");
        }
        for changes in [
            json!({"Effect": "Allow"}),
            json!({"Principal": {"AWS": "111122223333"}}),
            json!({"Action": "s3:GetObject"}),
            json!({"Resource": "arn:aws:s3:::b/in/*"}),
        ] {
            assert!(!requires(&changes), "{changes}");
        }
    }
}
