//! Sessions: what is asked of STS, and what becomes of its answers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use aws::{AuditRole, Error, Purpose, Session};
use compliance::{AccountId, ErrorName, RunId};
use replay::{Answer, Replay, call};

const ROLE: &str = "orgsweep-audit";

fn role(external_id: Option<&str>) -> AuditRole {
    AuditRole {
        name: ROLE.into(),
        external_id: external_id.map(str::to_owned),
    }
}

fn run() -> RunId {
    "20261120T140433000Z-1a2b3c4d".parse().unwrap()
}

fn member() -> AccountId {
    "222233334444".parse().unwrap()
}

async fn assume(replay: &Replay, external_id: Option<&str>) -> Result<Session, Error> {
    let config = replay.config("eu-west-1");
    Session::assume(&config, &role(external_id), &member(), &run(), Purpose::Kms).await
}

/// An error with its causes, as a log line would have it.
fn in_words(error: &Error) -> String {
    let mut words = format!("{error} {error:?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        words = format!("{words} {cause} {cause:?}");
        source = cause.source();
    }
    words
}

#[tokio::test]
async fn a_session_is_named_after_the_run_and_narrowed_to_its_purpose() {
    let replay = Replay::new()
        .account("111122223333")
        .role("222233334444", ROLE);
    let session = assume(&replay, Some("shared-secret")).await.unwrap();

    assert_eq!(session.account, member());
    assert_eq!(session.partition.as_str(), "aws");
    let asked = &replay.requests_of("AssumeRole")[0];
    for text in [
        "arn:aws:iam::222233334444:role/orgsweep-audit",
        "RoleSessionName=orgsweep-20261120T140433000Z-1a2b3c4d",
        "DurationSeconds=900",
        "ExternalId=shared-secret",
        "Tags.member.1.Key=orgsweep-run",
        "Tags.member.1.Value=20261120T140433000Z-1a2b3c4d",
        &Purpose::Kms.policy(&session.partition, &session.account),
    ] {
        assert!(asked.holds(text), "{text} in {}", asked.body);
    }
    let proof = &replay.requests_of("GetCallerIdentity")[1];
    assert_eq!(proof.access_key, "ASIA222233334444");
}

#[tokio::test]
async fn no_external_id_is_sent_when_none_is_set() {
    let replay = Replay::new()
        .account("111122223333")
        .role("222233334444", ROLE);
    assume(&replay, None).await.unwrap();
    assert!(!replay.requests_of("AssumeRole")[0].holds("ExternalId"));
}

#[tokio::test]
async fn the_role_is_looked_for_in_the_partition_of_the_caller() {
    let replay = Replay::new()
        .on(
            "GetCallerIdentity",
            Answer::of(
                "<GetCallerIdentityResponse><GetCallerIdentityResult>\
                 <Arn>arn:aws-us-gov:sts::222233334444:assumed-role/f/s</Arn><Account>222233334444</Account>\
                 </GetCallerIdentityResult></GetCallerIdentityResponse>",
            ),
        )
        .role("222233334444", ROLE);
    let session = assume(&replay, None).await.unwrap();
    assert!(
        replay.requests_of("AssumeRole")[0]
            .holds("arn:aws-us-gov:iam::222233334444:role/orgsweep-audit")
    );
    assert_eq!(session.account, member());
}

#[tokio::test]
async fn a_refused_role_names_account_role_and_code() {
    let replay = Replay::new()
        .account("111122223333")
        .on("AssumeRole", Answer::denied("AccessDenied"));
    let error = assume(&replay, Some("shared-secret")).await.unwrap_err();

    assert_eq!(error.name(), ErrorName::AssumeRoleDenied);
    for text in ["222233334444", "role/orgsweep-audit", "`AccessDenied`"] {
        assert!(error.to_string().contains(text), "{error}");
    }
    assert!(!in_words(&error).contains("shared-secret"));
}

#[tokio::test]
async fn a_role_that_leads_to_another_account_is_refused() {
    let elsewhere = Answer::of(
        "<GetCallerIdentityResponse><GetCallerIdentityResult>\
         <Arn>arn:aws:sts::999999999999:assumed-role/orgsweep-audit/s</Arn><Account>999999999999</Account>\
         </GetCallerIdentityResult></GetCallerIdentityResponse>",
    );
    let replay = Replay::new()
        .account("111122223333")
        .role("222233334444", ROLE)
        .on(
            call("GetCallerIdentity").with("ASIA222233334444"),
            elsewhere,
        );
    let error = assume(&replay, None).await.unwrap_err();

    assert!(matches!(&error, Error::WrongAccount { asked, reached }
        if asked.as_str() == "222233334444" && reached.as_str() == "999999999999"));
    assert_eq!(error.name(), ErrorName::AssumeRoleDenied);
}

#[tokio::test]
async fn throttled_and_broken_sts_can_be_tried_again() {
    for (answer, name) in [
        (Answer::throttled("Throttling"), ErrorName::Throttled),
        (
            Answer::refused(500, "InternalFailure"),
            ErrorName::ServiceFault,
        ),
        (Answer::unreachable(), ErrorName::ServiceFault),
        (Answer::timed_out(), ErrorName::ServiceFault),
    ] {
        let replay = Replay::new()
            .account("111122223333")
            .on("AssumeRole", answer);
        let error = assume(&replay, None).await.unwrap_err();
        assert_eq!(error.name(), name, "{error}");
        assert!(error.to_string().contains("222233334444"), "{error}");
    }
}

#[tokio::test]
async fn credentials_are_in_no_debug_output() {
    let replay = Replay::new()
        .account("111122223333")
        .role("222233334444", ROLE);
    let session = assume(&replay, Some("shared-secret")).await.unwrap();
    let shown = format!("{session:?} {:?}", role(Some("shared-secret")));
    for secret in [
        "assumed-secret",
        "assumed-token",
        "ASIA222233334444",
        "shared-secret",
    ] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn a_role_given_by_arn_is_assumed_in_its_own_account() {
    let replay = Replay::new().role("222233334444", "path/auditor");
    let config = replay.config("eu-west-1");
    let arn = "arn:aws:iam::222233334444:role/path/auditor";
    let session = Session::assume_arn(&config, arn, Some("x"), &run(), Purpose::S3)
        .await
        .unwrap();
    assert_eq!(session.account, member());

    for bad in [
        "",
        "auditor",
        "arn:aws:iam::222233334444:user/x",
        "arn:aws:iam::12:role/x",
        "arn:aws:iam::222233334444:role/",
    ] {
        let error = Session::assume_arn(&config, bad, None, &run(), Purpose::S3)
            .await
            .unwrap_err();
        assert_eq!(error.name(), ErrorName::InvalidRequest, "{error}");
    }
}

#[tokio::test]
async fn a_session_speaks_in_any_region_as_the_assumed_role() {
    let replay = Replay::new()
        .account("111122223333")
        .role("222233334444", ROLE)
        .on(
            "DescribeRegions",
            Answer::of("<DescribeRegionsResponse><regionInfo/></DescribeRegionsResponse>"),
        );
    let session = assume(&replay, None).await.unwrap();
    let there = session.in_region(&"ap-southeast-2".parse().unwrap());
    aws_sdk_ec2::Client::new(&there)
        .describe_regions()
        .send()
        .await
        .unwrap();

    let asked = &replay.requests_of("DescribeRegions")[0];
    assert_eq!(asked.access_key, "ASIA222233334444");
    assert_eq!(asked.region, "ap-southeast-2");
}
