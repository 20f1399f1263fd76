use serde_json::{Value, json};

use super::*;

const CLOSED: Value = Value::Null;

fn bucket(fields: &Value) -> BucketObservation {
    let mut json = json!({
        "arn": "arn:aws:s3:::b", "name": "b", "account": "111122223333", "region": "eu-west-1",
    });
    json.as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    serde_json::from_value(json).unwrap()
}

fn analysed(fields: &Value) -> BucketAnalysis {
    BucketAnalysis::of(&bucket(fields), &Parameters::default())
}

fn block(on: bool) -> Value {
    json!({"block_public_acls": on, "ignore_public_acls": on, "block_public_policy": on, "restrict_public_buckets": on})
}

fn policy(principal: &Value, action: &str) -> Value {
    json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]},
    ]})
}

fn acl(group: &str, permission: &str) -> Value {
    let uri = format!("http://acs.amazonaws.com/groups/{group}");
    json!({"owner": "me", "grants": [
        {"grantee_type": "CanonicalUser", "grantee_id": "me", "grantee_uri": null, "permission": "FULL_CONTROL"},
        {"grantee_type": "Group", "grantee_id": null, "grantee_uri": uri, "permission": permission},
    ]})
}

#[test]
fn a_public_policy_is_public_unless_public_buckets_are_restricted() {
    let open = policy(&json!("*"), "s3:GetObject");
    for (own, account, public) in [
        (CLOSED, CLOSED, Fact::Known(true)),
        (block(false), CLOSED, Fact::Known(true)),
        (block(true), CLOSED, Fact::Known(false)),
        (CLOSED, block(true), Fact::Known(false)),
    ] {
        let analysis = analysed(&json!({
            "policy": open, "acl": null, "public_access_block": own, "account_public_access_block": account,
        }));
        assert_eq!(analysis.public_read, public, "{own} {account}");
        assert_eq!(analysis.public_write, Fact::Known(false));
    }
}

#[test]
fn what_is_unread_leaves_open_only_what_rests_on_it() {
    let open = policy(&json!("*"), "s3:GetObject");
    let analysis = analysed(&json!({ "policy": open, "acl": null, "public_access_block": null }));
    assert_eq!(analysis.public_read, Fact::Unread);
    assert_eq!(analysis.public_write, Fact::Known(false));
    assert_eq!(analysis.block_public_access, Fact::Unread);
    let analysis = analysed(&json!({ "public_access_block": block(true) }));
    assert_eq!(analysis.public_read, Fact::Known(false));
    assert_eq!(analysis.receives_access_logs, Fact::Unread);
}

#[test]
fn acls_count_unless_they_are_ignored_or_disabled() {
    let open = |block: &Value, ownership: &str| {
        analysed(&json!({
            "policy": null, "acl": acl("global/AuthenticatedUsers", "WRITE_ACP"), "object_ownership": ownership,
            "public_access_block": block, "account_public_access_block": null,
        }))
    };
    assert_eq!(
        open(&CLOSED, "ObjectWriter").public_write,
        Fact::Known(true)
    );
    assert_eq!(
        open(&CLOSED, "ObjectWriter").public_read,
        Fact::Known(false)
    );
    assert_eq!(
        open(&block(true), "ObjectWriter").public_write,
        Fact::Known(false)
    );
    assert_eq!(
        open(&CLOSED, "BucketOwnerEnforced").public_write,
        Fact::Known(false)
    );
}

#[test]
fn everyone_who_reads_the_acl_reads_the_bucket() {
    let open = |block: &Value| {
        analysed(&json!({
            "policy": null, "acl": acl("global/AllUsers", "READ_ACP"), "object_ownership": "ObjectWriter",
            "public_access_block": block, "account_public_access_block": null,
        }))
    };
    assert_eq!(open(&CLOSED).public_read, Fact::Known(true));
    assert_eq!(open(&CLOSED).public_write, Fact::Known(false));
    assert_eq!(open(&block(true)).public_read, Fact::Known(false));
}

#[test]
fn full_control_for_everyone_is_everything() {
    let analysis = analysed(
        &json!({ "acl": acl("global/AllUsers", "FULL_CONTROL"), "object_ownership": null }),
    );
    let acl = analysis.acl.known().unwrap();
    assert!(acl.public_read && acl.public_write && acl.public_read_acp && acl.public_write_acp);
    assert_eq!(acl.grants_to_others, ["FULL_CONTROL to AllUsers"]);
}

#[test]
fn grants_prove_nothing_while_it_is_not_known_whether_acls_are_disabled() {
    let granted = analysed(&json!({ "acl": acl("global/AllUsers", "READ") }));
    assert_eq!(granted.acl, Fact::Unread);
    let nothing = analysed(&json!({ "acl": {"owner": "me", "grants": []} }));
    assert_eq!(nothing.acl, Fact::Known(AclExposure::default()));
}

#[test]
fn logs_arrive_by_policy_or_by_acl() {
    let logging = json!({ "Service": "logging.s3.amazonaws.com" });
    let received = |fields: &Value| analysed(fields).receives_access_logs;
    let by_policy = json!({ "policy": policy(&logging, "s3:PutObject"), "acl": null });
    assert_eq!(received(&by_policy), Fact::Known(true));
    let by_another_action = json!({ "policy": policy(&logging, "s3:GetObject"), "acl": null });
    assert_eq!(received(&by_another_action), Fact::Known(false));
    let by_acl =
        json!({ "policy": null, "acl": acl("s3/LogDelivery", "WRITE"), "object_ownership": null });
    assert_eq!(received(&by_acl), Fact::Known(true));
    let other = json!({ "Service": "cloudtrail.amazonaws.com" });
    let by_cloudtrail = json!({ "policy": policy(&other, "s3:PutObject"), "acl": null });
    assert_eq!(received(&by_cloudtrail), Fact::Known(false));
}

#[test]
fn the_log_delivery_group_is_nobody_else() {
    let analysis =
        analysed(&json!({ "acl": acl("s3/LogDelivery", "WRITE"), "object_ownership": null }));
    assert!(analysis.acl.known().unwrap().grants_to_others.is_empty());
}

#[test]
fn admission_names_the_foreign_accounts() {
    let foreign = policy(
        &json!({ "AWS": ["444455556666", "111122223333"] }),
        "s3:GetObject",
    );
    let bucket = bucket(&json!({ "policy": foreign, "acl": null }));
    let admission = Admission::of_bucket(&bucket, &Parameters::default());
    assert_eq!(admission.public, Fact::Known(false));
    assert_eq!(
        admission.accounts,
        Fact::Known(vec!["444455556666".to_owned()])
    );
}

#[test]
fn admission_names_organizations_and_canonical_users_too() {
    let organization = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*",
         "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-other12345"}}},
        {"Effect": "Allow", "Principal": {"CanonicalUser": "c0ffee"}, "Action": "s3:GetObject",
         "Resource": "arn:aws:s3:::b/*"},
    ]});
    let bucket = bucket(&json!({ "policy": organization, "acl": null }));
    let admission = Admission::of_bucket(&bucket, &Parameters::default());
    let parties = ["c0ffee", "o-other12345"].map(str::to_owned);
    assert_eq!(admission.accounts, Fact::Known(parties.to_vec()));
}

#[test]
fn admission_is_unread_where_the_policy_is() {
    let admission = Admission::of_bucket(&bucket(&json!({ "acl": null })), &Parameters::default());
    assert_eq!(admission.public, Fact::Unread);
    assert_eq!(admission.accounts, Fact::Unread);
}
