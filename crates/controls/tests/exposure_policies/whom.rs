//! Whom a policy lets in, and to what.

use controls::exposure::PolicyKind;
use serde_json::{Value, json};

use super::{allow, analysed, bucket};

#[test]
fn reading_and_writing_are_told_apart() {
    let facts = |action: Value| {
        let found = bucket(&allow(&json!("*"), &action));
        (
            found.public_get,
            found.public_list,
            found.public_read,
            found.public_write,
        )
    };
    assert_eq!(facts(json!("s3:GetObject")), (true, false, true, false));
    assert_eq!(facts(json!("s3:ListBucket")), (false, true, true, false));
    assert_eq!(facts(json!("s3:PutObject")), (false, false, false, true));
    assert_eq!(
        facts(json!("s3:DeleteObject*")),
        (false, false, false, true)
    );
    assert_eq!(facts(json!("s3:PutBucketAcl")), (false, false, false, true));
    assert_eq!(
        facts(json!("s3:RestoreObject")),
        (false, false, false, true)
    );
    assert_eq!(
        facts(json!(["s3:ReplicateObject", "S3:LISTBUCKET"])),
        (false, true, true, true)
    );
    assert_eq!(facts(json!("*")), (true, true, true, true));
}

#[test]
fn not_action_grants_everything_else() {
    let mut statement = allow(&json!("*"), &json!("s3:PutObject"));
    let exceptions = json!(["s3:Put*", "s3:Delete*"]);
    statement.as_object_mut().unwrap().remove("Action");
    statement["NotAction"] = exceptions;
    let found = bucket(&statement);
    assert!(
        found.public_read && found.public_write,
        "restoring objects is still granted"
    );
    assert_eq!(found.public_actions, ["s3:*"]);
}

#[test]
fn foreign_accounts_are_untrusted_unless_known() {
    let principal = json!({
        "AWS": ["111122223333", "222233334444", "333344445555", "444455556666"]
    });
    let found = bucket(&allow(&principal, &json!("s3:GetObject")));
    assert!(found.cross_account && !found.public);
    assert_eq!(
        found.accounts,
        ["222233334444", "333344445555", "444455556666"]
    );
    assert_eq!(found.untrusted_accounts, ["444455556666"]);
    assert_eq!(found.statements[0].accounts[0], "111122223333");
}

#[test]
fn a_named_account_inside_the_own_organization_is_not_untrusted() {
    let mut statement = allow(&json!({"AWS": "444455556666"}), &json!("s3:GetObject"));
    statement["Condition"] = json!({"StringEquals": {"aws:PrincipalOrgID": "o-own1234567"}});
    let found = bucket(&statement);
    assert_eq!(found.accounts, ["444455556666"]);
    assert!(found.untrusted_accounts.is_empty());
    assert_eq!(found.statements[0].restricted_by, ["aws:PrincipalOrgID"]);
    statement["Condition"] = json!({"StringEquals": {"aws:PrincipalOrgID": "o-other123456"}});
    assert_eq!(bucket(&statement).untrusted_accounts, ["444455556666"]);
}

#[test]
fn a_foreign_organization_is_told_from_the_own() {
    let mut statement = allow(&json!("*"), &json!("s3:GetObject"));
    statement["Condition"] =
        json!({"StringEquals": {"aws:PrincipalOrgID": ["o-own1234567", "o-other123456"]}});
    let found = bucket(&statement);
    assert!(!found.public && found.cross_account);
    assert_eq!(found.organizations, ["o-other123456", "o-own1234567"]);
    assert_eq!(found.foreign_organizations, ["o-other123456"]);
}

#[test]
fn sensitive_actions_of_other_accounts_are_found_behind_wildcards() {
    let sensitive = |principal: Value, action: Value| {
        bucket(&allow(&principal, &action)).cross_account_sensitive_actions
    };
    let foreign = json!({"AWS": "444455556666"});
    assert_eq!(
        sensitive(foreign.clone(), json!("s3:Put*Acl")),
        ["s3:PutBucketAcl", "s3:PutObjectAcl"]
    );
    assert_eq!(sensitive(foreign.clone(), json!("s3:*")).len(), 5);
    assert_eq!(
        sensitive(json!("*"), json!("s3:deletebucketpolicy")),
        ["s3:DeleteBucketPolicy"]
    );
    assert!(sensitive(foreign, json!("s3:GetObject")).is_empty());
    let provider = json!({"Federated": "arn:aws:iam::444455556666:saml-provider/corp"});
    assert_eq!(sensitive(provider, json!("s3:*")).len(), 5);
    assert!(sensitive(json!({"AWS": "111122223333"}), json!("s3:*")).is_empty());
    let key = allow(&json!("*"), &json!("*"));
    assert!(
        analysed(PolicyKind::Kms, &key)
            .cross_account_sensitive_actions
            .is_empty()
    );
}

