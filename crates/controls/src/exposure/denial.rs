//! Deny statements that nobody, or almost nobody, gets around.

use super::document::{Condition, Effect, Selection, Statement};
use super::keys::{Dimension, Rule, rule_of};
use super::operator::{Operator, Quantifier};
use super::principal::Grantee;
use super::{Context, PolicyKind, actions, resources};

/// The actions by which a bucket policy is mended.
const MENDING: [&str; 2] = ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"];

/// S3: the names of the Deny statements by which nobody but a root user can mend the bucket
/// policy any more; empty if somebody can.
///
/// The root user of the owner always can ("Bucket policies for Amazon S3": root may put, get and
/// delete the policy even if it is denied). `NotPrincipal` with nothing but roots counts, and so
/// does an exception for the ARN of a root: users and roles are none.
pub(super) fn locks_out(statements: &[Statement], context: &Context<'_>) -> Vec<String> {
    if context.kind != PolicyKind::S3 {
        return Vec::new();
    }
    let locking: Vec<&Statement> = statements
        .iter()
        .filter(|statement| {
            spares_only_roots(statement) && is_about_the_resource(statement, context)
        })
        .collect();
    let denies = |statement: &Statement, action: &str| {
        actions::denies(&statement.actions, action, context.kind)
    };
    let is_denied = |action: &&str| locking.iter().any(|statement| denies(statement, action));
    if !MENDING.iter().all(is_denied) {
        return Vec::new();
    }
    let locking = locking.into_iter();
    locking
        .filter(|statement| MENDING.iter().any(|action| denies(statement, action)))
        .map(Statement::name)
        .collect()
}

fn spares_only_roots(statement: &Statement) -> bool {
    let spared = |grantee: &Grantee| matches!(grantee, Grantee::Account(_) | Grantee::Service(_));
    let principals = match &statement.principals {
        Selection::Only(grantees) => grantees.contains(&Grantee::Everyone),
        Selection::AllBut(grantees) => grantees.iter().all(spared),
    };
    statement.effect == Effect::Deny && principals && statement.conditions.iter().all(spares_root)
}

/// Whether a condition excepts nobody but root users.
fn spares_root(condition: &Condition) -> bool {
    let operator = Operator::parse(&condition.operator);
    let is_root = |value: &String| value.ends_with(":root");
    operator.negated
        && operator.quantifier != Quantifier::ForAnyValue
        && rule_of(&condition.key) == Rule::Arn(Dimension::Principal)
        && condition.values.iter().all(is_root)
}

fn is_about_the_resource(statement: &Statement, context: &Context<'_>) -> bool {
    match &statement.resources {
        Selection::Only(patterns) => resources::itself(patterns, context),
        Selection::AllBut(_) => false,
    }
}

/// Whether some Deny without any condition denies an action to the principal that `is_meant`
/// recognises.
pub(super) fn denies_always(
    statements: &[Statement],
    action: &str,
    kind: PolicyKind,
    is_meant: impl Fn(&Grantee) -> bool,
) -> bool {
    statements.iter().any(|statement| {
        let named = match &statement.principals {
            Selection::Only(grantees) => {
                let mut grantees = grantees.iter();
                grantees.any(|one| *one == Grantee::Everyone || is_meant(one))
            }
            Selection::AllBut(grantees) => !grantees.iter().any(&is_meant),
        };
        statement.effect == Effect::Deny
            && statement.conditions.is_empty()
            && named
            && actions::denies(&statement.actions, action, kind)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::document::statements;
    use super::*;

    fn locked_by(list: &[Value]) -> Vec<String> {
        let context = Context {
            resource_arn: "arn:aws:s3:::b",
            ..Context::of_unknown(PolicyKind::S3)
        };
        locks_out(&statements(&json!({"Statement": list})).unwrap(), &context)
    }

    fn deny(changes: &Value) -> Value {
        let mut statement = json!({
            "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b"
        });
        let map = statement.as_object_mut().unwrap();
        map.extend(changes.as_object().unwrap().clone());
        map.retain(|_, value| !value.is_null());
        statement
    }

    #[test]
    fn a_deny_for_everyone_but_roots_locks_out() {
        let root = "arn:aws:iam::111122223333:root";
        for changes in [
            json!({}),
            json!({"Resource": "*"}),
            json!({"Action": ["s3:PutBucketPolicy", "s3:Delete*"]}),
            json!({"Principal": null, "NotPrincipal": {"AWS": root}}),
            json!({"Condition": {"ArnNotEquals": {"aws:PrincipalArn": root}}}),
        ] {
            assert_eq!(locked_by(&[deny(&changes)]), ["statement 1"], "{changes}");
        }
        let put = deny(&json!({"Sid": "NoPut", "Action": "s3:PutBucketPolicy"}));
        let delete = deny(&json!({"Sid": "NoDelete", "Action": "s3:DeleteBucketPolicy"}));
        assert_eq!(locked_by(&[put, delete]), ["NoPut", "NoDelete"]);
    }

    #[test]
    fn somebody_who_can_mend_the_policy_is_no_lock_out() {
        for changes in [
            json!({"Effect": "Allow"}),
            json!({"Action": "s3:PutBucketPolicy"}),
            json!({"Action": "s3:*Object"}),
            json!({"Resource": "arn:aws:s3:::b/*"}),
            json!({"Principal": {"AWS": "444455556666"}}),
            json!({"Principal": null, "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/Ops"}}),
            json!({"Condition": {"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/Ops"}}}),
            json!({"Condition": {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:root"}}}),
            json!({"Condition": {"Bool": {"aws:SecureTransport": "false"}}}),
            json!({"Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-own"}}}),
        ] {
            assert!(locked_by(&[deny(&changes)]).is_empty(), "{changes}");
        }
    }
}
