//! Who administers a key by its policy, and whether the account itself still can.
//!
//! Source: AWS KMS Developer Guide, "Default key policy" (without the statement for the account,
//! IAM policies give no access to the key and it can become unmanageable) and "Allows key
//! administrators to administer the KMS key" (administrators are not users of the key).

use std::collections::BTreeSet;

use super::denial::denies_always;
use super::document::{Effect, Selection, Statement};
use super::principal::Grantee;
use super::{Context, PolicyKind, actions};

/// The action that stands for administration: whoever has it can give himself every other.
const ADMINISTRATION: &str = "kms:PutKeyPolicy";

/// The actions that use the key on data.
const USE: [&str; 8] = [
    "kms:Decrypt",
    "kms:DeriveSharedSecret",
    "kms:Encrypt",
    "kms:GenerateDataKey*",
    "kms:GenerateMac",
    "kms:ReEncrypt*",
    "kms:Sign",
    "kms:Verify*",
];

/// Whether the owner's account as a whole may change the key policy, under no condition.
pub(super) fn keeps_account(statements: &[Statement], context: &Context<'_>) -> bool {
    let owner = Grantee::Account(context.account_id.to_owned());
    let is_owner = |grantee: &Grantee| *grantee == owner;
    let kept = statements.iter().any(|statement| {
        let named = match &statement.principals {
            Selection::Only(grantees) => {
                let mut grantees = grantees.iter();
                grantees.any(|one| *one == Grantee::Everyone || is_owner(one))
            }
            Selection::AllBut(_) => false,
        };
        statement.effect == Effect::Allow
            && statement.conditions.is_empty()
            && named
            && grants(statement, ADMINISTRATION)
    });
    kept && !denies_always(statements, ADMINISTRATION, PolicyKind::Kms, is_owner)
}

/// The principals, other than the owner's account as a whole, that may both change the key
/// policy and use the key; `*` is everyone.
pub(super) fn administrators_with_use(
    statements: &[Statement],
    context: &Context<'_>,
) -> BTreeSet<String> {
    let administrators = holders(statements, &[ADMINISTRATION], context);
    let users = holders(statements, &USE, context);
    administrators.intersection(&users).cloned().collect()
}

/// The names of the principals that have one of the actions.
fn holders(statements: &[Statement], any_of: &[&str], context: &Context<'_>) -> BTreeSet<String> {
    let allowed = statements
        .iter()
        .filter(|statement| statement.effect == Effect::Allow);
    let mut found = BTreeSet::new();
    for statement in allowed {
        for grantee in named(&statement.principals) {
            let holds = |action: &&&str| {
                grants(statement, action)
                    && !denies_always(statements, action, PolicyKind::Kms, |one| *one == grantee)
            };
            let name = name(&grantee, context);
            found.extend(name.filter(|_| any_of.iter().any(|action| holds(&action))));
        }
    }
    found
}

fn named(principals: &Selection<Grantee>) -> Vec<Grantee> {
    match principals {
        Selection::Only(grantees) => grantees.clone(),
        Selection::AllBut(_) => vec![Grantee::Everyone],
    }
}

fn grants(statement: &Statement, action: &str) -> bool {
    !actions::granted_of(&statement.actions, action, PolicyKind::Kms).is_empty()
}

