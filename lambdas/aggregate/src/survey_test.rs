//! Tests of how a report is cut into slices.

use compliance::Service;
use serde_json::{Value, json};

use super::*;

fn scope() -> Scope {
    Scope {
        run: "20261120T140433000Z-1a2b3c4d".parse().unwrap(),
        account: "111122223333".parse().unwrap(),
        region: None,
        service: Service::S3,
    }
}

fn verdict(bucket: &str, control: &str) -> Value {
    json!({"control": control, "resource": bucket, "resource_type": "AwsS3Bucket",
        "account": "111122223333", "region": "eu-west-1", "status": "FAILED", "severity": "HIGH", "reason": "because"})
}

fn report(part: u32, buckets: &[String], controls: &[&str]) -> Report {
    let verdicts: Vec<Value> = buckets
        .iter()
        .flat_map(|bucket| controls.iter().map(|control| verdict(bucket, control)))
        .collect();
    serde_json::from_value(json!({
        "run": scope().run, "account": "111122223333", "region": null, "service": "s3", "part": part,
        "resources": buckets, "vanished": 0, "verdicts": verdicts, "passed": {}, "gaps": [],
    }))
    .unwrap()
}

/// Parts of 100 buckets with five failures each, dealt out by `name`.
fn parts(count: u32, name: impl Fn(u32) -> u32) -> Vec<Report> {
    let part = |part: u32| {
        let buckets = (0..100).map(|n| format!("arn:aws:s3:::b-{:06}", name(part * 100 + n)));
        let buckets: Vec<String> = buckets.collect();
        report(part, &buckets, &["S3.1", "S3.2", "S3.5", "S3.8", "S3.9"])
    };
    (0..count).map(part).collect()
}

/// Verdicts of each slice, and how many parts are read for it.
fn slices(parts: &[Report]) -> Vec<(usize, usize)> {
    let mut survey = Survey::default();
    for report in parts {
        survey.add(report.part, report.clone());
    }
    let cut = |range: PlaceRange| {
        let read = survey.parts_in(&range);
        let mut slice = Slice::of(range);
        for part in &read {
            add_to(&mut slice, parts[*part as usize].clone());
        }
        (slice.verdicts.len(), read.len())
    };
    survey.ranges(&scope()).into_iter().map(cut).collect()
}

#[test]
fn an_ordinary_report_is_held_and_is_one_slice() {
    let parts = parts(30, |n| n);
    assert_eq!(slices(&parts), [(15_000, 30)]);
    let mut survey = Survey::default();
    for report in &parts {
        survey.add(report.part, report.clone());
    }
    assert!(survey.is_kept());
    assert_eq!(survey.take_kept().len(), 30);
}

#[test]
fn a_large_report_is_not_held_and_each_slice_reads_its_own_parts() {
    let parts = parts(200, |n| n);
    let slices = slices(&parts);
    assert_eq!(
        slices.iter().map(|(verdicts, _)| verdicts).sum::<usize>(),
        100_000
    );
    assert!(
        slices
            .iter()
            .all(|(verdicts, _)| *verdicts < SLICE * 11 / 10),
        "{slices:?}"
    );
    assert!(slices.iter().all(|(_, read)| *read <= 42), "{slices:?}");
    let mut survey = Survey::default();
    for report in &parts {
        survey.add(report.part, report.clone());
    }
    assert!(!survey.is_kept() && survey.take_kept().is_empty());
}

#[test]
fn parts_in_any_order_give_slices_of_the_same_size() {
    // 7,919 is a prime, so that every number below 20,000 comes up once.
    let slices = slices(&parts(200, |n| n * 7_919 % 20_000));
    assert_eq!(
        slices.iter().map(|(verdicts, _)| verdicts).sum::<usize>(),
        100_000
    );
    assert!(
        slices
            .iter()
            .all(|(verdicts, _)| *verdicts < SLICE * 12 / 10),
        "{slices:?}"
    );
}

#[test]
fn a_gap_that_hides_a_key_leaves_its_bucket_unseen() {
    let gap = |resource: Option<&str>, region: Option<&str>, operation: &str| -> Gap {
        serde_json::from_value(
            json!({"account": "111122223333", "region": region, "service": "s3",
            "resource": resource, "operation": operation, "code": "AccessDenied"}),
        )
        .unwrap()
    };
    let mut part = report(0, &[], &[]);
    part.gaps = vec![
        gap(
            Some("arn:aws:s3:::shut"),
            Some("eu-west-1"),
            "GetBucketEncryption",
        ),
        gap(Some("arn:aws:s3:::lost"), None, "HeadBucket"),
        gap(
            Some("arn:aws:s3:::read"),
            Some("eu-west-1"),
            "GetBucketPolicy",
        ),
    ];
    let mut survey = Survey::default();
    survey.add(0, part.clone());
    assert!(survey.unseen.may_hold("arn:aws:s3:::shut"));
    assert!(survey.unseen.may_hold("arn:aws:s3:::lost"));
    assert!(!survey.unseen.may_hold("arn:aws:s3:::read"));
    part.gaps = vec![gap(None, Some("us-east-1"), "ListBuckets")];
    survey.add(1, part);
    assert!(survey.unseen.may_hold("arn:aws:s3:::read"));
}
