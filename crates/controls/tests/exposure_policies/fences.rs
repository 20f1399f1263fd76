//! Deny statements that take away what an Allow gives.

use serde_json::json;

use super::{allow, bucket};

#[test]
fn a_deny_before_some_actions_takes_only_those_away() {
    let mut deny = allow(&json!("*"), &json!("s3:PutObject"));
    deny["Effect"] = json!("Deny");
    deny["Sid"] = json!("NoWrites");
    let granted = json!(["s3:GetObject", "s3:PutObject"]);
    let found = bucket(&json!([allow(&json!("*"), &granted), deny]));
    assert!(found.public && found.public_read && !found.public_write);
    assert_eq!(found.public_actions, ["s3:GetObject"]);
}

#[test]
fn a_fence_is_named_and_the_statement_tells_what_it_would_be_without() {
    let mut deny = allow(&json!("*"), &json!("s3:*"));
    deny["Effect"] = json!("Deny");
    deny["Sid"] = json!("Perimeter");
    deny["Condition"] = json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-own1234567"}});
    let found = bucket(&json!([allow(&json!("*"), &json!("s3:GetObject")), deny]));
    assert!(!found.public);
    let statement = serde_json::to_value(&found.statements[0]).unwrap();
    assert_eq!(statement["fenced_by"], json!(["Perimeter"]));
    assert_eq!(statement["exposure"], "organization");
    assert_eq!(statement["unfenced_exposure"], "public");
}

#[test]
fn bucket_and_objects_may_be_fenced_by_two_statements() {
    let fence = |resource: &str| {
        json!({
            "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": resource,
            "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}
        })
    };
    let granted = allow(&json!("*"), &json!("s3:*"));
    let objects = fence("arn:aws:s3:::amzn-s3-demo-bucket/*");
    assert!(bucket(&json!([granted, objects])).public);
    let both = bucket(&json!([
        granted,
        objects,
        fence("arn:aws:s3:::amzn-s3-demo-bucket")
    ]));
    assert!(!both.public);
    assert_eq!(both.statements[0].fenced_by, ["statement 2", "statement 3"]);
}

#[test]
fn a_fence_keeps_a_named_account_inside_the_own_organization_too() {
    let granted = allow(&json!({"AWS": "444455556666"}), &json!("s3:GetObject"));
    let mut deny = allow(&json!("*"), &json!("s3:*"));
    deny["Effect"] = json!("Deny");
    deny["Condition"] = json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-own1234567"}});
    let found = bucket(&json!([granted, deny]));
    assert!(found.untrusted_accounts.is_empty());
    assert_eq!(found.statements[0].fenced_by, ["statement 2"]);
}

#[test]
fn a_fence_before_some_of_the_actions_is_not_said_to_fence_the_statement() {
    let granted = allow(&json!("*"), &json!(["s3:GetObject", "s3:PutObject"]));
    let mut deny = allow(&json!("*"), &json!("s3:Put*"));
    deny["Effect"] = json!("Deny");
    deny["Condition"] = json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-own1234567"}});
    let found = bucket(&json!([granted, deny]));
    assert!(found.public_read && !found.public_write);
    assert!(found.statements[0].fenced_by.is_empty());
}
