//! The token as a secret of AWS Secrets Manager.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use compliance::Subject;
use opa::{Server, Token};
use serde_json::json;

use crate::stub::{Answer, Stub};

const ARN: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:opa-AbCdEf";

/// A server whose token Secrets Manager keeps, which answers so.
fn server(opa: &Stub, secrets: &Stub) -> Server {
    let credentials = Credentials::new("AKIDEXAMPLE", "key", Some("session".into()), None, "test");
    let base = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(&secrets.url)
        .region(Region::new("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build();
    let token = Token::of(&base, Some(ARN.to_owned()), None).unwrap();
    Server::new(opa.url.parse().unwrap(), token).unwrap()
}

fn opa() -> Stub {
    Stub::healthy(&[Some((200, r#"{"result": {}}"#))])
}

#[tokio::test]
async fn a_secret_is_read_once_with_a_signed_request_in_its_own_region() {
    let (opa, secrets) = (
        opa(),
        Stub::answering(&[Some((200, r#"{"SecretString": "s3cret"}"#))]),
    );
    let server = server(&opa, &secrets);
    for _ in 0..2 {
        server.verdicts(Subject::S3, &json!({})).await.unwrap();
    }
    let [read] = &secrets.requests()[..] else {
        panic!("{:?}", secrets.requests());
    };
    assert_eq!(read.line, "POST / HTTP/1.1");
    assert_eq!(
        read.header("x-amz-target"),
        Some("secretsmanager.GetSecretValue")
    );
    assert_eq!(read.header("x-amz-security-token"), Some("session"));
    let signature = read.header("authorization").unwrap();
    assert!(
        signature.contains("/eu-west-1/secretsmanager/aws4_request"),
        "{signature}"
    );
    assert!(signature.contains("x-amz-target"), "{signature}");
    assert_eq!(read.text(), json!({ "SecretId": ARN }).to_string());
    assert_eq!(
        opa.requests()[2].header("authorization"),
        Some("Bearer s3cret")
    );
}

#[tokio::test]
async fn a_secret_that_cannot_be_read_asks_the_server_nothing() {
    let denied: Answer = Some((
        400,
        r#"{"__type": "AccessDeniedException", "Message": "no"}"#,
    ));
    for (answer, code) in [
        (denied, "AccessDeniedException"),
        (Some((200, r#"{"SecretBinary": "czNjcmV0"}"#)), "Internal"),
        (Some((200, r#"{"SecretString": ""}"#)), "Internal"),
    ] {
        let (opa, secrets) = (opa(), Stub::answering(&[answer]));
        let asked = server(&opa, &secrets)
            .verdicts(Subject::S3, &json!({}))
            .await;
        assert_eq!(asked.unwrap_err().refusal().code, code);
        assert_eq!(opa.requests().len(), 0);
    }
}
