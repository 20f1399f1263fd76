//! Whole policies: what the analysis says of the policy, and how it refuses a bad one.

#![cfg(test)]

mod fences;
mod refusals;
mod whom;

use std::collections::BTreeSet;

use controls::exposure::{Context, PolicyExposure, PolicyKind, analyse_str};
use serde_json::{Value, json};

fn accounts(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|&id| id.to_owned()).collect()
}

fn analysed(kind: PolicyKind, statements: &Value) -> PolicyExposure {
    let context = Context {
        kind,
        account_id: "111122223333",
        trusted_accounts: &accounts(&["333344445555"]),
        organization_id: Some("o-own1234567"),
        organization_accounts: &accounts(&["111122223333", "222233334444"]),
    };
    let policy = json!({"Version": "2012-10-17", "Statement": statements});
    analyse_str(&policy.to_string(), &context).unwrap()
}

fn bucket(statements: &Value) -> PolicyExposure {
    analysed(PolicyKind::S3, statements)
}

fn allow(principal: &Value, action: &Value) -> Value {
    json!({
        "Effect": "Allow", "Principal": principal, "Action": action,
        "Resource": ["arn:aws:s3:::amzn-s3-demo-bucket", "arn:aws:s3:::amzn-s3-demo-bucket/*"]
    })
}
