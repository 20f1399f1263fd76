//! Security Hub: batches, single refusals, and hubs that take nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use aws::security_hub::{self, Imported};
use aws::{Error, Session};
use aws_sdk_securityhub::types::AwsSecurityFinding;
use compliance::ErrorName;
use replay::{Answer, Replay, Request};
use serde_json::json;

async fn import(replay: &Replay, findings: usize) -> Result<Imported, Error> {
    let session = Session::caller(replay.config("eu-west-1")).await.unwrap();
    let findings = (0..findings)
        .map(|n| {
            AwsSecurityFinding::builder()
                .id(format!("finding-{n:03}"))
                .build()
        })
        .collect();
    security_hub::import(&session, &"ap-south-1".parse().unwrap(), findings).await
}

/// How many findings were refused.
fn refused(imported: &Imported) -> usize {
    imported.refused.len()
}

/// Takes all findings but those named.
fn all_but(refused: &'static [(&str, &str)]) -> Answer {
    Answer::computed(move |request: &Request| {
        let failed: Vec<_> = refused
            .iter()
            .filter(|(id, _)| request.holds(id))
            .map(|(id, code)| json!({"Id": id, "ErrorCode": code, "ErrorMessage": "no"}))
            .collect();
        Answer::of(
            json!({"FailedCount": failed.len(), "SuccessCount": 0, "FailedFindings": failed}),
        )
    })
}

#[tokio::test]
async fn a_hundred_findings_go_in_one_call_to_the_region_of_the_resource() {
    let replay = Replay::new()
        .account("111122223333")
        .on("BatchImportFindings", all_but(&[]));
    let imported = import(&replay, 201).await.unwrap();

    assert_eq!(
        imported,
        Imported {
            imported: 201,
            ..Imported::default()
        }
    );
    let calls = replay.requests_of("BatchImportFindings");
    assert_eq!(calls.len(), 3);
    assert!(calls[2].holds("finding-200") && !calls[2].holds("finding-199"));
    assert!(calls.iter().all(|call| call.region == "ap-south-1"));
}

#[tokio::test]
async fn a_refused_finding_is_tried_again_only_if_its_code_says_so() {
    let replay = Replay::new().account("111122223333").on(
        "BatchImportFindings",
        [
            all_but(&[
                ("finding-001", "InternalFailure"),
                ("finding-002", "InvalidInput"),
            ]),
            all_but(&[]),
        ],
    );
    let imported = import(&replay, 5).await.unwrap();

    assert_eq!((imported.imported, refused(&imported)), (4, 1));
    assert_eq!(
        imported.reasons.into_iter().collect::<Vec<_>>(),
        [(
            "Security Hub of account 111122223333 in ap-south-1 refused with `InvalidInput`"
                .to_owned(),
            1
        )]
    );
    let again = &replay.requests_of("BatchImportFindings")[1];
    assert!(
        again.holds("finding-001") && !again.holds("finding-002") && !again.holds("finding-003")
    );
}

#[tokio::test]
async fn a_finding_that_stays_refused_is_counted() {
    let replay = Replay::new().account("111122223333").on(
        "BatchImportFindings",
        all_but(&[("finding-001", "InternalFailure")]),
    );
    let imported = import(&replay, 2).await.unwrap();
    assert_eq!(
        (
            imported.imported,
            refused(&imported),
            imported.reasons.len()
        ),
        (1, 1, 1)
    );
    assert_eq!(replay.requests_of("BatchImportFindings").len(), 3);
}

#[tokio::test]
async fn a_hub_that_is_not_enabled_or_closed_is_a_note() {
    for (code, note) in [
        ("InvalidAccessException", "is not enabled"),
        ("AccessDeniedException", "answered `AccessDeniedException`"),
    ] {
        let replay = Replay::new()
            .account("111122223333")
            .on("BatchImportFindings", Answer::denied(code));
        let imported = import(&replay, 150).await.unwrap();
        assert_eq!((imported.imported, refused(&imported)), (0, 150));
        let reason = imported.closed.clone().unwrap();
        assert!(reason.contains(note), "{reason}");
        assert_eq!(imported.reasons, [(reason, 150)].into());
        assert_eq!(replay.requests_of("BatchImportFindings").len(), 1);
    }
}

#[tokio::test]
async fn throttling_beyond_the_retries_is_an_error_that_names_the_region() {
    let replay = Replay::new().account("111122223333").on(
        "BatchImportFindings",
        Answer::throttled("TooManyRequestsException"),
    );
    let error = import(&replay, 1).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::Throttled);
    assert!(error.to_string().contains("ap-south-1"), "{error}");
}
