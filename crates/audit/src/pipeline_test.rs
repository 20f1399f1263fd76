//! The pipeline with an in-memory collector and a run bucket that records what is written.

use std::collections::BTreeMap;

use compliance::{ControlId, ErrorName, Observation};
use replay::{Answer, Replay};
use serde_json::json;

use super::*;
use crate::Named;

/// Buckets `b0`, `b1`, ..., one on each page; the page `refuses` is refused.
struct Buckets {
    pages: usize,
    refuses: Option<usize>,
}

impl Collector for Buckets {
    async fn collect(&self, after: Option<&str>) -> Result<Page, aws::Error> {
        let page: usize = after.map_or(0, |after| after.parse().unwrap());
        if Some(page) == self.refuses {
            return Err(aws::Error::NoRegion);
        }
        Ok(Page {
            observations: vec![bucket(page)],
            vanished: 1,
            next: (page + 1 < self.pages).then(|| (page + 1).to_string()),
            ..Page::default()
        })
    }
}

fn of_pages(pages: usize) -> Buckets {
    Buckets {
        pages,
        refuses: None,
    }
}

fn bucket(number: usize) -> Observation {
    let bucket = json!({
        "arn": format!("arn:aws:s3:::b{number}"), "name": format!("b{number}"),
        "account": "111122223333", "region": "eu-west-1",
        "encryption": {"algorithm": "aws:kms", "kms_key_id": "alias/app", "bucket_key_enabled": true,
            "blocked_encryption_types": null},
        "unknown": {"policy": {"operation": "GetBucketPolicy", "code": "AccessDenied"}},
    });
    Observation::Bucket(Box::new(serde_json::from_value(bucket).unwrap()))
}

fn scope() -> Scope {
    Scope {
        run: "20261120T140433000Z-1a2b3c4d".parse().unwrap(),
        account: "111122223333".parse().unwrap(),
        region: None,
        service: Service::S3,
    }
}

fn stage(replay: &Replay) -> Stage {
    Stage {
        catalog: Catalog::embedded().unwrap(),
        judge: Judge::Embedded,
        parameters: RunParameters::default(),
        store: RunStore::new(&replay.config("eu-west-1"), "runs"),
    }
}

fn bucket_that_takes_everything() -> Replay {
    Replay::new()
        .on(
            "GetObject",
            Answer::of(json!({"organization_id": "o-a", "accounts": []})),
        )
        .on("PutObject", Answer::empty())
}

/// The keys of the objects written, without what all have in common.
fn written(replay: &Replay) -> Vec<String> {
    let key = |path: &str| {
        let path = path.split('?').next().unwrap();
        path.rsplit("/111122223333/").next().unwrap().to_owned()
    };
    let requests = replay.requests_of("PutObject");
    requests.iter().map(|request| key(&request.path)).collect()
}

fn over() -> Deadline {
    Deadline::at(jiff::Timestamp::UNIX_EPOCH)
}

