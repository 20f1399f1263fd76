//! What cannot be read is unknown on its own bucket, and nothing else is lost.

use audit::Collector;
use compliance::{ErrorName, Fact, Refusal};
use replay::{Answer, call};

use crate::wire::{self, ACCOUNT};

fn refusal(operation: &str, code: &str) -> Refusal {
    Refusal {
        operation: operation.to_owned(),
        code: code.to_owned(),
    }
}

#[tokio::test]
async fn a_denied_policy_is_unknown_on_that_bucket_alone() {
    let private = Answer::of("<PolicyStatus><IsPublic>false</IsPublic></PolicyStatus>");
    let replay = wire::account(&[("open", "eu-west-1"), ("shut", "eu-west-1")])
        .on(
            call("GetBucketPolicy").with("shut"),
            Answer::denied("AccessDenied"),
        )
        .on("GetBucketPolicyStatus", private);
    let page = wire::first_page(&replay).await;

    let shut = wire::bucket(&page, "shut");
    assert!(shut.policy.is_unread());
    assert_eq!(shut.unknown.len(), 1);
    assert_eq!(
        shut.unknown["policy"],
        refusal("GetBucketPolicy", "AccessDenied")
    );
    assert!(
        shut.policy_status.known().unwrap().is_some(),
        "the status is still asked for"
    );
    let open = wire::bucket(&page, "open");
    assert_eq!(open.policy, Fact::Known(None));
    assert!(open.unknown.is_empty());
}

#[tokio::test]
async fn what_could_not_be_read_makes_no_other_read_pointless() {
    let denied = || Answer::denied("AccessDenied");
    let replay = wire::account(&[("shut", "eu-west-1")])
        .on("GetBucketPolicy", denied())
        .on("GetBucketPolicyStatus", denied())
        .on("GetBucketOwnershipControls", denied())
        .on("GetBucketAcl", denied())
        .on("GetBucketVersioning", denied())
        .on("GetBucketReplication", denied());
    let page = wire::first_page(&replay).await;
    let bucket = wire::bucket(&page, "shut");
    let unknown: Vec<&str> = bucket.unknown.keys().map(String::as_str).collect();
    assert_eq!(
        unknown,
        [
            "acl",
            "object_ownership",
            "policy",
            "policy_status",
            "replication",
            "versioning"
        ]
    );
    assert_eq!(bucket.object_lock, Fact::Known(None));
}

#[tokio::test]
async fn a_throttled_read_is_tried_again() {
    let on =
        Answer::of("<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>");
    let slow = || Answer::refused(503, "SlowDown");
    let replay =
        wire::account(&[("busy", "eu-west-1")]).on("GetBucketVersioning", [slow(), slow(), on]);
    let collector = wire::patient_collector(&replay, &["eu-west-1"]).await;
    let page = collector.collect(None).await.unwrap();

    let bucket = wire::bucket(&page, "busy");
    let versioning = bucket.versioning.known().unwrap().as_ref().unwrap();
    assert_eq!(versioning.status, "Suspended");
    assert!(bucket.unknown.is_empty());
    assert_eq!(replay.requests_of("GetBucketVersioning").len(), 3);
}

#[tokio::test]
async fn a_read_that_is_throttled_for_ever_is_unknown() {
    let replay = wire::account(&[("busy", "eu-west-1")])
        .on("GetBucketLogging", Answer::refused(503, "SlowDown"));
    let collector = wire::patient_collector(&replay, &["eu-west-1"]).await;
    let page = collector.collect(None).await.unwrap();

    let bucket = wire::bucket(&page, "busy");
    assert!(bucket.logging.is_unread());
    assert_eq!(
        bucket.unknown["logging"],
        refusal("GetBucketLogging", "SlowDown")
    );
    assert_eq!(replay.requests_of("GetBucketLogging").len(), 3);
}

#[tokio::test]
async fn a_policy_that_is_not_json_is_unknown_and_never_no_policy() {
    let replay = wire::account(&[("odd", "eu-west-1")])
        .on("GetBucketPolicy", Answer::of("{\"Statement\": oops"))
        .on("GetBucketPolicyStatus", Answer::of("<PolicyStatus/>"));
    let page = wire::first_page(&replay).await;
    let bucket = wire::bucket(&page, "odd");
    assert!(bucket.policy.is_unread());
    assert_eq!(
        bucket.unknown["policy"],
        refusal("GetBucketPolicy", "MalformedPolicy")
    );
    assert_eq!(
        bucket.unknown["policy_status"],
        refusal("GetBucketPolicyStatus", "MalformedAnswer")
    );
}

#[tokio::test]
async fn a_refused_account_block_is_unknown_on_the_account_and_on_each_bucket() {
    let replay = wire::account(&[("a", "eu-west-1"), ("b", "eu-west-1")]).on(
        "s3control.GetPublicAccessBlock",
        Answer::denied("AccessDenied"),
    );
    let page = wire::first_page(&replay).await;
    let denied = refusal("GetPublicAccessBlock", "AccessDenied");

    let account = wire::account_of(&page).unwrap();
    assert!(account.public_access_block.is_unread());
    assert_eq!(account.unknown["public_access_block"], denied);
    for name in ["a", "b"] {
        let bucket = wire::bucket(&page, name);
        assert!(bucket.account_public_access_block.is_unread());
        assert_eq!(bucket.unknown["account_public_access_block"], denied);
        assert_eq!(bucket.public_access_block, Fact::Known(None));
    }
}

#[tokio::test]
async fn a_refused_listing_names_account_and_operation() {
    let replay = wire::account(&[]).on("ListBuckets", Answer::denied("AccessDenied"));
    let collector = wire::collector(&replay, &["eu-west-1"]).await;
    let error = collector.collect(None).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::AccessDenied);
    let message = error.to_string();
    for part in [ACCOUNT, "ListBuckets", "AccessDenied"] {
        assert!(message.contains(part), "{message}");
    }
}

#[tokio::test]
async fn a_throttled_listing_is_an_error_to_try_again() {
    let replay = wire::account(&[]).on("ListBuckets", Answer::refused(503, "SlowDown"));
    let collector = wire::collector(&replay, &["eu-west-1"]).await;
    let error = collector.collect(None).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::Throttled);
}
