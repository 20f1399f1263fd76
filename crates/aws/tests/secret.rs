//! Secrets: what is asked of Secrets Manager, and that nothing shows what it answers.

use aws::{Error, secret};
use compliance::ErrorName;
use replay::{Answer, Replay};

const ID: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orgsweep-external-id-AbCdEf";

async fn read(answer: Answer) -> (Result<secret::Secret, Error>, Replay) {
    let replay = Replay::new().on("GetSecretValue", answer);
    let result = secret::read(&replay.config("eu-west-1"), ID).await;
    (result, replay)
}

#[tokio::test]
async fn a_secret_is_read_by_its_id_and_shown_nowhere() {
    let (result, replay) = read(Answer::of(r#"{"SecretString": "ticket"}"#)).await;
    let secret = result.unwrap();
    assert_eq!(secret.reveal(), "ticket");
    assert_eq!(format!("{secret:?}"), "Secret");
    assert!(replay.requests_of("GetSecretValue")[0].holds(ID));
}

#[tokio::test]
async fn a_secret_that_may_not_be_read_is_named() {
    let (result, _) = read(Answer::denied("AccessDeniedException")).await;
    let error = result.unwrap_err();
    assert_eq!(error.name(), ErrorName::AccessDenied);
    let text = error.to_string();
    assert!(
        text.contains("GetSecretValue") && text.contains(ID),
        "{text}"
    );
}

#[tokio::test]
async fn a_secret_without_text_is_named() {
    for empty in [r#"{"SecretBinary": "AAAA"}"#, r#"{"SecretString": ""}"#] {
        let (result, _) = read(Answer::of(empty)).await;
        let error = result.unwrap_err().to_string();
        assert!(error.contains(ID), "{error}");
    }
}
