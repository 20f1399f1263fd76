//! `scopes`: entering an account, and which of its regions are audited.

use audit::Named;
use compliance::ErrorName;
use replay::{Answer, Replay, call};
use serde_json::{Value, json};

use super::{MANAGEMENT, MEMBER, ask};

fn scopes_request(regions: &Value) -> Value {
    json!({
        "task": "scopes",
        "run": {"id": "20261120T140433000Z-1a2b3c4d", "started_at": "2026-11-20T14:04:33Z"},
        "account": MEMBER, "regions": regions, "services": ["s3", "kms"],
    })
}

fn regions() -> Answer {
    let items = [
        ("us-east-1", "opt-in-not-required"),
        ("me-south-1", "not-opted-in"),
        ("eu-west-1", "opted-in"),
    ]
    .map(|(name, status)| {
        format!("<item><regionName>{name}</regionName><optInStatus>{status}</optInStatus></item>")
    })
    .concat();
    Answer::of(format!(
        "<DescribeRegionsResponse><regionInfo>{items}</regionInfo></DescribeRegionsResponse>"
    ))
}

#[tokio::test]
async fn the_enabled_regions_of_the_entered_account_are_answered() {
    let replay = Replay::new()
        .account(MANAGEMENT)
        .role(MEMBER, "orgsweep-audit")
        .on("DescribeRegions", regions());
    let response = ask(&replay, scopes_request(&json!({"exclude": ["us-east-1"]})))
        .await
        .unwrap();

    assert_eq!(
        response,
        json!({
            "partition": "aws",
            "regions": ["eu-west-1"],
            "skipped_regions": [
                {"region": "me-south-1", "reason": "the account has not opted in"},
                {"region": "us-east-1", "reason": "left out by the input"},
            ],
            "audit": {"s3": true, "kms": true, "sg": false},
        })
    );
    assert_eq!(
        replay.requests_of("DescribeRegions")[0].access_key,
        "ASIA222222222222"
    );
    assert!(replay.requests_of("AssumeRole")[0].holds("ec2:DescribeRegions"));
}

#[tokio::test]
async fn an_account_that_refuses_us_or_is_another_one_is_not_entered() {
    let replay = Replay::new()
        .account(MANAGEMENT)
        .on("AssumeRole", Answer::denied("AccessDenied"));
    let error = ask(&replay, scopes_request(&json!({}))).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::AssumeRoleDenied);
    assert!(error.to_string().contains(MEMBER), "{error}");

    let elsewhere = Replay::new().account(MANAGEMENT).role(MEMBER, "orgsweep-audit").on(
        call("GetCallerIdentity").with("ASIA222222222222"),
        Answer::of(
            "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::999999999999:assumed-role/r/s</Arn>\
             <Account>999999999999</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
        ),
    );
    let error = ask(&elsewhere, scopes_request(&json!({})))
        .await
        .unwrap_err();
    assert_eq!(error.name(), ErrorName::AssumeRoleDenied);
    assert!(elsewhere.requests_of("DescribeRegions").is_empty());
}

#[tokio::test]
async fn refused_and_throttled_regions_have_their_own_names() {
    for (answer, name) in [
        (
            Answer::denied("UnauthorizedOperation"),
            ErrorName::AccessDenied,
        ),
        (
            Answer::throttled("RequestLimitExceeded"),
            ErrorName::Throttled,
        ),
    ] {
        let replay = Replay::new()
            .account(MANAGEMENT)
            .role(MEMBER, "orgsweep-audit")
            .on("DescribeRegions", answer);
        let error = ask(&replay, scopes_request(&json!({}))).await.unwrap_err();
        assert_eq!(error.name(), name, "{error}");
        assert!(error.to_string().contains(MEMBER), "{error}");
    }
}

#[tokio::test]
async fn no_region_in_scope_is_a_mistake_in_the_input() {
    let replay = Replay::new()
        .account(MANAGEMENT)
        .role(MEMBER, "orgsweep-audit")
        .on("DescribeRegions", regions());
    let error = ask(&replay, scopes_request(&json!({"include": ["me-south-1"]})))
        .await
        .unwrap_err();
    assert_eq!(error.name(), ErrorName::InvalidRequest);
}
