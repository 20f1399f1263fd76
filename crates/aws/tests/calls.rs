//! The interceptor counts what goes over the wire: retries too, and throttling as the SDK understands it.

#![cfg(test)]

use aws::calls::{self, Calls};
use replay::{Answer, Replay};
use serde_json::json;

/// The only test of this binary: the count belongs to the process.
#[tokio::test]
async fn every_attempt_counts_and_throttling_is_told_apart_from_denial() {
    let replay = Replay::new()
        .on(
            "ListKeys",
            vec![
                Answer::throttled("ThrottlingException"),
                Answer::of(json!({"Keys": [], "Truncated": false})),
            ],
        )
        .on("DescribeKey", Answer::denied("AccessDeniedException"));
    let kms = aws::client!(aws_sdk_kms, &replay.retrying("eu-west-1", 3));
    kms.list_keys().send().await.unwrap();
    kms.describe_key().key_id("x").send().await.unwrap_err();
    let counted = calls::take();
    assert_eq!(
        counted["kms:ListKeys"],
        Calls {
            made: 2,
            throttled: 1
        }
    );
    assert_eq!(
        counted["kms:DescribeKey"],
        Calls {
            made: 1,
            throttled: 0
        }
    );
    assert!(calls::take().is_empty());
}