/// The name of a principal; none for the owner's account and for those that no longer exist.
fn name(grantee: &Grantee, context: &Context<'_>) -> Option<String> {
    match grantee {
        Grantee::Account(id) => (id != context.account_id).then(|| id.clone()),
        Grantee::Everyone | Grantee::Anyone => Some("*".to_owned()),
        Grantee::Deleted(_) => None,
        Grantee::Member(name, _)
        | Grantee::Service(name)
        | Grantee::OriginAccess(name)
        | Grantee::Federated(name, _)
        | Grantee::WebIdentity(name)
        | Grantee::Unresolved(name) => Some(name.clone()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::document::statements;
    use super::*;

    const ROOT: &str = "arn:aws:iam::111122223333:root";
    const OPS: &str = "arn:aws:iam::111122223333:role/Ops";

    fn context() -> Context<'static> {
        Context {
            account_id: "111122223333",
            ..Context::of_unknown(PolicyKind::Kms)
        }
    }

    fn keeps(list: &Value) -> bool {
        keeps_account(
            &statements(&json!({"Statement": list})).unwrap(),
            &context(),
        )
    }

    fn with_use(list: &Value) -> Vec<String> {
        let statements = statements(&json!({"Statement": list})).unwrap();
        let found = administrators_with_use(&statements, &context());
        found.into_iter().collect()
    }

    fn statement(effect: &str, principal: &Value, action: &Value) -> Value {
        json!({"Effect": effect, "Principal": principal, "Action": action, "Resource": "*"})
    }

    fn allow(arn: &str, action: &Value) -> Value {
        statement("Allow", &json!({"AWS": arn}), action)
    }

    #[test]
    fn the_default_key_policy_keeps_the_account() {
        assert!(keeps(&allow(ROOT, &json!("kms:*"))));
        assert!(keeps(&allow("111122223333", &json!(["kms:Put*"]))));
        assert!(keeps(&statement("Allow", &json!("*"), &json!("*"))));
    }

    #[test]
    fn without_an_unconditional_grant_the_account_is_lost() {
        assert!(!keeps(&json!([])));
        assert!(!keeps(&allow(OPS, &json!("kms:*"))));
        assert!(!keeps(&allow(
            "arn:aws:iam::444455556666:root",
            &json!("kms:*")
        )));
        assert!(!keeps(&allow(ROOT, &json!("kms:Decrypt"))));
        let mut conditional = allow(ROOT, &json!("kms:*"));
        conditional["Condition"] =
            json!({"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}});
        assert!(!keeps(&conditional));
        for principal in [json!("*"), json!({"AWS": ROOT})] {
            let deny = statement("Deny", &principal, &json!("kms:PutKeyPolicy"));
            assert!(!keeps(&json!([allow(ROOT, &json!("kms:*")), deny])));
        }
        let mut deny = statement("Deny", &json!({"AWS": OPS}), &json!("kms:*"));
        assert!(keeps(&json!([allow(ROOT, &json!("kms:*")), deny])));
        deny.as_object_mut().unwrap().remove("Principal");
        deny["NotPrincipal"] = json!({"AWS": OPS});
        assert!(!keeps(&json!([allow(ROOT, &json!("kms:*")), deny])));
    }

    #[test]
    fn a_principal_with_both_is_found_behind_wildcards_and_in_two_statements() {
        assert_eq!(with_use(&allow(OPS, &json!("kms:*"))), [OPS]);
        assert_eq!(
            with_use(&allow("444455556666", &json!("*"))),
            ["444455556666"]
        );
        let apart = json!([
            allow(OPS, &json!("kms:Put*")),
            allow(OPS, &json!("kms:De*"))
        ]);
        assert_eq!(with_use(&apart), [OPS]);
        let mut everyone = statement("Allow", &json!("*"), &json!("kms:*"));
        everyone["Condition"] = json!({"StringEquals": {"kms:CallerAccount": "111122223333"}});
        assert_eq!(with_use(&everyone), ["*"]);
    }

    #[test]
    fn administration_and_use_are_separated_by_principal() {
        assert!(with_use(&allow(ROOT, &json!("kms:*"))).is_empty());
        let administration = json!(["kms:Create*", "kms:Put*", "kms:Get*", "kms:Delete*"]);
        assert!(with_use(&allow(OPS, &administration)).is_empty());
        let user = "arn:aws:iam::111122223333:role/App";
        let apart = json!([
            allow(OPS, &administration),
            allow(
                user,
                &json!(["kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"])
            )
        ]);
        assert!(with_use(&apart).is_empty());
        let denied = json!([
            allow(OPS, &json!("kms:*")),
            statement("Deny", &json!({"AWS": OPS}), &json!("kms:PutKeyPolicy"))
        ]);
        assert!(with_use(&denied).is_empty());
    }
}
