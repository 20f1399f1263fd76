//! The list of buckets: pages, regions, and buckets that vanish.

use audit::Collector;
use compliance::Service;
use replay::{Answer, call};

use crate::wire::{self, ACCOUNT};

fn names(page: &audit::Page) -> Vec<&str> {
    let buckets = wire::buckets(page).into_iter();
    buckets.map(|bucket| bucket.name.as_str()).collect()
}

#[tokio::test]
async fn a_list_goes_on_until_there_is_no_token() {
    let first = wire::listing(&[("b", "eu-west-1"), ("a", "eu-west-1")], Some("t 1"));
    let second = wire::listing(&[("c", "eu-west-1")], None);
    let replay = wire::account(&[])
        .on("ListBuckets", first)
        .on(call("ListBuckets").with("continuation-token=t 1"), second);
    let collector = wire::collector(&replay, &["eu-west-1"]).await;

    let page = collector.collect(None).await.unwrap();
    assert_eq!(names(&page), ["a", "b"]);
    assert!(wire::account_of(&page).is_some());
    assert_eq!(page.next.as_deref(), Some("t 1"));

    let page = collector.collect(page.next.as_deref()).await.unwrap();
    assert_eq!(names(&page), ["c"]);
    assert!(
        wire::account_of(&page).is_none(),
        "the account is a resource of the first page"
    );
    assert_eq!(page.next, None);

    let listed = replay.requests_of("ListBuckets");
    let pages = listed.iter();
    let pages = pages.filter(|request| request.holds("max-buckets=2"));
    assert_eq!((pages.count(), listed.len()), (2, 3), "and one to count");
    assert_eq!(
        replay.requests_of("s3control.GetPublicAccessBlock").len(),
        1
    );
}

#[tokio::test]
async fn a_later_invocation_reads_the_account_block_too() {
    let replay = wire::account(&[("a", "eu-west-1"), ("b", "eu-west-1")]);
    let collector = wire::collector(&replay, &["eu-west-1"]).await;
    let page = collector.collect(Some("t")).await.unwrap();
    assert!(wire::account_of(&page).is_none());
    assert!(
        wire::bucket(&page, "b")
            .account_public_access_block
            .known()
            .is_some()
    );
    assert_eq!(
        replay.requests_of("s3control.GetPublicAccessBlock").len(),
        1
    );
}

#[tokio::test]
async fn the_account_carries_the_first_region() {
    let replay = wire::account(&[]);
    let collector = wire::collector(&replay, &["us-west-2", "eu-west-1"]).await;
    let page = collector.collect(None).await.unwrap();
    assert_eq!(
        wire::account_of(&page).unwrap().region.as_str(),
        "eu-west-1"
    );
    let request = &replay.requests_of("s3control.GetPublicAccessBlock")[0];
    assert_eq!(request.header("x-amz-account-id"), Some(ACCOUNT));
}

#[tokio::test]
async fn without_regions_nothing_is_asked() {
    let replay = wire::account(&[("a", "eu-west-1")]);
    let collector = wire::collector(&replay, &[]).await;
    assert_eq!(
        collector.collect(None).await.unwrap(),
        audit::Page::default()
    );
    assert!(replay.requests_of("ListBuckets").is_empty());
}

#[tokio::test]
async fn a_bucket_that_vanished_after_it_was_listed_is_counted() {
    let replay = wire::account(&[("gone", "eu-west-1"), ("here", "eu-west-1")]).on(
        call("GetBucketOwnershipControls").with("gone"),
        Answer::refused(404, "NoSuchBucket"),
    );
    let page = wire::first_page(&replay).await;
    assert_eq!(names(&page), ["here"]);
    assert_eq!(page.vanished, 1);
    assert!(page.gaps.is_empty());
}

#[tokio::test]
async fn a_bucket_without_a_region_in_the_list_is_asked_for_it() {
    let head = |name| call("HeadBucket").with(name);
    let in_region = |answer: Answer, region: &str| answer.header("x-amz-bucket-region", region);
    let replay = wire::account(&[("one", ""), ("two", ""), ("far", ""), ("gone", "")])
        .on(head("one"), in_region(Answer::empty(), "eu-west-1"))
        .on(
            head("two"),
            in_region(Answer::denied("AccessDenied"), "eu-west-1"),
        )
        .on(
            head("far"),
            in_region(Answer::refused(301, "PermanentRedirect"), "us-west-2"),
        )
        .on(head("gone"), Answer::refused(404, "NoSuchBucket"));
    let page = wire::first_page(&replay).await;
    assert_eq!(
        names(&page),
        ["one", "two"],
        "`far` lies in a region that is not wanted"
    );
    assert_eq!(page.vanished, 1);
    assert!(page.gaps.is_empty());
}

#[tokio::test]
async fn a_bucket_that_may_lie_anywhere_is_a_gap() {
    let replay = wire::account(&[("lost", "")]).on("HeadBucket", Answer::denied("AccessDenied"));
    let page = wire::first_page(&replay).await;
    assert!(wire::buckets(&page).is_empty());
    assert_eq!(page.gaps.len(), 1);
    let gap = &page.gaps[0];
    assert_eq!(gap.account.as_str(), ACCOUNT);
    assert_eq!(gap.service, Some(Service::S3));
    assert_eq!(gap.resource.as_deref(), Some("arn:aws:s3:::lost"));
    assert_eq!(
        (gap.operation.as_str(), gap.code.as_str()),
        ("HeadBucket", "Http403")
    );
}
