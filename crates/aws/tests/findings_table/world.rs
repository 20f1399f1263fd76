//! A scope of keys, and how it is written in a replayed DynamoDB.

use aws::{FindingsTable, Look, PlaceRange, Slice, UnseenBuckets, Written};
use compliance::{AccountId, ResourceType, Run, Service, Severity, Status, Verdict};
use replay::{Answer, Replay, Request};
use serde_json::{Value, json};

pub(crate) fn run() -> Run {
    Run::of_execution("x", "2026-11-20T14:04:33Z".parse().unwrap())
}

pub(crate) fn account() -> AccountId {
    "111122223333".parse().unwrap()
}

pub(crate) fn failure(resource: &str) -> Verdict {
    Verdict {
        control: "KMS.4".parse().unwrap(),
        resource: resource.into(),
        resource_type: ResourceType::AwsKmsKey,
        account: account(),
        region: "eu-west-1".parse().unwrap(),
        status: Status::Failed,
        severity: Severity::Medium,
        reason: "rotation is off".into(),
        key: None,
        buckets: Vec::new(),
    }
}

pub(crate) fn look() -> Look {
    Look {
        service: Service::Kms,
        region: Some("eu-west-1".parse().unwrap()),
        resolvable: ["KMS.4".parse().unwrap()].into(),
        judged: ["KMS.4".parse().unwrap()].into(),
        examined: ["eu-west-1".parse().unwrap()].into(),
        unseen_buckets: UnseenBuckets::default(),
    }
}

/// The whole scope as one slice.
pub(crate) fn slice(verdicts: Vec<Verdict>) -> Slice {
    let ranges = PlaceRange::of_scope(look().region.as_ref(), Service::Kms, &[]);
    let mut slice = Slice::of(ranges[0].clone());
    slice.verdicts = verdicts;
    slice.resources = ["key/a".to_owned(), "key/b".to_owned()].into();
    slice
}

/// A stored finding, as DynamoDB has it on the wire.
pub(crate) fn stored(resource: &str) -> Value {
    let text = |value: &str| json!({"S": value});
    json!({
        "account": text("111122223333"), "place": text(&format!("eu-west-1#kms#{resource}#KMS.4")),
        "id": text(&format!("111122223333/eu-west-1/KMS.4/{resource}")), "region": text("eu-west-1"),
        "service": text("kms"), "control": text("KMS.4"), "resource": text(resource),
        "resource_type": text("AwsKmsKey"), "status": text("FAILED"), "severity": text("MEDIUM"),
        "reason": text("rotation is off"), "state": text("OPEN"),
        "first_observed_at": text("2026-11-01T00:00:00.000Z"), "changed_at": text("2026-11-01T00:00:00.000Z"),
        "changed_in": text("20261101T000000000Z-1a2b3c4d"), "run_started_at": text("2026-11-01T00:00:00.000Z"),
    })
}

pub(crate) fn page(items: &[Value]) -> Answer {
    Answer::of(json!({"Items": items, "Count": items.len()}))
}

/// Writes a scope as `aggregate` does; `None` if a newer run has begun.
pub(crate) async fn write(
    replay: &Replay,
    verdicts: Vec<Verdict>,
) -> Result<Option<Written>, aws::Error> {
    let table = FindingsTable::new(&replay.config("eu-west-1"), "findings");
    let (run, account) = (run(), account());
    let Some(writer) = table.begin(&run, &account, look()).await? else {
        return Ok(None);
    };
    let mut written = Written::default();
    let mut comparison = writer.compare(slice(verdicts), &|_| None);
    while let Some(delta) = comparison.next().await? {
        match writer.apply(delta).await? {
            Some(step) => written.extend(&step),
            None => return Ok(None),
        }
    }
    Ok(Some(written))
}

/// The items of a transaction.
pub(crate) fn items(request: &Request) -> Vec<Value> {
    body(request)["TransactItems"].as_array().unwrap().clone()
}

/// A transaction that was cancelled, with the reason of each item.
pub(crate) fn cancelled(reasons: &[&str]) -> Answer {
    let reasons: Vec<Value> = reasons.iter().map(|code| json!({"Code": code})).collect();
    Answer::with_status(
        400,
        json!({"__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
            "Message": "cancelled", "CancellationReasons": reasons}),
    )
}

pub(crate) fn body(request: &Request) -> Value {
    serde_json::from_str(&request.body).unwrap()
}