#[test]
fn a_service_must_say_for_whom_it_acts() {
    let service = json!({"Service": "logging.s3.amazonaws.com"});
    let mut statement = allow(&service, &json!("s3:PutObject"));
    let unsourced = |statement: &Value| bucket(statement).services_without_source;
    assert_eq!(unsourced(&statement), ["logging.s3.amazonaws.com"]);
    for condition in [
        json!({"StringEquals": {"aws:SourceAccount": "111122223333"}}),
        json!({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::amzn-s3-demo-source-bucket"}}),
        json!({"StringEquals": {"aws:SourceOrgID": "o-own1234567"}}),
    ] {
        statement["Condition"] = condition;
        assert!(unsourced(&statement).is_empty(), "{statement}");
    }
    for condition in [
        json!({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}}),
        json!({"StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}}),
        json!({"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}),
    ] {
        statement["Condition"] = condition;
        assert_eq!(
            unsourced(&statement),
            ["logging.s3.amazonaws.com"],
            "{statement}"
        );
    }
    let identity = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC";
    let found = bucket(&allow(&json!({"AWS": identity}), &json!("s3:GetObject")));
    assert_eq!(found.services, ["cloudfront.amazonaws.com"]);
    assert!(found.services_without_source.is_empty());
}

#[test]
fn other_principals_are_listed_by_kind() {
    let principal = json!({
        "AWS": "AROAKSCDLFT9R5DQP782U",
        "Federated": "arn:aws:iam::111122223333:saml-provider/corp",
        "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
    });
    let found = bucket(&allow(&principal, &json!("s3:GetObject")));
    assert_eq!(found.deleted_principals, ["AROAKSCDLFT9R5DQP782U"]);
    assert_eq!(
        found.federated,
        ["arn:aws:iam::111122223333:saml-provider/corp"]
    );
    assert_eq!(found.unresolved_principals.len(), 1);
    assert!(found.cross_account && found.accounts.is_empty());
}

#[test]
fn the_answer_has_the_shape_that_the_command_line_prints() {
    let statement = json!({
        "Sid": "Shared", "Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt",
        "Resource": "*",
        "Condition": {"StringEquals": {
            "kms:CallerAccount": "444455556666", "kms:ViaService": "s3.eu-west-1.amazonaws.com"
        }}
    });
    let found = serde_json::to_value(analysed(PolicyKind::Kms, &statement)).unwrap();
    assert_eq!(found["public"], false);
    let entry = &found["statements"][0];
    assert_eq!(entry["sid"], "Shared");
    assert_eq!(entry["exposure"], "cross_account");
    assert_eq!(entry["accounts"], json!(["444455556666"]));
    assert_eq!(entry["restricted_by"], json!(["kms:CallerAccount"]));
    assert_eq!(entry["not_restricted_by"][0]["key"], "kms:ViaService");
    assert!(
        entry["not_restricted_by"][0]["why"]
            .as_str()
            .unwrap()
            .contains("service")
    );
}

#[test]
fn a_statement_may_be_an_object_or_a_list() {
    let statement = allow(&json!("*"), &json!("s3:GetObject"));
    assert_eq!(bucket(&statement), bucket(&json!([statement])));
    assert!(bucket(&statement).public);
}

#[test]
fn the_longest_policy_is_analysed_quickly() {
    let arn = |number| format!("arn:aws:s3:::amzn-s3-demo-bucket/{number}/*");
    let resources: Vec<String> = (0..300).map(arn).collect();
    let actions: Vec<String> = (0..300)
        .map(|number| format!("s3:*{number}*a*b*c*"))
        .collect();
    let mut deny = allow(&json!("*"), &json!(actions));
    deny["Effect"] = json!("Deny");
    deny["Resource"] = json!(resources);
    deny["Condition"] = json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-own1234567"}});
    let mut granted = allow(&json!("*"), &json!(actions));
    granted["Resource"] = json!(resources);
    let begun = std::time::Instant::now();
    let found = bucket(&json!([granted, deny]));
    assert!(!found.public);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[test]
fn a_policy_without_statements_lets_nobody_in() {
    let found = bucket(&json!([]));
    assert!(!found.public && !found.cross_account && !found.denies_insecure_transport);
}
