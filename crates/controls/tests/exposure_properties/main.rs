//! Properties of the analysis of resource policies that hold for every policy.

#![cfg(test)]

mod policies;

use controls::exposure::{Context, Exposure, PolicyExposure, PolicyKind, analyse};
use policies::{allow, any_json, condition, deny, policy};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn analysed(policy: &Value, kind: PolicyKind) -> Option<PolicyExposure> {
    let context = Context {
        account_id: "111122223333",
        organization_id: Some("o-own1234567"),
        ..Context::of_unknown(kind)
    };
    analyse(policy, &context).ok()
}

fn exposure(statements: &[Value]) -> PolicyExposure {
    analysed(&json!({"Statement": statements}), PolicyKind::S3).unwrap()
}

fn is_within<T: Ord>(inner: &[T], outer: &[T]) -> bool {
    inner.iter().all(|item| outer.contains(item))
}

/// Letter case changed wherever AWS does not look at it: operators, keys, names of actions.
fn shouted(statement: &Value) -> Value {
    let mut shouted = statement.clone();
    if let Some(block) = statement["Condition"].as_object() {
        let upper = |(key, value): (&String, &Value)| (key.to_uppercase(), value.clone());
        let operators = block.iter().map(|(operator, keys)| {
            let keys: Map<_, _> = keys.as_object().unwrap().iter().map(upper).collect();
            (operator.to_uppercase(), Value::from(keys))
        });
        shouted["Condition"] = Value::from(operators.collect::<Map<_, _>>());
    }
    let actions = statement["Action"]
        .to_string()
        .replace("s3:", "S3:")
        .replace("Put", "PUT");
    shouted["Action"] = serde_json::from_str(&actions).unwrap();
    shouted
}

