//! Properties of the analysis of resource policies that hold for every policy.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test whose preparation fails must fail"
)]

use std::collections::BTreeSet;

use controls::exposure::{Context, Exposure, PolicyExposure, PolicyKind, analyse};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

fn analysed(policy: &Value, kind: PolicyKind) -> Option<PolicyExposure> {
    let none = BTreeSet::new();
    let context = Context {
        kind,
        account_id: "111122223333",
        trusted_accounts: &none,
        organization_id: Some("o-own1234567"),
        organization_accounts: &none,
    };
    analyse(policy, &context).ok()
}

fn exposure(statements: &[Value]) -> PolicyExposure {
    analysed(&json!({"Statement": statements}), PolicyKind::S3).unwrap()
}

/// Any JSON, with the words of the policy grammar likely enough to get deep into the reader.
fn any_json() -> impl Strategy<Value = Value> {
    let words = select(vec![
        "Statement",
        "Effect",
        "Allow",
        "Deny",
        "Principal",
        "NotPrincipal",
        "AWS",
        "Service",
        "*",
        "Action",
        "NotAction",
        "Resource",
        "Condition",
        "StringLike",
        "Null",
        "aws:SourceIp",
        "aws:PrincipalArn",
        "arn:aws:iam::",
        "arn:aws:s3:::",
        "::/0",
        "ForAllValues:",
        "${",
        "é*",
    ]);
    let text = prop_oneof![words.prop_map(str::to_owned), "\\PC{0,8}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 6, move |inner| {
        let entries = prop::collection::vec((text.clone(), inner.clone()), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::from),
            entries.prop_map(|list| Value::from(list.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn principal() -> impl Strategy<Value = Value> {
    select(vec![
        json!("*"),
        json!({"AWS": "*"}),
        json!({"AWS": ["111122223333", "arn:aws:iam::444455556666:role/x"]}),
        json!({"AWS": "arn:aws:iam::777788889999:root"}),
        json!({"AWS": "AROAKSCDLFT9R5DQP782U"}),
        json!({"Service": "logging.s3.amazonaws.com"}),
        json!({"AWS": "*", "Service": "cloudtrail.amazonaws.com"}),
        json!({"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}),
        json!({"CanonicalUser": "79a59df900b949e5"}),
    ])
}

/// (operator, key, value), restricting and not.
fn condition() -> impl Strategy<Value = (&'static str, &'static str, Value)> {
    select(vec![
        ("StringEquals", "aws:PrincipalOrgID", json!("o-own1234567")),
        (
            "StringEquals",
            "aws:PrincipalAccount",
            json!(["111122223333", "444455556666"]),
        ),
        (
            "StringLike",
            "aws:PrincipalArn",
            json!("arn:aws:iam::444455556666:role/*"),
        ),
        (
            "ArnLike",
            "aws:PrincipalArn",
            json!("arn:aws:iam::*:role/x"),
        ),
        (
            "ArnLike",
            "aws:SourceArn",
            json!("arn:aws:s3:::amzn-s3-demo-bucket"),
        ),
        ("StringEquals", "aws:SourceAccount", json!("444455556666")),
        (
            "IpAddress",
            "aws:SourceIp",
            json!(["203.0.113.0/24", "2001:db8::/48"]),
        ),
        ("IpAddress", "aws:SourceIp", json!("0.0.0.0/0")),
        ("StringEquals", "aws:SourceVpce", json!("vpce-1a2b3c4d")),
        ("StringLike", "aws:userid", json!("AROAKSCDLFT9R5DQP782U:*")),
        ("Bool", "aws:PrincipalIsAWSService", json!("true")),
        ("Bool", "aws:SecureTransport", json!("true")),
        (
            "StringEquals",
            "kms:ViaService",
            json!("s3.eu-west-1.amazonaws.com"),
        ),
        (
            "ForAnyValue:StringLike",
            "aws:PrincipalOrgPaths",
            json!("o-own1234567/*"),
        ),
        (
            "StringEqualsIfExists",
            "aws:PrincipalOrgID",
            json!("o-own1234567"),
        ),
        ("Null", "aws:PrincipalOrgID", json!("false")),
    ])
}

fn block(conditions: &[(&str, &str, Value)]) -> Value {
    let mut block = json!({});
    for (operator, key, value) in conditions {
        block[*operator][*key] = value.clone();
    }
    block
}

fn allow() -> impl Strategy<Value = Value> {
    let actions = select(vec![
        json!("s3:GetObject"),
        json!("s3:*"),
        json!(["s3:PutObject", "s3:PutBucketPolicy"]),
        json!("*"),
    ]);
    let conditions = prop::collection::vec(condition(), 0..3);
    (principal(), actions, conditions).prop_map(|(principal, actions, conditions)| {
        json!({
            "Effect": "Allow", "Principal": principal, "Action": actions,
            "Resource": ["arn:aws:s3:::amzn-s3-demo-bucket", "arn:aws:s3:::amzn-s3-demo-bucket/*"],
            "Condition": block(&conditions)
        })
    })
}

fn deny() -> impl Strategy<Value = Value> {
    let conditions = select(vec![
        json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-own1234567"}}),
        json!({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
        json!({"StringNotEquals": {"aws:PrincipalAccount": "444455556666"}}),
        json!({"Bool": {"aws:SecureTransport": "false"}}),
        json!({"StringNotEquals": {"aws:PrincipalTag/a": "b"}}),
    ]);
    let actions = select(vec!["s3:*", "s3:Get*", "s3:Put*"]);
    (conditions, actions).prop_map(|(condition, action)| {
        json!({
            "Effect": "Deny", "Principal": "*", "Action": action, "Resource": "*",
            "Condition": condition
        })
    })
}

fn policy() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(prop_oneof![3 => allow(), 1 => deny()], 1..5)
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
    }

    #[test]
    fn one_more_deny_never_widens_a_policy(statements in policy(), more in deny()) {
        let before = exposure(&statements);
        let after = exposure(&[statements, vec![more]].concat());
        for (after, before) in after.statements.iter().zip(&before.statements) {
            prop_assert!(after.exposure <= before.exposure);
        }
        prop_assert!(after.public_write <= before.public_write);
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
        let without = |mut found: PolicyExposure| { found.statements.clear(); found };
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