#[tokio::test]
async fn a_scope_is_audited_to_its_end_when_there_is_time() {
    let replay = bucket_that_takes_everything();
    let buckets = of_pages(2);
    let response = audit_scope(
        &stage(&replay),
        &buckets,
        &scope(),
        Progress::default(),
        &Deadline::none(),
    )
    .await
    .unwrap();
    assert_eq!(
        (response.next, response.parts, response.resources),
        (None, 2, 2)
    );
    insta::assert_snapshot!(written(&replay).join("\n"), @r"
    key-references/part-00000.json
    s3/global/part-00000.json
    key-references/part-00001.json
    s3/global/part-00001.json
    ");
}

#[tokio::test]
async fn an_invocation_out_of_time_still_advances_by_one_page() {
    let replay = bucket_that_takes_everything();
    let stage = stage(&replay);
    let buckets = of_pages(3);
    let mut progress = Progress::default();
    for part in 1..=3 {
        let response = audit_scope(&stage, &buckets, &scope(), progress, &over())
            .await
            .unwrap();
        assert_eq!((response.parts, response.resources), (part, 1));
        assert_eq!(response.next.is_none(), part == 3);
        progress = Progress {
            next: response.next,
            parts: response.parts,
        };
    }
    assert_eq!(written(&replay).len(), 6);
}

#[tokio::test]
async fn repeating_an_invocation_repeats_its_part_under_the_same_key() {
    let replay = bucket_that_takes_everything();
    let stage = stage(&replay);
    let buckets = of_pages(3);
    let progress = Progress {
        next: Some("1".to_owned()),
        parts: 1,
    };
    for _ in 0..2 {
        audit_scope(&stage, &buckets, &scope(), progress.clone(), &over())
            .await
            .unwrap();
    }
    let requests = replay.requests_of("PutObject");
    assert_eq!(written(&replay)[..2], written(&replay)[2..]);
    assert_eq!(requests[1].body, requests[3].body);
    assert_eq!(written(&replay)[1], "s3/global/part-00001.json");
}

#[tokio::test]
async fn a_part_reads_back_as_the_report_of_its_page() {
    let replay = bucket_that_takes_everything();
    let buckets = of_pages(1);
    audit_scope(
        &stage(&replay),
        &buckets,
        &scope(),
        Progress::default(),
        &over(),
    )
    .await
    .unwrap();
    let requests = replay.requests_of("PutObject");
    let references: serde_json::Value = serde_json::from_str(&requests[0].body).unwrap();
    let expected = json!([{"reference": "alias/app", "buckets": ["arn:aws:s3:::b0"]}]);
    assert_eq!(references, json!({"regions": {"eu-west-1": expected}}));
    let report: Report = serde_json::from_str(&requests[1].body).unwrap();
    assert_eq!(
        (report.part, report.vanished, report.key_uses.len()),
        (0, 1, 1)
    );
    assert_eq!(report.gaps[0].operation, "GetBucketPolicy");
}

#[tokio::test]
async fn a_failure_on_the_first_page_fails_the_invocation_and_writes_nothing() {
    let replay = bucket_that_takes_everything();
    let buckets = Buckets {
        pages: 2,
        refuses: Some(0),
    };
    let error = audit_scope(
        &stage(&replay),
        &buckets,
        &scope(),
        Progress::default(),
        &over(),
    )
    .await
    .unwrap_err();
    assert_eq!(error.name(), ErrorName::InvalidRequest);
    assert_eq!(replay.operations(), ["GetObject"]);
}

#[tokio::test]
async fn a_failure_on_a_later_page_hands_back_what_is_done() {
    let replay = bucket_that_takes_everything();
    let buckets = Buckets {
        pages: 3,
        refuses: Some(1),
    };
    let stage = stage(&replay);
    let progress = Progress::default();
    let response = audit_scope(&stage, &buckets, &scope(), progress, &Deadline::none())
        .await
        .unwrap();
    assert_eq!((response.next.as_deref(), response.parts), (Some("1"), 1));
}

#[tokio::test]
async fn a_run_bucket_that_refuses_is_named() {
    let denied = Answer::denied("AccessDenied");
    let replay = bucket_that_takes_everything().on("PutObject", denied);
    let buckets = of_pages(1);
    let error = audit_scope(
        &stage(&replay),
        &buckets,
        &scope(),
        Progress::default(),
        &over(),
    )
    .await
    .unwrap_err();
    assert_eq!(error.name(), ErrorName::AccessDenied);
    assert!(error.to_string().contains("s3://runs/"), "{error}");
}

/// A listing that always points to the same page.
struct Circle;

impl Collector for Circle {
    async fn collect(&self, _: Option<&str>) -> Result<Page, aws::Error> {
        let next = Some("here".to_owned());
        Ok(Page {
            next,
            ..Page::default()
        })
    }
}

/// A whole scope, audited in memory.
async fn in_memory(collector: &impl Collector) -> Result<AuditedScope, Error> {
    let Stage { catalog, judge, .. } = stage(&Replay::new());
    audit_all(
        &catalog,
        &judge,
        &Parameters::default(),
        collector,
        &scope(),
    )
    .await
}

#[tokio::test]
async fn a_listing_that_goes_in_circles_is_an_error() {
    let error = in_memory(&Circle).await.unwrap_err();
    assert!(matches!(error, Error::Stuck { .. }), "{error}");
}

/// Two pages, audited in memory.
async fn two_pages_in_memory() -> AuditedScope {
    in_memory(&of_pages(2)).await.unwrap()
}

#[tokio::test]
async fn in_memory_the_same_pages_give_the_same_reports() {
    let reports = two_pages_in_memory().await.reports;
    let parts: Vec<u32> = reports.iter().map(|report| report.part).collect();
    assert_eq!(parts, [0, 1]);
    assert_eq!(reports[1].resources, ["arn:aws:s3:::b1"]);
}

#[tokio::test]
async fn in_memory_what_passed_is_told_one_by_one_as_the_reports_count_it() {
    let AuditedScope { reports, passed } = two_pages_in_memory().await;
    assert!(!passed.is_empty());
    assert!(passed.iter().all(|it| it.status == Status::Passed));
    for (report, bucket) in reports.iter().zip(["b0", "b1"]) {
        let arn = format!("arn:aws:s3:::{bucket}");
        let of_bucket = passed.iter().filter(|it| it.resource == arn);
        let told: BTreeMap<ControlId, u64> = of_bucket.map(|it| (it.control.clone(), 1)).collect();
        assert_eq!(told, report.passed);
    }
}
