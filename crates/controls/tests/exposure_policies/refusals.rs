//! Policies that cannot be read: the error names the statement and the element.

use std::error::Error as _;

use controls::exposure::{Context, PolicyKind, analyse_str};
use serde_json::{Value, json};

use super::allow;

fn message(policy: &str) -> String {
    let context = Context::of_unknown(PolicyKind::S3);
    let error = analyse_str(policy, &context).unwrap_err();
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

#[test]
fn what_is_not_a_policy_is_refused_by_name() {
    assert!(message("{\"Statement\": [").starts_with("the policy is not JSON: "));
    assert_eq!(message("[]"), "the policy is not a JSON object but a list");
    assert_eq!(message("{}"), "the policy has no `Statement`");
    assert_eq!(
        message(r#"{"Statement": "x"}"#),
        "`Statement` of the policy is neither an object nor a list but a string"
    );
}

#[test]
fn a_bad_element_is_refused_with_its_statement() {
    let refused = |changes: Value| {
        let mut statement = allow(&json!("*"), &json!("s3:GetObject"));
        statement["Sid"] = json!("Read");
        statement
            .as_object_mut()
            .unwrap()
            .extend(changes.as_object().unwrap().clone());
        message(&json!({"Statement": [statement]}).to_string())
    };
    for (changes, expected) in [
        (
            json!({"Effect": "allow"}),
            "`Effect` is `allow`, neither `Allow` nor `Deny`",
        ),
        (json!({"Effect": 1}), "`Effect` is a number, not a string"),
        (
            json!({"Principal": 7}),
            "`Principal` is a number, neither `\"*\"` nor an object",
        ),
        (
            json!({"Principal": {"Users": "*"}}),
            "`Principal` has the unknown type `Users`",
        ),
        (
            json!({"Principal": {"AWS": [null]}}),
            "`Principal` `AWS` holds null where a string belongs",
        ),
        (
            json!({"NotPrincipal": "*"}),
            "`Principal` and `NotPrincipal` exclude each other",
        ),
        (
            json!({"Action": {}}),
            "`Action` holds an object where a string belongs",
        ),
        (
            json!({"Resource": [3]}),
            "`Resource` holds a number where a string belongs",
        ),
        (
            json!({"Condition": []}),
            "`Condition` is a list, not an object",
        ),
        (
            json!({"Condition": {"Bool": "x"}}),
            "`Condition` has a string under `Bool`, not an object",
        ),
        (
            json!({"Condition": {"Bool": {"aws:SecureTransport": {}}}}),
            "`Condition` has an object as a value of `Bool` `aws:SecureTransport`",
        ),
    ] {
        assert_eq!(refused(changes), format!("statement `Read`: {expected}"));
    }
    let nameless = json!({"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "*"}, {}]});
    assert_eq!(
        message(&nameless.to_string()),
        "statement 2: `Effect` is missing"
    );
}

#[test]
fn an_element_that_is_not_known_is_refused_because_it_may_narrow_a_deny() {
    let mut deny = allow(&json!("*"), &json!("s3:*"));
    deny["Effect"] = json!("Deny");
    deny["condition"] = json!({"Bool": {"aws:SecureTransport": "false"}});
    assert_eq!(
        message(&json!({"Statement": deny}).to_string()),
        "statement 1: `condition` is no element of a statement"
    );
}
