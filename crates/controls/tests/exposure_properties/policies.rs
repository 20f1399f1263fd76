//! Random policies: principals, conditions and statements from the words that matter, and any JSON.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// Any JSON, with the words of the policy grammar likely enough to get deep into the reader.
pub(crate) fn any_json() -> impl Strategy<Value = Value> {
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

pub(crate) fn principal() -> impl Strategy<Value = Value> {
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
pub(crate) fn condition() -> impl Strategy<Value = (&'static str, &'static str, Value)> {
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

pub(crate) fn block(conditions: &[(&str, &str, Value)]) -> Value {
    let mut block = json!({});
    for (operator, key, value) in conditions {
        block[*operator][*key] = value.clone();
    }
    block
}

pub(crate) fn allow() -> impl Strategy<Value = Value> {
    let actions = select(vec![
        json!("s3:GetObject"),
        json!("s3:*"),
        json!(["s3:PutObject", "s3:PutBucketPolicy"]),
        json!("*"),
        json!(["s3:PutKeyPolicy", "s3:Decrypt"]),
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

pub(crate) fn deny() -> impl Strategy<Value = Value> {
    let conditions = select(vec![
        json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-own1234567"}}),
        json!({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
        json!({"StringNotEquals": {"aws:PrincipalAccount": "444455556666"}}),
        json!({"Bool": {"aws:SecureTransport": "false"}}),
        json!({"StringNotEquals": {"aws:PrincipalTag/a": "b"}}),
        json!({"NumericLessThan": {"s3:TlsVersion": "1.2"}}),
        json!({"Null": {"s3:x-amz-server-side-encryption": "true"}}),
        json!({}),
    ]);
    let actions = select(vec!["s3:*", "s3:Get*", "s3:Put*"]);
    (conditions, actions).prop_map(|(condition, action)| {
        json!({
            "Effect": "Deny", "Principal": "*", "Action": action, "Resource": "*",
            "Condition": condition
        })
    })
}

pub(crate) fn policy() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(prop_oneof![3 => allow(), 1 => deny()], 1..5)
}
