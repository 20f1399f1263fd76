//! Whether a bucket policy refuses requests without TLS.
//!
//! Security Hub control S3.5 (AWS Config rule `s3-bucket-ssl-requests-only`): the policy must
//! explicitly deny requests for which `aws:SecureTransport` is false. A floor for
//! `s3:TlsVersion` does not count: plain HTTP requests lack that key, so such a Deny falls.

use super::document::{Condition, Effect, Selection, Statement};
use super::operator::{Operator, Quantifier, Test};
use super::principal::Grantee;
use super::{PolicyKind, actions, resources};

/// Whether every insecure request by anyone to the bucket and to its objects is denied.
///
/// Several statements may share the work by resources; each of them must deny all actions to
/// everyone, under no further condition.
pub(super) fn denies_insecure(statements: &[Statement]) -> bool {
    let denied: Vec<String> = statements
        .iter()
        .filter(|statement| refuses_http(statement))
        .flat_map(covered)
        .collect();
    resources::whole(&denied, PolicyKind::S3)
}

fn covered(statement: &Statement) -> Vec<String> {
    match &statement.resources {
        Selection::Only(patterns) => patterns.clone(),
        Selection::AllBut(_) => Vec::new(),
    }
}

fn refuses_http(statement: &Statement) -> bool {
    let everyone = match &statement.principals {
        Selection::Only(grantees) => grantees.contains(&Grantee::Everyone),
        Selection::AllBut(_) => false,
    };
    statement.effect == Effect::Deny
        && everyone
        && actions::denies(&statement.actions, "s3:*", PolicyKind::S3)
        && matches!(statement.conditions.as_slice(), [only] if is_insecure(only))
}

/// The key is in every request, so `IfExists` changes nothing.
fn is_insecure(condition: &Condition) -> bool {
    let operator = Operator::parse(&condition.operator);
    operator.test == Test::Flag
        && operator.quantifier == Quantifier::Plain
        && condition.key.eq_ignore_ascii_case("aws:SecureTransport")
        && condition
            .values
            .iter()
            .any(|value| value.eq_ignore_ascii_case("false"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::document::statements;
    use super::*;

    fn deny(resource: &Value, condition: &Value) -> Value {
        json!({
            "Effect": "Deny", "Principal": "*", "Action": "s3:*",
            "Resource": resource, "Condition": condition
        })
    }

    fn denies(list: &[Value]) -> bool {
        denies_insecure(&statements(&json!({"Statement": list})).unwrap())
    }

    fn both() -> Value {
        json!(["arn:aws:s3:::b", "arn:aws:s3:::b/*"])
    }

    #[test]
    fn the_documented_statement_refuses_plain_http() {
        for condition in [
            json!({"Bool": {"aws:SecureTransport": "false"}}),
            json!({"Bool": {"aws:SecureTransport": false}}),
            json!({"boolifexists": {"AWS:securetransport": ["false"]}}),
        ] {
            assert!(denies(&[deny(&both(), &condition)]), "{condition}");
        }
    }

    #[test]
    fn bucket_and_objects_may_be_denied_by_two_statements() {
        let condition = json!({"Bool": {"aws:SecureTransport": "false"}});
        let bucket = deny(&json!("arn:aws:s3:::b"), &condition);
        let objects = deny(&json!("arn:aws:s3:::b/*"), &condition);
        assert!(denies(&[bucket.clone(), objects.clone()]));
        assert!(!denies(&[bucket]));
        assert!(!denies(&[objects]));
    }

    #[test]
    fn a_narrower_deny_leaves_a_way_for_plain_http() {
        let narrow = json!({
            "Bool": {"aws:SecureTransport": "false"},
            "StringNotEquals": {"aws:PrincipalOrgID": "o-own"}
        });
        assert!(!denies(&[deny(&both(), &narrow)]));
        assert!(!denies(&[deny(
            &both(),
            &json!({"Bool": {"aws:SecureTransport": "true"}})
        )]));
        let tls = json!({"NumericLessThan": {"s3:TlsVersion": "1.2"}});
        assert!(!denies(&[deny(&both(), &tls)]));
        let mut some = deny(&both(), &json!({"Bool": {"aws:SecureTransport": "false"}}));
        some["Action"] = json!("s3:GetObject");
        assert!(!denies(&[some.clone()]));
        some["Action"] = json!("*");
        assert!(denies(&[some.clone()]));
        for principal in [json!({"AWS": "111122223333"}), json!({"Service": "*"})] {
            some["Principal"] = principal;
            assert!(!denies(&[some.clone()]));
        }
        some["Principal"] = json!("*");
        some["Effect"] = json!("Allow");
        assert!(!denies(&[some]));
    }
}
