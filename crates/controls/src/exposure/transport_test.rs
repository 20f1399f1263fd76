//! Tests of `transport`: which Deny statements refuse requests without TLS, or with old TLS.

use serde_json::{Value, json};

use super::super::PolicyKind;
use super::super::document::statements;
use super::*;

fn deny(resource: &Value, condition: &Value) -> Value {
    json!({
        "Effect": "Deny", "Principal": "*", "Action": "s3:*",
        "Resource": resource, "Condition": condition
    })
}

fn denies(list: &[Value]) -> bool {
    let context = Context::of_unknown(PolicyKind::S3);
    denies_insecure(&statements(&json!({"Statement": list})).unwrap(), &context)
}

fn denies_old(condition: &Value) -> bool {
    let context = Context::of_unknown(PolicyKind::S3);
    let statement = deny(&both(), condition);
    denies_old_tls(
        &statements(&json!({"Statement": statement})).unwrap(),
        &context,
    )
}

fn both() -> Value {
    json!(["arn:aws:s3:::b", "arn:aws:s3:::b/*"])
}

fn insecure() -> Value {
    json!({"Bool": {"aws:SecureTransport": "false"}})
}

#[test]
fn every_spelling_of_the_documented_statement_refuses_plain_http() {
    for condition in [
        insecure(),
        json!({"Bool": {"aws:SecureTransport": false}}),
        json!({"boolifexists": {"AWS:securetransport": ["false"]}}),
        json!({"StringEquals": {"aws:SecureTransport": "false"}}),
        json!({"StringEqualsIgnoreCase": {"aws:SecureTransport": "false"}}),
        json!({"StringNotEquals": {"aws:SecureTransport": "true"}}),
    ] {
        assert!(denies(&[deny(&both(), &condition)]), "{condition}");
    }
    for condition in [
        json!({"StringEquals": {"aws:SecureTransport": "False"}}),
        json!({"StringEquals": {"aws:SecureTransport": "true"}}),
        json!({"StringNotEquals": {"aws:SecureTransport": ["true", "false"]}}),
        json!({"ForAllValues:Bool": {"aws:SecureTransport": "false"}}),
    ] {
        assert!(!denies(&[deny(&both(), &condition)]), "{condition}");
    }
}

#[test]
fn bucket_and_objects_may_be_denied_by_two_statements() {
    let bucket = deny(&json!("arn:aws:s3:::b"), &insecure());
    let objects = deny(&json!("arn:aws:s3:::b/*"), &insecure());
    assert!(denies(&[bucket.clone(), objects.clone()]));
    assert!(!denies(&[bucket]));
    assert!(!denies(&[objects]));
}

#[test]
fn actions_may_be_shared_by_statements() {
    let mut reads = deny(&both(), &insecure());
    reads["Action"] = json!(["s3:Get*", "s3:List*"]);
    let mut others = deny(&both(), &insecure());
    others.as_object_mut().unwrap().remove("Action");
    others["NotAction"] = json!(["s3:GetObject", "s3:ListBucket"]);
    assert!(denies(&[reads.clone(), others.clone()]));
    assert!(!denies(&[reads.clone()]));
    assert!(!denies(&[others.clone()]));
    reads["Resource"] = json!("arn:aws:s3:::b/*");
    assert!(
        !denies(&[reads, others]),
        "the bucket may still be listed by HTTP"
    );
}

#[test]
fn a_narrower_deny_leaves_a_way_for_plain_http() {
    let narrow = json!({
        "Bool": {"aws:SecureTransport": "false"},
        "StringNotEquals": {"aws:PrincipalOrgID": "o-own"}
    });
    assert!(!denies(&[deny(&both(), &narrow)]));
    assert!(!denies(&[deny(
        &both(),
        &json!({"Bool": {"aws:SecureTransport": "true"}})
    )]));
    let tls = json!({"NumericLessThan": {"s3:TlsVersion": "1.2"}});
    assert!(!denies(&[deny(&both(), &tls)]));
    let mut some = deny(&both(), &insecure());
    some["Action"] = json!("s3:GetObject");
    assert!(!denies(&[some.clone()]));
    some["Action"] = json!("*");
    assert!(denies(&[some.clone()]));
    for principal in [json!({"AWS": "111122223333"}), json!({"Service": "*"})] {
        some["Principal"] = principal;
        assert!(!denies(&[some.clone()]));
    }
    some["Principal"] = json!("*");
    some["Effect"] = json!("Allow");
    assert!(!denies(&[some]));
}

#[test]
fn old_tls_is_refused_by_a_floor_of_1_2_or_more() {
    for condition in [
        json!({"NumericLessThan": {"s3:TlsVersion": "1.2"}}),
        json!({"NumericLessThan": {"s3:TlsVersion": 1.3}}),
        json!({"numericlessthanifexists": {"S3:TLSVERSION": ["1.2"]}}),
        json!({"NumericLessThanEquals": {"s3:TlsVersion": "1.1"}}),
        json!({"NumericNotEquals": {"s3:TlsVersion": ["1.2", "1.3"]}}),
    ] {
        assert!(denies_old(&condition), "{condition}");
    }
    for condition in [
        json!({"NumericLessThan": {"s3:TlsVersion": "1.1"}}),
        json!({"NumericLessThanEquals": {"s3:TlsVersion": "1.0"}}),
        json!({"NumericNotEquals": {"s3:TlsVersion": ["1.1", "1.2"]}}),
        json!({"NumericGreaterThan": {"s3:TlsVersion": "1.2"}}),
        json!({"NumericLessThan": {"s3:TlsVersion": "TLS 1.2"}}),
        json!({"NumericLessThan": {"s3:TlsVersion": []}}),
        json!({"NumericLessThan": {"s3:TlsVersion": "1.2", "s3:signatureAge": "1"}}),
        insecure(),
    ] {
        assert!(!denies_old(&condition), "{condition}");
    }
}
