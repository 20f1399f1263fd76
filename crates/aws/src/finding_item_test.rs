//! Tests of the form that a finding has in the table.

use compliance::{ResourceType, Severity};

use super::*;

fn finding(service: Service, status: Status, state: FindingState) -> Finding {
    let verdict = Verdict {
        control: "SK-001".parse().unwrap(),
        resource: "arn:aws:s3:::logs".into(),
        resource_type: ResourceType::AwsS3Bucket,
        account: "111122223333".parse().unwrap(),
        region: "eu-west-1".parse().unwrap(),
        status,
        severity: Severity::High,
        reason: "the key is disabled".into(),
        key: Some(KeyLink {
            key: "arn:aws:kms:eu-west-1:111122223333:key/k".into(),
            kms_security_status: "Disabled".into(),
            linked_kms_finding_id: None,
        }),
        buckets: vec!["arn:aws:s3:::a".into()],
    };
    Finding {
        id: verdict.finding_id(),
        verdict,
        service,
        state,
        first_observed_at: "2026-11-20T14:04:33Z".parse().unwrap(),
        changed_at: "2026-11-21T00:00:00.5Z".parse().unwrap(),
        changed_in: "20261121T000000500Z-1a2b3c4d".parse().unwrap(),
        resolution: None,
        imported_at: None,
        history: Vec::new(),
    }
}

fn item(finding: &Finding) -> Item {
    let mut item = key(finding);
    for (name, value) in attributes(finding).unwrap() {
        if let Some(value) = value {
            item.insert(name.to_owned(), value);
        }
    }
    item
}

#[test]
fn a_finding_survives_the_table() {
    for (service, status, state) in [
        (Service::S3, Status::Failed, FindingState::Open),
        (Service::Kms, Status::NotAvailable, FindingState::Open),
        (Service::Sg, Status::Failed, FindingState::Resolved),
    ] {
        let finding = finding(service, status, state);
        assert_eq!(parse(&item(&finding)).unwrap(), Some(finding));
    }
}

#[test]
fn the_scope_leads_the_sort_key_and_s3_is_global() {
    let s3 = finding(Service::S3, Status::Failed, FindingState::Open);
    let kms = finding(Service::Kms, Status::Failed, FindingState::Open);
    assert_eq!(
        item(&s3).get("place"),
        Some(&text("global#s3#arn:aws:s3:::logs#SK-001"))
    );
    assert_eq!(
        item(&kms).get("place"),
        Some(&text("eu-west-1#kms#arn:aws:s3:::logs#SK-001"))
    );
}

#[test]
fn only_open_failures_are_in_the_index_of_open_failures() {
    for (status, state, indexed) in [
        (Status::Failed, FindingState::Open, true),
        (Status::NotAvailable, FindingState::Open, false),
        (Status::Failed, FindingState::Resolved, false),
        (Status::Failed, FindingState::Suppressed, false),
    ] {
        let item = item(&finding(Service::S3, status, state));
        assert_eq!(
            item.contains_key("open_severity"),
            indexed,
            "{status:?} {state:?}"
        );
    }
}

#[test]
fn a_broken_item_is_named() {
    let mut item = item(&finding(Service::S3, Status::Failed, FindingState::Open));
    item.insert("severity".into(), text("AWFUL"));
    let error = parse(&item).unwrap_err().to_string();
    assert!(error.contains("severity of 111122223333/"), "{error}");
    item.remove("severity");
    assert!(parse(&item).is_err());
}

#[test]
fn times_sort_as_text() {
    let whole = moment("2026-11-20T14:04:33Z".parse().unwrap());
    let later = moment("2026-11-20T14:04:33.1Z".parse().unwrap());
    assert_eq!(whole, "2026-11-20T14:04:33.000Z");
    assert!(whole < later);
}