proptest! {
    #[test]
    fn no_json_is_too_strange(value in any_json()) {
        for kind in [PolicyKind::S3, PolicyKind::Kms] {
            analysed(&value, kind);
            analysed(&json!({"Statement": value}), kind);
            analysed(
                &json!({"Statement": {
                    "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": value.clone(),
                    "Condition": value.clone()
                }}),
                kind,
            );
        }
    }

    #[test]
    fn no_condition_is_too_strange(
        operator in "(ForA(ny|ll)Values?:)?[A-Za-z]{0,12}(IfExists)?",
        key in "[a-z]{0,3}:?[A-Za-z/:]{0,12}",
        value in "[-a-z0-9:/.*?${}é]{0,24}",
    ) {
        let statement = json!({
            "Effect": "Allow", "Principal": {"AWS": value.clone()}, "Action": value.clone(),
            "Resource": value.clone(), "Condition": {operator: {key: value.clone()}},
        });
        let real = json!({
            "Effect": "Deny", "Principal": "*", "Action": value.clone(), "Resource": value.clone(),
            "Condition": {
                "NotIpAddress": {"aws:SourceIp": value.clone()},
                "StringNotLike": {"aws:PrincipalArn": value.clone(), "aws:userid": value},
            },
        });
        let found = analysed(&json!({"Statement": [statement, real]}), PolicyKind::S3);
        prop_assert!(found.is_some());
    }

    #[test]
    fn one_more_condition_never_widens_an_allow(
        statement in allow(),
        fences in prop::collection::vec(deny(), 0..2),
        more in condition(),
    ) {
        let (operator, key, value) = more;
        let mut narrowed = statement.clone();
        // Replacing a condition or requiring the presence of a key is something else.
        prop_assume!(statement["Condition"][operator].get(key).is_none() && operator != "Null");
        narrowed["Condition"][operator][key] = value;
        let before = exposure(&[vec![statement], fences.clone()].concat());
        let after = exposure(&[vec![narrowed], fences].concat());
        prop_assert!(after.statements[0].exposure <= before.statements[0].exposure);
        prop_assert!(after.public <= before.public);
        prop_assert!(after.public_write <= before.public_write);
        prop_assert!(is_within(&after.public_actions, &before.public_actions));
        if before.statements[0].exposure == Exposure::Service {
            let (before, after) = (before.services_without_source, after.services_without_source);
            prop_assert!(is_within(&after, &before));
        }
    }

    #[test]
    fn one_more_allow_never_narrows_a_policy(statements in policy(), more in allow()) {
        let before = exposure(&statements);
        let after = exposure(&[statements, vec![more]].concat());
        let kept = &after.statements[..before.statements.len()];
        prop_assert_eq!(kept, before.statements.as_slice());
        prop_assert!(before.public <= after.public);
        prop_assert!(before.public_read <= after.public_read);
        prop_assert!(before.public_write <= after.public_write);
        prop_assert!(before.cross_account <= after.cross_account);
        prop_assert!(is_within(&before.accounts, &after.accounts));
        prop_assert!(is_within(&before.untrusted_accounts, &after.untrusted_accounts));
        prop_assert!(is_within(&before.services, &after.services));
        prop_assert!(is_within(&before.untrusted_sources, &after.untrusted_sources));
        prop_assert!(is_within(&before.excessive_actions, &after.excessive_actions));
        let (before, after) = (before.services_without_source, after.services_without_source);
        prop_assert!(is_within(&before, &after));
    }

    #[test]
    fn one_more_deny_never_widens_a_policy(statements in policy(), more in deny()) {
        let before = exposure(&statements);
        let after = exposure(&[statements, vec![more]].concat());
        for (after, before) in after.statements.iter().zip(&before.statements) {
            prop_assert!(after.exposure <= before.exposure);
        }
        prop_assert!(after.public_write <= before.public_write);
        prop_assert!(before.denies_insecure_transport <= after.denies_insecure_transport);
        prop_assert!(before.denies_old_tls <= after.denies_old_tls);
        prop_assert!(before.requires_encryption_on_upload <= after.requires_encryption_on_upload);
        prop_assert!(is_within(&before.locked_out_by, &after.locked_out_by));
    }

    #[test]
    fn the_order_of_statements_does_not_matter(statements in policy()) {
        let forward = exposure(&statements);
        let backward = exposure(&statements.iter().rev().cloned().collect::<Vec<_>>());
        let classes = |found: &PolicyExposure| -> Vec<Exposure> {
            found.statements.iter().map(|statement| statement.exposure).collect()
        };
        let mut reversed = classes(&backward);
        reversed.reverse();
        prop_assert_eq!(classes(&forward), reversed);
        prop_assert_eq!(forward.locked_out_by.len(), backward.locked_out_by.len());
        let without = |mut found: PolicyExposure| {
            found.statements.clear();
            // It names statements by their position.
            found.locked_out_by.clear();
            found
        };
        prop_assert_eq!(without(forward), without(backward));
    }

    #[test]
    fn letter_case_of_operators_keys_and_actions_does_not_matter(statements in policy()) {
        let plain = exposure(&statements);
        let loud = exposure(&statements.iter().map(shouted).collect::<Vec<_>>());
        for (plain, loud) in plain.statements.iter().zip(&loud.statements) {
            prop_assert_eq!(plain.exposure, loud.exposure);
            prop_assert_eq!(&plain.accounts, &loud.accounts);
            prop_assert_eq!(plain.restricted_by.len(), loud.restricted_by.len());
        }
        prop_assert_eq!(plain.public, loud.public);
        prop_assert_eq!(plain.public_write, loud.public_write);
        prop_assert_eq!(
            plain.cross_account_sensitive_actions, loud.cross_account_sensitive_actions
        );
        prop_assert_eq!(plain.denies_insecure_transport, loud.denies_insecure_transport);
        prop_assert_eq!(plain.denies_old_tls, loud.denies_old_tls);
        prop_assert_eq!(
            plain.requires_encryption_on_upload, loud.requires_encryption_on_upload
        );
        prop_assert_eq!(plain.confined_to_organizations, loud.confined_to_organizations);
    }

    #[test]
    fn no_administrator_of_a_key_is_lost_by_one_more_allow(
        statements in policy(), more in allow()
    ) {
        let key = |statements: &[Value]| {
            let text = json!({"Statement": statements}).to_string().replace("s3:", "kms:");
            analysed(&serde_json::from_str(&text).unwrap(), PolicyKind::Kms).unwrap()
        };
        let before = key(&statements);
        let after = key(&[statements, vec![more]].concat());
        prop_assert!(before.keeps_account <= after.keeps_account);
        prop_assert!(
            is_within(&before.administrators_with_use, &after.administrators_with_use)
        );
    }

    #[test]
    fn a_policy_is_public_exactly_if_some_action_is(statements in policy()) {
        let found = exposure(&statements);
        let public = |statement: &controls::exposure::StatementExposure| {
            statement.exposure == Exposure::Public
        };
        prop_assert_eq!(found.public, found.statements.iter().any(public));
        prop_assert_eq!(found.public, !found.public_actions.is_empty());
        prop_assert!(found.public || !(found.public_read || found.public_write));
        prop_assert_eq!(found.public_read, found.public_get || found.public_list);
    }
}
