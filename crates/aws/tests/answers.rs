//! Answers of AWS, classified by their codes.

use aws::answer::{self, Answer as Answered};
use aws::{Place, RunStore, Session, regions};
use compliance::{ErrorName, Refusal};
use replay::{Answer, Replay};

async fn bucket_policy(answer: Answer) -> Answered<Option<String>> {
    let replay = Replay::new().on("GetBucketPolicy", answer);
    let s3 = aws::s3_client(&replay.config("eu-west-1"));
    let result = s3.get_bucket_policy().bucket("logs").send().await;
    answer::read_or_absent("GetBucketPolicy", result, &["NoSuchBucketPolicy"])
        .map(|output| output.and_then(|output| output.policy))
}

fn refused(code: &str) -> Answered<Option<String>> {
    Answered::Refused(Refusal {
        operation: "GetBucketPolicy".into(),
        code: code.into(),
    })
}

#[tokio::test]
async fn a_value_an_absence_a_refusal_and_a_disappearance_are_told_apart() {
    assert_eq!(
        bucket_policy(Answer::of("{}")).await,
        Answered::Known(Some("{}".into()))
    );
    assert_eq!(
        bucket_policy(Answer::refused(404, "NoSuchBucketPolicy")).await,
        Answered::Known(None)
    );
    assert_eq!(
        bucket_policy(Answer::denied("AccessDenied")).await,
        refused("AccessDenied")
    );
    assert_eq!(
        bucket_policy(Answer::refused(404, "NoSuchBucket")).await,
        Answered::Vanished
    );
}

#[tokio::test]
async fn what_is_neither_a_value_nor_the_end_of_the_bucket_is_a_refusal_with_a_code() {
    for (answer, code) in [
        (Answer::refused(503, "SlowDown"), "SlowDown"),
        (Answer::refused(500, "InternalError"), "InternalError"),
        (Answer::refused(405, "MethodNotAllowed"), "MethodNotAllowed"),
        (Answer::timed_out(), "TimedOut"),
        (Answer::unreachable(), "Unreachable"),
        (Answer::with_status(403, ""), "Http403"),
    ] {
        assert_eq!(bucket_policy(answer).await, refused(code));
    }
}

#[tokio::test]
async fn throttling_is_refused_only_after_the_retries() {
    let replay = Replay::new().on("ListKeys", Answer::throttled("ThrottlingException"));
    let kms = aws_sdk_kms::Client::new(&replay.retrying("eu-west-1", 3));
    let answer = answer::read("ListKeys", kms.list_keys().send().await);
    assert!(matches!(answer, Answered::Refused(refusal) if refusal.code == "ThrottlingException"));
    assert_eq!(replay.operations().len(), 3);
}

#[tokio::test]
async fn a_failed_listing_names_place_operation_and_code() {
    for (answer, name) in [
        (
            Answer::denied("AccessDeniedException"),
            ErrorName::AccessDenied,
        ),
        (
            Answer::denied("UnrecognizedClientException"),
            ErrorName::AccessDenied,
        ),
        (
            Answer::throttled("ThrottlingException"),
            ErrorName::Throttled,
        ),
        (
            Answer::refused(500, "KMSInternalException"),
            ErrorName::ServiceFault,
        ),
        (Answer::timed_out(), ErrorName::ServiceFault),
        (
            Answer::refused(400, "InvalidMarkerException"),
            ErrorName::Internal,
        ),
    ] {
        let replay = Replay::new().on("ListKeys", answer);
        let place = Place::region(
            &"111122223333".parse().unwrap(),
            &"eu-west-1".parse().unwrap(),
        );
        let kms = aws_sdk_kms::Client::new(&replay.config("eu-west-1"));
        let error = answer::listed("ListKeys", &place, kms.list_keys().send().await).unwrap_err();
        assert_eq!(error.name(), name, "{error}");
        let failed = error.failed().unwrap();
        assert_eq!(
            (failed.operation, failed.place.as_ref()),
            ("ListKeys", Some(&place))
        );
        assert!(error.to_string().contains(&failed.code), "{error}");
        assert!(!error.to_string().contains("replayed message"), "{error}");
    }
}

