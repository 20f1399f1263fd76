//! Whole policies: what the analysis says of the policy, and how it refuses a bad one.

#![cfg(test)]

mod facts;
mod fences;
mod refusals;
mod whom;

use std::collections::BTreeSet;

use controls::exposure::{Context, PolicyExposure, PolicyKind, analyse_str};
use serde_json::{Value, json};

const ACCESS_POINT: &str = "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap";
const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

fn accounts(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|&id| id.to_owned()).collect()
}

fn analysed(kind: PolicyKind, statements: &Value) -> PolicyExposure {
    let resource_arn = match kind {
        PolicyKind::S3 => "arn:aws:s3:::amzn-s3-demo-bucket",
        PolicyKind::AccessPoint => ACCESS_POINT,
        PolicyKind::Kms => KEY,
    };
    let context = Context {
        resource_arn,
        account_id: "111122223333",
        trusted_accounts: &accounts(&["333344445555"]),
        organization_id: Some("o-own1234567"),
        organization_accounts: &accounts(&["111122223333", "222233334444"]),
        actions_of_others: &accounts(&["s3:Get*", "S3:listbucket"]),
        ..Context::of_unknown(kind)
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
