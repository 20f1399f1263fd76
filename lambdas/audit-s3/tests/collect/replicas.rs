//! Where replication writes to.

use compliance::Fact;
use replay::{Answer, Replay, call};

use crate::wire;

/// A versioned bucket `src` that replicates to these buckets.
fn replicating(buckets: &[(&str, &str)], destinations: &[&str]) -> Replay {
    wire::account(buckets)
        .on("GetBucketVersioning", wire::versioned())
        .on(
            call("GetBucketReplication").with("src"),
            wire::replication(destinations),
        )
}

async fn destination_regions(replay: &Replay) -> Vec<Option<String>> {
    let page = wire::first_page(replay).await;
    let Fact::Known(Some(rules)) = &wire::bucket(&page, "src").replication else {
        panic!("the rules were not read");
    };
    rules
        .iter()
        .map(|rule| rule.destination_region.clone().map(String::from))
        .collect()
}

#[tokio::test]
async fn the_region_of_a_destination_on_the_same_page_is_known() {
    let buckets = [("copy", "us-west-2"), ("src", "eu-west-1")];
    let replay = replicating(&buckets, &["arn:aws:s3:::copy"]);
    assert_eq!(
        destination_regions(&replay).await,
        [Some("us-west-2".to_owned())]
    );
    let heads = replay.requests_of(call("HeadBucket").with("/copy"));
    assert!(heads.is_empty());
}

#[tokio::test]
async fn the_region_of_a_foreign_destination_is_in_the_header_of_the_refusal() {
    let head = |name| call("HeadBucket").with(name);
    let region = |answer: Answer| answer.header("x-amz-bucket-region", "eu-north-1");
    let destinations = [
        "arn:aws:s3:::shut",
        "arn:aws:s3:::moved",
        "arn:aws:s3:::fine",
    ];
    let replay = replicating(&[("src", "eu-west-1")], &destinations)
        .on(head("shut"), region(Answer::denied("AccessDenied")))
        .on(
            head("moved"),
            region(Answer::refused(301, "PermanentRedirect")),
        )
        .on(head("fine"), region(Answer::empty()));
    let north = Some("eu-north-1".to_owned());
    assert_eq!(destination_regions(&replay).await, vec![north; 3]);
}

#[tokio::test]
async fn a_destination_is_asked_for_once_and_may_stay_unknown() {
    let destinations = ["arn:aws:s3:::far", "arn:aws:s3:::far"];
    let replay = replicating(&[("src", "eu-west-1")], &destinations)
        .on("HeadBucket", Answer::refused(404, "NotFound"));
    assert_eq!(destination_regions(&replay).await, [None, None]);
    let heads = replay.requests_of(call("HeadBucket").with("far"));
    assert_eq!(heads.len(), 1);
}

#[tokio::test]
async fn a_destination_in_the_list_is_the_accounts_own_and_no_other_is() {
    let destinations = [
        "arn:aws:s3:::copy",
        "arn:aws:s3:::theirs",
        "arn:aws:s3:::gone",
    ];
    let head = |name| call("HeadBucket").with(name);
    let replay = replicating(
        &[("copy", "us-west-2"), ("src", "eu-west-1")],
        &destinations,
    )
    .on(
        head("theirs"),
        Answer::empty().header("x-amz-bucket-region", "eu-north-1"),
    )
    .on(head("gone"), Answer::refused(404, "NotFound"));
    let page = wire::first_page(&replay).await;
    let Fact::Known(Some(rules)) = &wire::bucket(&page, "src").replication else {
        panic!("the rules were not read");
    };
    let owned: Vec<_> = rules.iter().map(|rule| rule.destination_owned).collect();
    assert_eq!(owned, [Some(true), Some(false), None]);
}
