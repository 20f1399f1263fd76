//! The Organization: paging, states, units at any depth, tags.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use aws::{Organization, Session};
use compliance::ErrorName;
use compliance::sweep::OrganizationalUnitId;
use replay::{Answer, Replay, call};
use serde_json::json;

async fn organization(replay: &Replay) -> Organization {
    let session = Session::caller(replay.config("eu-west-1")).await.unwrap();
    Organization::new(&session)
}

fn unit(id: &str) -> OrganizationalUnitId {
    id.to_owned().try_into().unwrap()
}

fn accounts(ids: &[&str]) -> Answer {
    let accounts: Vec<_> = ids
        .iter()
        .map(|id| json!({"Id": id, "State": "ACTIVE"}))
        .collect();
    Answer::of(json!({"Accounts": accounts}))
}

fn units(ids: &[&str]) -> Answer {
    let units: Vec<_> = ids.iter().map(|id| json!({"Id": id})).collect();
    Answer::of(json!({"OrganizationalUnits": units}))
}

#[tokio::test]
async fn every_page_of_accounts_is_read_and_the_state_before_the_status() {
    let first = json!({"NextToken": "page-two", "Accounts": [
        {"Id": "111111111111", "State": "SUSPENDED", "Status": "ACTIVE"},
        {"Id": "222222222222", "Status": "PENDING_CLOSURE"},
    ]});
    let replay = Replay::new()
        .account("111122223333")
        .on("ListAccounts", Answer::of(first))
        .on(
            call("ListAccounts").with("page-two"),
            Answer::of(json!({"Accounts": [{"Id": "333333333333"}]})),
        );
    let accounts = organization(&replay).await.accounts().await.unwrap();

    let seen: Vec<_> = accounts
        .iter()
        .map(|account| (account.id.as_str(), account.state.as_deref()))
        .collect();
    assert_eq!(
        seen,
        [
            ("111111111111", Some("SUSPENDED")),
            ("222222222222", Some("PENDING_CLOSURE")),
            ("333333333333", None),
        ]
    );
}

#[tokio::test]
async fn accounts_are_found_below_a_unit_at_any_depth() {
    let child = "ou-ab12-cccccccc";
    let grandchild = "ou-ab12-gggggggg";
    let replay = Replay::new()
        .account("111122223333")
        .on("ListAccountsForParent", accounts(&[]))
        .on(
            call("ListAccountsForParent").with("ou-ab12-pppppppp"),
            accounts(&["111111111111"]),
        )
        .on(
            call("ListAccountsForParent").with(grandchild),
            accounts(&["333333333333"]),
        )
        .on("ListOrganizationalUnitsForParent", units(&[]))
        .on(
            call("ListOrganizationalUnitsForParent").with("ou-ab12-pppppppp"),
            units(&[child]),
        )
        .on(
            call("ListOrganizationalUnitsForParent").with(child),
            units(&[grandchild]),
        );
    let below = organization(&replay)
        .await
        .accounts_below(&unit("ou-ab12-pppppppp"))
        .await
        .unwrap();

    let ids: Vec<_> = below.iter().map(compliance::AccountId::as_str).collect();
    assert_eq!(ids, ["111111111111", "333333333333"]);
}

#[tokio::test]
async fn a_unit_that_does_not_exist_is_named() {
    let replay = Replay::new().account("111122223333").on(
        "ListAccountsForParent",
        Answer::refused(400, "ParentNotFoundException"),
    );
    let error = organization(&replay)
        .await
        .accounts_below(&unit("ou-ab12-pppppppp"))
        .await
        .unwrap_err();
    assert_eq!(error.failed().unwrap().code, "ParentNotFoundException");
    assert!(error.to_string().contains("ou-ab12-pppppppp"), "{error}");
}

#[tokio::test]
async fn every_page_of_tags_is_read() {
    let first = json!({"NextToken": "page-two", "Tags": [{"Key": "env", "Value": "prod"}]});
    let replay = Replay::new()
        .account("111122223333")
        .on("ListTagsForResource", Answer::of(first))
        .on(
            call("ListTagsForResource").with("page-two"),
            Answer::of(json!({"Tags": [{"Key": "team", "Value": "a"}]})),
        );
    let tags = organization(&replay)
        .await
        .tags(&"222233334444".parse().unwrap())
        .await
        .unwrap();
    assert_eq!(tags.into_keys().collect::<Vec<_>>(), ["env", "team"]);
}

#[tokio::test]
async fn a_refused_listing_names_the_operation() {
    let replay = Replay::new()
        .account("111122223333")
        .on("ListAccounts", Answer::denied("AccessDeniedException"));
    let error = organization(&replay).await.accounts().await.unwrap_err();
    assert_eq!(error.name(), ErrorName::AccessDenied);
    assert!(error.to_string().contains("`ListAccounts`"), "{error}");
}