#[tokio::test]
async fn regions_are_sorted_and_opt_in_is_respected() {
    let body = [
        "us-east-1 opt-in-not-required",
        "me-south-1 not-opted-in",
        "af-south-1 opted-in",
    ]
    .map(|line| {
        let (name, status) = line.split_once(' ').unwrap();
        format!("<item><regionName>{name}</regionName><optInStatus>{status}</optInStatus></item>")
    })
    .concat();
    let replay = Replay::new().account("111122223333").on(
        "DescribeRegions",
        Answer::of(format!(
            "<DescribeRegionsResponse><regionInfo>{body}</regionInfo></DescribeRegionsResponse>"
        )),
    );
    let session = Session::caller(replay.config("eu-west-1")).await.unwrap();
    let regions = regions::of_account(&session).await.unwrap();

    assert!(replay.requests_of("DescribeRegions")[0].holds("AllRegions=true"));
    let seen: Vec<_> = regions
        .iter()
        .map(|status| (status.region.as_str(), status.enabled))
        .collect();
    assert_eq!(
        seen,
        [
            ("af-south-1", true),
            ("me-south-1", false),
            ("us-east-1", true)
        ]
    );
}

#[tokio::test]
async fn a_document_is_written_as_json_and_read_back() {
    let replay = Replay::new()
        .on("PutObject", Answer::empty())
        .on("GetObject", Answer::of(r#"["a"]"#));
    let store = RunStore::new(&replay.config("eu-west-1"), "runs");
    store.put_json("runs/x.json", &["a"]).await.unwrap();
    let read: Vec<String> = store.get_json("runs/x.json").await.unwrap();

    assert_eq!(read, ["a"]);
    let put = &replay.requests_of("PutObject")[0];
    assert!(put.holds("/runs/x.json"));
    assert_eq!(put.header("content-type"), Some("application/json"));
    assert_eq!(put.body, r#"["a"]"#);
}

#[tokio::test]
async fn a_missing_or_foreign_document_is_an_unreadable_report() {
    for answer in [Answer::refused(404, "NoSuchKey"), Answer::of("no json")] {
        let replay = Replay::new().on("GetObject", answer);
        let store = RunStore::new(&replay.config("eu-west-1"), "runs");
        let error = store
            .get_json::<Vec<String>>("runs/x.json")
            .await
            .unwrap_err();
        assert_eq!(error.name(), ErrorName::ReportUnreadable);
        assert!(
            error.to_string().contains("s3://runs/runs/x.json"),
            "{error}"
        );
    }
    let replay = Replay::new().on("GetObject", Answer::denied("AccessDenied"));
    let store = RunStore::new(&replay.config("eu-west-1"), "runs");
    let error = store
        .get_json::<Vec<String>>("runs/x.json")
        .await
        .unwrap_err();
    assert_eq!(error.name(), ErrorName::AccessDenied);
}

#[tokio::test]
async fn with_an_endpoint_of_our_own_nothing_is_put_before_its_host() {
    let replay = Replay::new().on("GetBucketPolicy", Answer::of("{}")).on(
        "s3control.GetPublicAccessBlock",
        Answer::denied("AccessDenied"),
    );
    let config = replay
        .config("eu-west-1")
        .to_builder()
        .endpoint_url("http://localhost:4566")
        .build();
    aws::s3_client(&config)
        .get_bucket_policy()
        .bucket("logs")
        .send()
        .await
        .unwrap();
    let account = aws::s3control_client(&config)
        .get_public_access_block()
        .account_id("111122223333");
    account.send().await.unwrap_err();

    let hosts: Vec<String> = replay
        .requests()
        .into_iter()
        .map(|request| request.host)
        .collect();
    assert_eq!(hosts, ["localhost:4566", "localhost:4566"]);
    assert_eq!(
        replay.requests()[1].header("x-amz-account-id"),
        Some("111122223333")
    );
}
