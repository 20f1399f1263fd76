//! The account itself: how many buckets it has, and who sits on the names of AWS services.

use compliance::observation::PredictableBucket;
use compliance::{Fact, Refusal};
use replay::{Answer, call};

use crate::wire::{self, ACCOUNT};

const SAGEMAKER: &str = "sagemaker-eu-west-1-111122223333";
const GLUE: &str = "aws-glue-assets-111122223333-eu-west-1";

#[tokio::test]
async fn buckets_of_all_regions_and_pages_are_counted() {
    let first = wire::listing(&[("a", "eu-west-1"), ("b", "us-east-1")], Some("t"));
    let rest = wire::listing(&[("c", "eu-west-1"), ("d", "ap-south-1")], None);
    let replay = wire::account(&[])
        .on("ListBuckets", first)
        .on(call("ListBuckets").with("continuation-token=t"), rest);
    let page = wire::first_page(&replay).await;
    let account = wire::account_of(&page).unwrap();
    assert_eq!(account.bucket_count, Fact::Known(4));
    assert!(account.unknown.is_empty());
}

#[tokio::test]
async fn a_count_that_is_refused_half_way_is_unknown() {
    let first = wire::listing(&[("a", "eu-west-1")], Some("t"));
    let replay = wire::account(&[]).on("ListBuckets", first).on(
        call("ListBuckets").with("continuation-token=t"),
        Answer::refused(503, "SlowDown"),
    );
    let page = wire::first_page(&replay).await;
    let account = wire::account_of(&page).unwrap();
    assert!(account.bucket_count.is_unread());
    assert_eq!(account.unknown["bucket_count"].code, "SlowDown");
}

#[tokio::test]
async fn a_bucket_under_the_name_of_a_service_is_ours_only_if_we_list_it() {
    let there = || Answer::empty().header("x-amz-bucket-region", "eu-west-1");
    let refused = Answer::denied("AccessDenied").header("x-amz-bucket-region", "us-east-1");
    let replay = wire::account(&[])
        .on(call("HeadBucket").with(SAGEMAKER), there())
        .on(call("HeadBucket").with(GLUE), refused)
        .on(
            call("ListBuckets").with("prefix=sagemaker"),
            wire::listing(&[(SAGEMAKER, "eu-west-1")], None),
        );
    let page = wire::first_page(&replay).await;
    let found = |name: &str, used_by: &str, owned| PredictableBucket {
        name: name.to_owned(),
        used_by: used_by.to_owned(),
        owned,
    };
    let expected = vec![
        found(GLUE, "Glue", false),
        found(SAGEMAKER, "SageMaker AI", true),
    ];
    let account = wire::account_of(&page).unwrap();
    assert_eq!(account.predictable_buckets, Fact::Known(expected));
}

#[tokio::test]
async fn names_are_asked_for_in_the_wanted_regions_and_once() {
    let replay = wire::account(&[(SAGEMAKER, "eu-west-1")]);
    wire::first_page(&replay).await;
    let asked = replay.requests_of("HeadBucket");
    assert_eq!(asked.len(), 4, "one of the five is on the page");
    assert!(
        asked
            .iter()
            .all(|request| request.holds(ACCOUNT) && request.holds("eu-west-1"))
    );
}

#[tokio::test]
async fn a_name_that_nobody_tells_of_leaves_the_whole_unknown() {
    let slow = Answer::refused(503, "SlowDown");
    let replay = wire::account(&[]).on(call("HeadBucket").with(GLUE), slow);
    let page = wire::first_page(&replay).await;
    let account = wire::account_of(&page).unwrap();
    assert!(account.predictable_buckets.is_unread());
    let why = Refusal {
        operation: "HeadBucket".to_owned(),
        code: "Http503".to_owned(),
    };
    assert_eq!(account.unknown["predictable_buckets"], why);
}
