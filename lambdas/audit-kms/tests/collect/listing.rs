//! The list of keys: pages, keys that vanish, and lists that are refused.

use audit::Collector;
use compliance::ErrorName;
use replay::{Answer, call};
use serde_json::json;

use crate::wire::{self, ACCOUNT, REGION};

#[tokio::test]
async fn a_list_goes_on_until_it_is_not_truncated() {
    let replay = wire::region(&["1", "2", "3"])
        .on("ListKeys", wire::listing(&["2", "1"], Some("more")))
        .on(
            call("ListKeys").with("\"Marker\":\"more\""),
            wire::listing(&["3"], None),
        );
    let collector = wire::collector(&replay, &[]).await;

    let page = collector.collect(None).await.unwrap();
    assert_eq!(wire::ids(&page), ["1", "2"]);
    assert_eq!(page.next.as_deref(), Some("more"));
    let page = collector.collect(page.next.as_deref()).await.unwrap();
    assert_eq!(wire::ids(&page), ["3"]);
    assert_eq!(page.next, None);

    assert!(
        replay
            .requests_of("ListKeys")
            .iter()
            .all(|request| request.holds("\"Limit\":2"))
    );
    assert_eq!(
        replay.requests_of("ListAliases").len(),
        1,
        "aliases are listed once"
    );
}

#[tokio::test]
async fn a_list_that_goes_on_without_saying_where_is_a_gap() {
    let cut = json!({"Keys": [{"KeyId": "1"}], "Truncated": true});
    let replay = wire::region(&["1"]).on("ListKeys", Answer::of(cut));
    let page = wire::first_page(&replay, &[]).await;
    assert_eq!(wire::ids(&page), ["1"]);
    assert_eq!(page.next, None);
    assert_eq!(page.gaps.len(), 1);
    assert_eq!(page.gaps[0].operation, "ListKeys");
    assert_eq!(page.gaps[0].region.as_ref().unwrap().as_str(), REGION);
}

#[tokio::test]
async fn a_key_that_vanished_after_it_was_listed_is_counted() {
    let gone = || Answer::refused(400, "NotFoundException");
    let replay = wire::region(&["1", "2", "3"])
        .on(call("DescribeKey").with("\"1\""), gone())
        .on(call("ListGrants").with("\"3\""), gone());
    let page = wire::first_page(&replay, &[]).await;
    assert_eq!(wire::ids(&page), ["2"]);
    assert_eq!(page.vanished, 2);
}

#[tokio::test]
async fn a_refused_list_names_account_region_and_operation() {
    let replay = wire::region(&[]).on("ListKeys", Answer::denied("AccessDeniedException"));
    let collector = wire::collector(&replay, &[]).await;
    let error = collector.collect(None).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::AccessDenied);
    let message = error.to_string();
    for part in [ACCOUNT, REGION, "ListKeys", "AccessDeniedException"] {
        assert!(message.contains(part), "{message}");
    }
}

#[tokio::test]
async fn a_throttled_list_is_an_error_to_try_again() {
    let replay = wire::region(&[]).on("ListKeys", Answer::throttled("ThrottlingException"));
    let collector = wire::collector(&replay, &[]).await;
    let error = collector.collect(None).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::Throttled);
}
