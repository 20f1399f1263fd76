//! `accounts`: which accounts are in scope, and what is written of the others.

use audit::Named;
use compliance::ErrorName;
use replay::{Answer, Replay, call};
use serde_json::{Value, json};

use super::{MANAGEMENT, MEMBER, ask, ask_within};

const UNIT: &str = "ou-ab12-cccccccc";

fn accounts_request(sweep: &Value) -> Value {
    json!({
        "task": "accounts",
        "execution": {"id": "arn:x", "started_at": "2026-11-20T14:04:33Z"},
        "sweep": sweep,
    })
}

/// An Organization of two active accounts and a suspended one, on two pages.
fn organization() -> Replay {
    let first = json!({"NextToken": "page-two", "Accounts": [
        {"Id": MANAGEMENT, "Name": "audit", "State": "ACTIVE"}, {"Id": "333333333333", "Name": "retired", "State": "SUSPENDED"}]});
    let second = json!({"Accounts": [{"Id": MEMBER, "Name": "payments", "Status": "ACTIVE"}]});
    Replay::new()
        .account(MANAGEMENT)
        .on(
            "DescribeOrganization",
            Answer::of(json!({"Organization": {"Id": "o-exampleorgid"}})),
        )
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
        json!([{"account": MANAGEMENT, "name": "audit"}, {"account": MEMBER, "name": "payments"}])
    );
    let skipped = written(&replay, "skipped-accounts.json");
    assert_eq!(skipped[0]["account"], "333333333333");
    assert_eq!(skipped[0]["account_name"], "retired");
    assert_eq!(skipped[0]["status"], "SKIPPED");
    assert_eq!(skipped[0]["reason"], "the account is SUSPENDED");
}

#[tokio::test]
async fn the_organization_is_written_with_all_its_accounts_those_left_out_too() {
    let replay = organization();
    let sweep = json!({"accounts": {"include": [MEMBER]}});
    ask(&replay, accounts_request(&sweep)).await.unwrap();
    assert_eq!(
        written(&replay, "/organization.json"),
        json!({"organization_id": "o-exampleorgid",
            "accounts": [MANAGEMENT, MEMBER, "333333333333"]})
    );
}

#[tokio::test]
async fn what_may_be_asked_about_is_the_environments_scope_whatever_the_run_sweeps() {
    let replay = organization();
    let scope = json!({"accounts": {"exclude": [MANAGEMENT]}, "regions": {"include": ["eu-west-1"]},
        "services": ["kms"]});
    let scope = serde_json::from_value(scope).unwrap();
    let only_management = accounts_request(&json!({"accounts": {"include": [MANAGEMENT]}}));
    ask_within(&replay, scope, only_management).await.unwrap();
    assert_eq!(
        written(&replay, "latest/scope.json"),
        json!({"organization": {"organization_id": "o-exampleorgid",
                "accounts": [MANAGEMENT, MEMBER, "333333333333"]},
            "accounts": [MEMBER], "services": ["kms"],
            "regions": {"include": ["eu-west-1"], "exclude": []}})
    );
}

#[tokio::test]
async fn without_the_organizations_id_nothing_is_swept() {
    for answer in [
        Answer::denied("AccessDeniedException"),
        Answer::of(json!({"Organization": {}})),
    ] {
        let replay = organization().on("DescribeOrganization", answer);
        let error = ask(&replay, accounts_request(&json!({})))
            .await
            .unwrap_err();
        assert!(
            error.to_string().contains("DescribeOrganization"),
            "{error}"
        );
        assert!(replay.requests_of("PutObject").is_empty());
    }
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
            "DescribeOrganization",
            "PutObject",
            "PutObject",
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
        json!([{"account": MEMBER, "name": "payments"}])
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
        json!([{"account": MEMBER, "name": "payments"}])
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
