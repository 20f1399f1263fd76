//! Both tasks against scripted answers of AWS.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use audit::{Deadline, Named};
use aws::{AuditRole, RunStore};
use compliance::ErrorName;
use compliance::payload::EnumerateRequest;
use enumerate::Error;
use enumerate::handler::Function;
use replay::{Answer, Replay, call};
use serde_json::{Value, json};

const MANAGEMENT: &str = "111111111111";
const MEMBER: &str = "222222222222";
const UNIT: &str = "ou-ab12-cccccccc";

/// What the function answers, as the state machine reads it.
async fn ask(replay: &Replay, request: Value) -> Result<Value, Error> {
    let base = replay.config("eu-west-1");
    let function = Function {
        store: RunStore::new(&base, "run-bucket"),
        role: AuditRole {
            name: "orgsweep-audit".into(),
            external_id: Some("id".into()),
        },
        concurrency: 25,
        base,
    };
    let request: EnumerateRequest = serde_json::from_value(request).unwrap();
    let response = function.handle(request, Deadline::none()).await?;
    Ok(serde_json::to_value(response).unwrap())
}

fn accounts_request(sweep: &Value) -> Value {
    json!({
        "task": "accounts",
        "execution": {"id": "arn:x", "started_at": "2026-11-20T14:04:33Z"},
        "sweep": sweep,
    })
}

fn scopes_request(regions: &Value) -> Value {
    json!({
        "task": "scopes",
        "run": {"id": "20261120T140433000Z-1a2b3c4d", "started_at": "2026-11-20T14:04:33Z"},
        "account": MEMBER, "regions": regions, "services": ["s3", "kms"],
    })
}

/// An Organization of two active accounts and a suspended one, on two pages.
fn organization() -> Replay {
    let first = json!({"NextToken": "page-two", "Accounts": [
        {"Id": MANAGEMENT, "State": "ACTIVE"}, {"Id": "333333333333", "State": "SUSPENDED"}]});
    let second = json!({"Accounts": [{"Id": MEMBER, "Status": "ACTIVE"}]});
    Replay::new()
        .account(MANAGEMENT)
        .on("ListAccounts", Answer::of(first))
        .on(call("ListAccounts").with("page-two"), Answer::of(second))
        .on("PutObject", Answer::empty())
}

fn written(replay: &Replay, object: &str) -> Value {
    let puts = replay.requests_of(call("PutObject").with(object));
    serde_json::from_str(&puts.first().unwrap().body).unwrap()
}

#[tokio::test]
async fn active_accounts_are_written_and_the_others_with_their_reasons() {
    let replay = organization();
    let response = ask(&replay, accounts_request(&json!({}))).await.unwrap();

    let run = response["run"]["id"].as_str().unwrap();
    assert_eq!(
        response["accounts"],
        json!({"bucket": "run-bucket", "key": format!("runs/{run}/accounts.json"), "count": 2, "skipped": 1})
    );
    assert_eq!(response["services"], json!(["s3", "kms", "sg"]));
    assert_eq!(response["concurrency"], 25);
    assert_eq!(
        written(&replay, "/accounts.json"),
        json!([{"account": MANAGEMENT}, {"account": MEMBER}])
    );
    let skipped = written(&replay, "skipped-accounts.json");
    assert_eq!(skipped[0]["account"], "333333333333");
    assert_eq!(skipped[0]["status"], "SKIPPED");
    assert_eq!(skipped[0]["reason"], "the account is SUSPENDED");
}

#[tokio::test]
async fn neither_units_nor_tags_are_asked_for_without_a_filter() {
    let replay = organization();
    ask(&replay, accounts_request(&json!({}))).await.unwrap();
    assert_eq!(
        replay.operations(),
        [
            "GetCallerIdentity",
            "ListAccounts",
            "ListAccounts",
            "PutObject",
            "PutObject"
        ]
    );
}

#[tokio::test]
async fn a_unit_is_taken_with_everything_below_it() {
    let child = "ou-ab12-dddddddd";
    let replay = organization()
        .on(
            call("ListAccountsForParent").with(UNIT),
            Answer::of(json!({"Accounts": []})),
        )
        .on(
            call("ListAccountsForParent").with(child),
            Answer::of(json!({"Accounts": [{"Id": MEMBER}]})),
        )
        .on(
            call("ListOrganizationalUnitsForParent").with(UNIT),
            Answer::of(json!({"OrganizationalUnits": [{"Id": child}]})),
        )
        .on(
            call("ListOrganizationalUnitsForParent").with(child),
            Answer::of(json!({"OrganizationalUnits": []})),
        );
    ask(
        &replay,
        accounts_request(&json!({"organizational_units": {"include": [UNIT]}})),
    )
    .await
    .unwrap();
    assert_eq!(
        written(&replay, "/accounts.json"),
        json!([{"account": MEMBER}])
    );
}

#[tokio::test]
async fn tags_are_read_only_of_accounts_that_are_left() {
    let tags = |value: &str| Answer::of(json!({"Tags": [{"Key": "env", "Value": value}]}));
    let replay = organization()
        .on(call("ListTagsForResource").with(MANAGEMENT), tags("prod"))
        .on(call("ListTagsForResource").with(MEMBER), tags("test"));
    ask(
        &replay,
        accounts_request(&json!({"account_tags": {"exclude": {"env": ["prod"]}}})),
    )
    .await
    .unwrap();
    assert_eq!(
        written(&replay, "/accounts.json"),
        json!([{"account": MEMBER}])
    );
    assert_eq!(replay.requests_of("ListTagsForResource").len(), 2);
    assert!(
        !replay
            .requests_of("PutObject")
            .iter()
            .any(|put| put.holds("prod"))
    );
}

#[tokio::test]
async fn nothing_is_written_when_nothing_is_in_scope_or_the_input_is_wrong() {
    let replay = organization().on(
        "ListAccountsForParent",
        Answer::refused(400, "ParentNotFoundException"),
    );
    for (sweep, name, named) in [
        (
            json!({"accounts": {"exclude": [MANAGEMENT, MEMBER]}}),
            ErrorName::NoAccounts,
            "all 3 accounts",
        ),
        (
            json!({"accounts": {"include": ["999999999999"]}}),
            ErrorName::InvalidRequest,
            "`999999999999`",
        ),
        (
            json!({"organizational_units": {"exclude": [UNIT]}}),
            ErrorName::InvalidRequest,
            UNIT,
        ),
    ] {
        let error = ask(&replay, accounts_request(&sweep)).await.unwrap_err();
        assert_eq!(error.name(), name, "{error}");
        assert!(error.to_string().contains(named), "{error}");
    }
    assert!(replay.requests_of("PutObject").is_empty());
}

#[tokio::test]
async fn a_refused_organization_is_access_denied() {
    let replay = Replay::new()
        .account(MANAGEMENT)
        .on("ListAccounts", Answer::denied("AccessDeniedException"));
    let error = ask(&replay, accounts_request(&json!({})))
        .await
        .unwrap_err();
    assert_eq!(error.name(), ErrorName::AccessDenied);
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

#[tokio::test]
async fn a_missing_variable_of_the_environment_is_named() {
    let error = Function::from_environment().await.unwrap_err();
    assert!(error.to_string().contains("`RUN_BUCKET`"), "{error}");
}
