//! The buckets that receive access logs.

use compliance::observation::LogTarget;
use compliance::{Fact, Refusal};
use replay::{Answer, Replay, call};

use crate::wire;

/// Buckets of which `src` logs to `logs`, which has a policy if it is ours.
fn logging(buckets: &[(&str, &str)]) -> Replay {
    wire::account(buckets)
        .on(
            call("ListBuckets").with("prefix="),
            wire::listing(&[], None),
        )
        .on(
            call("GetBucketLogging").with("src"),
            Answer::of(
                "<BucketLoggingStatus><LoggingEnabled><TargetBucket>logs</TargetBucket>\
                 <TargetPrefix/></LoggingEnabled></BucketLoggingStatus>",
            ),
        )
        .on(
            call("GetBucketPolicy").with("logs"),
            Answer::of(r#"{"Statement":[]}"#),
        )
        .on(
            call("GetBucketPolicyStatus").with("logs"),
            Answer::of("<PolicyStatus><IsPublic>false</IsPublic></PolicyStatus>"),
        )
}

async fn target(replay: &Replay) -> Result<Option<LogTarget>, Refusal> {
    let page = wire::first_page(replay).await;
    let bucket = wire::bucket(&page, "src");
    match &bucket.log_target {
        Fact::Known(target) => Ok(target.clone()),
        Fact::Unread => Err(bucket.unknown["log_target"].clone()),
    }
}

fn in_region(answer: Answer, region: &str) -> Answer {
    answer.header("x-amz-bucket-region", region)
}

#[tokio::test]
async fn a_target_on_the_page_is_not_read_again() {
    let replay = logging(&[("logs", "eu-west-1"), ("src", "eu-west-1")]);
    let target = target(&replay).await.unwrap().unwrap();
    assert!(target.exists && target.owned);
    assert!(target.policy.is_some());
    let asked = replay.requests_of(call("GetBucketPolicy").with("logs"));
    assert_eq!(asked.len(), 1);
    let heads = replay.requests_of(call("HeadBucket").with("logs"));
    assert!(heads.is_empty());
}

#[tokio::test]
async fn a_target_of_another_page_is_looked_up_and_read_once() {
    let replay = logging(&[("src", "eu-west-1"), ("src2", "eu-west-1")])
        .on(
            call("ListBuckets").with("prefix=logs"),
            wire::listing(&[("logs", "eu-west-1")], None),
        )
        .on(
            call("HeadBucket").with("logs"),
            in_region(Answer::empty(), "eu-west-1"),
        );
    let target = target(&replay).await.unwrap().unwrap();
    assert!(target.exists && target.owned);
    assert!(target.policy.is_some());
    let asked = replay.requests_of(call("GetBucketPolicy").with("logs"));
    assert_eq!(asked.len(), 1, "for both buckets together");
}

#[tokio::test]
async fn a_target_in_another_region_is_not_read() {
    let replay = logging(&[("src", "eu-west-1")])
        .on(
            call("ListBuckets").with("prefix=logs"),
            wire::listing(&[("logs", "us-west-2")], None),
        )
        .on(
            call("HeadBucket").with("logs"),
            in_region(Answer::refused(301, "PermanentRedirect"), "us-west-2"),
        );
    let target = target(&replay).await.unwrap().unwrap();
    assert!(target.exists && target.owned);
    assert_eq!(target.region.unwrap().as_str(), "us-west-2");
    assert!(
        replay
            .requests_of(call("GetBucketPolicy").with("logs"))
            .is_empty()
    );
}

#[tokio::test]
async fn a_target_that_is_not_ours_is_foreign_and_one_that_is_nobodys_is_missing() {
    let foreign = logging(&[("src", "eu-west-1")]).on(
        call("HeadBucket").with("logs"),
        in_region(Answer::denied("AccessDenied"), "eu-west-1"),
    );
    let target_of_others = target(&foreign).await.unwrap().unwrap();
    assert!(target_of_others.exists && !target_of_others.owned);
    let missing = logging(&[("src", "eu-west-1")]).on(
        call("HeadBucket").with("logs"),
        Answer::refused(404, "NotFound"),
    );
    assert!(!target(&missing).await.unwrap().unwrap().exists);
}

#[tokio::test]
async fn a_target_that_cannot_be_looked_at_is_unknown_with_the_operation() {
    let replay = logging(&[("logs", "eu-west-1"), ("src", "eu-west-1")]).on(
        call("GetBucketPolicy").with("logs"),
        Answer::denied("AccessDenied"),
    );
    assert_eq!(
        target(&replay).await.unwrap_err().operation,
        "GetBucketPolicy"
    );
    let replay = logging(&[("src", "eu-west-1")])
        .on(
            call("HeadBucket").with("logs"),
            in_region(Answer::empty(), "eu-west-1"),
        )
        .on(
            call("ListBuckets").with("prefix=logs"),
            Answer::denied("AccessDenied"),
        );
    assert_eq!(target(&replay).await.unwrap_err().operation, "ListBuckets");
}

#[tokio::test]
async fn without_logging_there_is_no_target() {
    let page = wire::first_page(&wire::account(&[("plain", "eu-west-1")])).await;
    assert_eq!(wire::bucket(&page, "plain").log_target, Fact::Known(None));
}
