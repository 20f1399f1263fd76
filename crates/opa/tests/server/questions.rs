//! One question and its answer.

use std::fs;
use std::path::PathBuf;

use aws_config::SdkConfig;
use compliance::Subject;
use opa::{Error, Server, Token};
use serde_json::{Value, json};

use crate::stub::{Answer, Stub};

const VERDICTS: Answer = Some((
    200,
    r#"{"result": {"S3.14": {"status": "PASSED", "reason": "on"}}}"#,
));
const FAULT: Answer = Some((503, ""));

/// The code of the error that a question ends with.
async fn code(server: &Server) -> String {
    let error = server.verdicts(Subject::S3, &json!({})).await.unwrap_err();
    error.refusal().code
}

/// A file of its own with this text.
fn file(name: &str, text: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("orgsweep-{name}-{}", std::process::id()));
    fs::write(&path, text).unwrap();
    path
}

#[tokio::test]
async fn a_question_goes_to_the_document_of_its_subject_and_the_answer_is_told_by_control() {
    for (subject, document) in [
        (Subject::S3Account, "s3_account"),
        (Subject::S3, "s3_bucket"),
        (Subject::Kms, "kms_key"),
        (Subject::Sg, "security_group"),
        (Subject::BucketKey, "bucket_key"),
        (Subject::AccessPoint, "access_point"),
        (Subject::MultiRegionAccessPoint, "multi_region_access_point"),
    ] {
        let stub = Stub::healthy(&[VERDICTS]);
        let input = json!({"name": "b"});
        let verdicts = stub.server().verdicts(subject, &input).await.unwrap();
        assert_eq!(verdicts["S3.14"]["status"], "PASSED");
        let [probe, question] = &stub.requests()[..] else {
            panic!("{:?}", stub.requests());
        };
        assert_eq!(probe.line, "GET /health?bundles HTTP/1.1");
        let path = format!("/v1/data/aws/{document}/verdicts?strict-builtin-errors=true");
        assert_eq!(question.line, format!("POST {path} HTTP/1.1"));
        assert_eq!(question.header("content-type"), Some("application/json"));
        assert_eq!(question.header("authorization"), None);
        assert_eq!(question.text(), json!({ "input": input }).to_string());
    }
}

#[tokio::test]
async fn a_long_question_is_compressed() {
    let stub = Stub::healthy(&[VERDICTS]);
    let input = json!({"name": "b".repeat(10_000)});
    stub.server().verdicts(Subject::S3, &input).await.unwrap();
    let question = &stub.requests()[1];
    assert_eq!(question.header("content-encoding"), Some("gzip"));
    assert!(question.body.len() < 1_000, "{}", question.body.len());
    let text: Value = serde_json::from_str(&question.text()).unwrap();
    assert_eq!(text["input"], input);
}

#[tokio::test]
async fn the_token_of_a_file_goes_with_the_probe_and_the_question() {
    let stub = Stub::healthy(&[VERDICTS]);
    let path = file("token", "s3cret\n");
    let token = Token::of(&SdkConfig::builder().build(), None, Some(path.clone())).unwrap();
    let server = Server::new(stub.url.parse().unwrap(), token).unwrap();
    server.verdicts(Subject::S3, &json!({})).await.unwrap();
    fs::remove_file(path).unwrap();
    for request in stub.requests() {
        assert_eq!(request.header("authorization"), Some("Bearer s3cret"));
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_read_asks_nothing_and_is_never_printed() {
    let stub = Stub::healthy(&[VERDICTS]);
    let base = SdkConfig::builder().build();
    let token = Token::of(&base, None, Some("/nonexistent/token".into())).unwrap();
    let server = Server::new(stub.url.parse().unwrap(), token).unwrap();
    let error = server.verdicts(Subject::S3, &json!({})).await.unwrap_err();
    assert!(matches!(error, Error::TokenFile { .. }), "{error}");
    assert_eq!(stub.requests().len(), 0);
}

#[tokio::test]
async fn a_fault_is_tried_again_and_one_that_lasts_is_an_error() {
    let stub = Stub::healthy(&[FAULT, FAULT, VERDICTS]);
    assert!(
        stub.server()
            .verdicts(Subject::S3, &json!({}))
            .await
            .is_ok()
    );
    assert_eq!(stub.questions(), 3);
    let stub = Stub::healthy(&[FAULT]);
    assert_eq!(code(&stub.server()).await, "503");
    assert_eq!(stub.questions(), 3);
}

#[tokio::test]
async fn a_connection_that_ends_without_an_answer_is_tried_again() {
    let stub = Stub::healthy(&[None, VERDICTS]);
    assert!(
        stub.server()
            .verdicts(Subject::S3, &json!({}))
            .await
            .is_ok()
    );
    assert_eq!(stub.questions(), 2);
}

#[tokio::test]
async fn a_refusal_or_a_useless_answer_is_an_error_at_once() {
    for (status, body, expected) in [
        (
            400,
            r#"{"code": "invalid_parameter", "message": "m"}"#,
            "400 invalid_parameter",
        ),
        (
            401,
            r#"{"code": "unauthorized", "message": "m"}"#,
            "401 unauthorized",
        ),
        (302, "", "302"),
        (200, "{}", "NoResult"),
        (200, r#"{"result": []}"#, "WrongShape"),
        (
            200,
            r#"{"result": {}, "warning": {"code": "api_usage_warning"}}"#,
            "api_usage_warning",
        ),
    ] {
        let stub = Stub::healthy(&[Some((status, body))]);
        assert_eq!(code(&stub.server()).await, expected);
        assert_eq!(stub.questions(), 1, "{status} {body}");
    }
}

#[tokio::test]
async fn an_error_names_the_question_and_what_the_server_says() {
    let answer = r#"{"code": "internal_error", "errors": [{"code": "eval_conflict_error", "message": "two outputs"}]}"#;
    let stub = Stub::healthy(&[Some((500, answer))]);
    let asked = stub.server().verdicts(Subject::Kms, &json!({})).await;
    assert_eq!(
        asked.unwrap_err().to_string(),
        "POST v1/data/aws/kms_key/verdicts answered 500 eval_conflict_error: two outputs"
    );
}
