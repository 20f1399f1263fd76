//! No policy under which a stranger gets in is ever called private: the analysis against a small evaluator of requests.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test whose preparation fails must fail"
)]

mod evaluator;

use controls::exposure::{Context, PolicyExposure, PolicyKind, analyse};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use evaluator::{is_allowed, requests};

const TEXT: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
];

/// (operator, key, value): fences, what looks like one, and what does not.
fn condition() -> impl Strategy<Value = (String, &'static str, Value)> {
    let named = |operators: &'static [&str], key, values: Vec<Value>| {
        let quantified = select(vec!["", "", "", "ForAnyValue:", "ForAllValues:"]);
        let suffix = select(vec!["", "", "IfExists"]);
        (quantified, select(operators), suffix, select(values)).prop_map(
            move |(set, operator, suffix, value)| (format!("{set}{operator}{suffix}"), key, value),
        )
    };
    prop_oneof![
        named(
            TEXT,
            "aws:PrincipalOrgID",
            vec![json!("o-own"), json!("o-*")]
        ),
        named(
            TEXT,
            "aws:PrincipalAccount",
            vec![json!("111122223333"), json!(["444455556666", "*"])]
        ),
        named(
            TEXT,
            "aws:PrincipalOrgPaths",
            vec![json!("o-own/*"), json!("*/r-1/*")]
        ),
        named(
            TEXT,
            "aws:SourceVpce",
            vec![json!("vpce-1"), json!("vpce-*")]
        ),
        named(
            TEXT,
            "aws:SourceAccount",
            vec![json!("111122223333"), json!("*")]
        ),
        named(TEXT, "aws:userid", vec![json!("AROAX:*"), json!("*:me")]),
        named(
            &["IpAddress", "NotIpAddress"],
            "aws:SourceIp",
            vec![
                json!("203.0.113.0/24"),
                json!("0.0.0.0/0"),
                json!(["0.0.0.0/1", "128.0.0.0/1"])
            ],
        ),
        named(
            &["Bool"],
            "aws:SecureTransport",
            vec![json!("true"), json!("false")]
        ),
        named(
            &["Bool"],
            "aws:PrincipalIsAWSService",
            vec![json!("true"), json!("false")]
        ),
        (
            select(vec!["aws:PrincipalOrgID", "aws:SourceVpce"]),
            select(vec!["true", "false"])
        )
            .prop_map(|(key, value)| ("Null".to_owned(), key, json!(value))),
    ]
}

fn statement() -> impl Strategy<Value = Value> {
    let principals = vec![
        json!("*"),
        json!({"AWS": "*"}),
        json!({"Service": "*"}),
        json!({"AWS": "111122223333"}),
    ];
    let actions = vec![
        "s3:GetObject",
        "s3:Get*",
        "s3:Put*",
        "s3:*",
        "*",
        "s3:*Object",
    ];
    let resources = vec![
        json!("*"),
        json!("arn:aws:s3:::b*"),
        json!("arn:aws:s3:::b/*"),
        json!("arn:aws:s3:::b/private/*"),
        json!(["arn:aws:s3:::b", "arn:aws:s3:::b/*"]),
    ];
    (
        select(vec!["Allow", "Deny"]),
        select(principals),
        (
            select(vec!["Action", "Action", "Action", "NotAction"]),
            select(actions),
        ),
        (
            select(vec!["Resource", "Resource", "Resource", "NotResource"]),
            select(resources),
        ),
        prop::collection::vec(condition(), 0..3),
    )
        .prop_map(|(effect, principal, action, resource, conditions)| {
            let mut block = json!({});
            for (operator, key, value) in conditions {
                block[operator][key] = value;
            }
            let mut statement =
                json!({"Effect": effect, "Principal": principal, "Condition": block});
            statement[action.0] = json!(action.1);
            statement[resource.0] = resource.1;
            statement
        })
}

fn analysed(statements: &[Value]) -> PolicyExposure {
    let context = Context {
        resource_arn: "arn:aws:s3:::b",
        account_id: "111122223333",
        organization_id: Some("o-own"),
        ..Context::of_unknown(PolicyKind::S3)
    };
    analyse(&json!({"Statement": statements}), &context).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_policy_that_lets_a_stranger_in_is_public(
        policy in prop::collection::vec(statement(), 1..4)
    ) {
        let found = analysed(&policy);
        for request in requests().iter().filter(|request| is_allowed(&policy, request)) {
            let reads = request.action != "s3:PutObject" && request.action != "s3:PutBucketPolicy";
            let class = if reads { found.public_read } else { found.public_write };
            let done = (request.action, request.resource, &request.keys);
            prop_assert!(found.public && class, "{:?}", done);
        }
        let http = |request: &&evaluator::Request| request.keys["aws:SecureTransport"] == ["false"];
        for request in requests().iter().filter(http) {
            let open = json!({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"});
            let all: Vec<Value> = policy.iter().cloned().chain([open]).collect();
            prop_assert!(!(found.denies_insecure_transport && is_allowed(&all, request)));
        }
    }
}
