//! The facts about a whole policy that controls read.

use controls::exposure::PolicyKind;
use serde_json::{Value, json};

use super::{KEY, allow, analysed, bucket};

fn perimeter(organization: &str) -> Value {
    let mut deny = allow(&json!("*"), &json!("s3:*"));
    deny["Effect"] = json!("Deny");
    deny["Condition"] = json!({
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": organization},
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}
    });
    deny
}

#[test]
fn a_perimeter_names_the_organizations_that_it_leaves_in() {
    assert!(bucket(&json!([])).confined_to_organizations.is_empty());
    let found = bucket(&json!([perimeter("o-own1234567")]));
    assert_eq!(found.confined_to_organizations, ["o-own1234567"]);
    let mut account = perimeter("o-own1234567");
    account["Condition"]["StringNotEqualsIfExists"]["aws:PrincipalAccount"] = json!("111122223333");
    assert_eq!(bucket(&account).confined_to_organizations, ["o-own1234567"]);
}

#[test]
fn a_perimeter_with_a_gap_is_none() {
    let spoilt = |pointer: &str, value: Value| {
        let mut deny = perimeter("o-own1234567");
        *deny.pointer_mut(pointer).unwrap() = value;
        bucket(&deny).confined_to_organizations
    };
    assert!(spoilt("/Action", json!("s3:Get*")).is_empty());
    assert!(spoilt("/Resource", json!("arn:aws:s3:::amzn-s3-demo-bucket/*")).is_empty());
    assert!(spoilt("/Effect", json!("Allow")).is_empty());
    let condition = "/Condition/StringNotEqualsIfExists";
    for except in [
        json!({"aws:PrincipalOrgID": "o-*"}),
        json!({"aws:PrincipalOrgID": "o-own1234567", "aws:PrincipalAccount": "444455556666"}),
        json!({"aws:PrincipalOrgID": "o-own1234567", "aws:SourceVpce": "vpce-1a2b3c4d"}),
        json!({"aws:PrincipalAccount": "111122223333"}),
    ] {
        assert!(spoilt(condition, except.clone()).is_empty(), "{except}");
    }
}

#[test]
fn a_perimeter_may_be_made_of_two_statements() {
    let part = |resource: &str| {
        let mut deny = perimeter("o-own1234567");
        deny["Resource"] = json!(resource);
        deny
    };
    let objects = part("arn:aws:s3:::amzn-s3-demo-bucket/*");
    let itself = part("arn:aws:s3:::amzn-s3-demo-bucket");
    assert_eq!(
        bucket(&json!([objects, itself])).confined_to_organizations,
        ["o-own1234567"]
    );
}

#[test]
fn an_allow_by_exception_is_named() {
    let mut principals = allow(&json!("*"), &json!("s3:GetObject"));
    principals.as_object_mut().unwrap().remove("Principal");
    principals["NotPrincipal"] = json!({"AWS": "444455556666"});
    let mut actions = allow(&json!({"AWS": "111122223333"}), &json!("s3:GetObject"));
    actions.as_object_mut().unwrap().remove("Action");
    actions["NotAction"] = json!("s3:Delete*");
    actions["Sid"] = json!("Most");
    let mut deny = principals.clone();
    deny["Effect"] = json!("Deny");
    let found = bucket(&json!([deny, principals, actions]));
    assert_eq!(found.allows_all_but, ["statement 2", "Most"]);
}

#[test]
fn actions_that_others_may_not_have_are_excessive() {
    let excessive =
        |principal: Value, action: Value| bucket(&allow(&principal, &action)).excessive_actions;
    let foreign = json!({"AWS": "444455556666"});
    assert!(excessive(foreign.clone(), json!(["S3:GETOBJECT", "s3:ListBucket"])).is_empty());
    assert_eq!(excessive(foreign.clone(), json!("s3:List*")), ["s3:List*"]);
    assert_eq!(
        excessive(json!("*"), json!(["s3:GetObject", "s3:PutObject"])),
        ["s3:PutObject"]
    );
    assert!(excessive(json!({"AWS": "111122223333"}), json!("s3:*")).is_empty());
    let service = json!({"Service": "logging.s3.amazonaws.com"});
    assert!(excessive(service, json!("s3:PutObject")).is_empty());
    assert!(
        analysed(PolicyKind::Kms, &allow(&foreign, &json!("kms:*")))
            .excessive_actions
            .is_empty()
    );
}

#[test]
fn a_service_that_acts_for_a_foreign_account_is_untrusted() {
    let service = json!({"Service": "cloudtrail.amazonaws.com"});
    let untrusted = |condition: Value| {
        let mut statement = allow(&service, &json!("s3:PutObject"));
        statement["Condition"] = condition;
        bucket(&statement).untrusted_sources
    };
    let accounts = json!([
        "111122223333",
        "222233334444",
        "333344445555",
        "444455556666"
    ]);
    assert_eq!(
        untrusted(json!({"StringEquals": {"aws:SourceAccount": accounts}})),
        ["444455556666"]
    );
    let trail = "arn:aws:cloudtrail:eu-west-1:444455556666:trail/main";
    assert_eq!(
        untrusted(json!({"ArnLike": {"aws:SourceArn": trail}})),
        ["444455556666"]
    );
    assert!(untrusted(json!({"StringEquals": {"aws:SourceAccount": "222233334444"}})).is_empty());
    assert!(untrusted(json!({})).is_empty());
}

#[test]
fn facts_about_keys_are_silent_about_buckets_and_the_other_way_round() {
    let statement = allow(&json!({"AWS": "111122223333"}), &json!("*"));
    let mut deny = allow(&json!("*"), &json!("*"));
    deny["Effect"] = json!("Deny");
    deny["Resource"] = json!(["*", KEY]);
    let policy = json!([statement, deny]);
    let (of_bucket, of_key) = (bucket(&policy), analysed(PolicyKind::Kms, &policy));
    assert!(!of_bucket.keeps_account && of_bucket.administrators_with_use.is_empty());
    assert!(of_key.locked_out_by.is_empty() && !of_bucket.locked_out_by.is_empty());
    assert!(analysed(PolicyKind::Kms, &statement).keeps_account);
}
