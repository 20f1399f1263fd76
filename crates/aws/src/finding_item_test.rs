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
        suppressed_by: (state == FindingState::Suppressed).then(|| SuppressedBy {
            id: "accepted".parse().unwrap(),
            until: "2027-05-31T00:00:00Z".parse().unwrap(),
        }),
        imported_at: None,
        history: Vec::new(),
    }
}

fn item(finding: &Finding) -> Item {
    let mut item = key(finding);
    for (name, value) in attributes(finding, Retention::default()).unwrap() {
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
        (Service::Sg, Status::Failed, FindingState::Suppressed),
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
fn what_stands_is_in_the_indexes_of_what_it_is() {
    for (status, state, severity, suppression, urgency) in [
        (
            Status::Failed,
            FindingState::Open,
            Some("HIGH#"),
            false,
            Some("1#2026-11-20T14:04:33.000Z#1111"),
        ),
        (
            Status::NotAvailable,
            FindingState::Open,
            Some("NOT_AVAILABLE#"),
            false,
            Some("6#2026-"),
        ),
        (Status::Failed, FindingState::Resolved, None, false, None),
        (
            Status::Failed,
            FindingState::Suppressed,
            None,
            true,
            Some("1#2026-"),
        ),
    ] {
        let item = item(&finding(Service::S3, status, state));
        let starts = |name: &str, start: Option<&str>| match (item.get(name), start) {
            (Some(value), Some(start)) => value.as_s().is_ok_and(|text| text.starts_with(start)),
            (value, start) => value.is_none() && start.is_none(),
        };
        let case = format!("{status:?} {state:?}: {item:?}");
        assert!(starts("open_severity", severity), "{case}");
        assert!(
            starts("open_account", severity.map(|_| "111122223333#")),
            "{case}"
        );
        assert!(
            starts("open_region", severity.map(|_| "eu-west-1#")),
            "{case}"
        );
        assert!(starts("urgency", urgency), "{case}");
        assert!(
            starts("suppression_shard", suppression.then_some("accepted#")),
            "{case}"
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
fn only_what_is_resolved_is_deleted_in_time() {
    for (state, expires_at) in [
        (FindingState::Open, None),
        (FindingState::Suppressed, None),
        // 400 days after 2026-11-21T00:00:00Z.
        (
            FindingState::Resolved,
            Some(AttributeValue::N("1829779200".into())),
        ),
    ] {
        let item = item(&finding(Service::S3, Status::Failed, state));
        assert_eq!(item.get(EXPIRES_AT).cloned(), expires_at, "{state:?}");
    }
}

#[test]
fn times_sort_as_text() {
    let whole = moment("2026-11-20T14:04:33Z".parse().unwrap());
    let later = moment("2026-11-20T14:04:33.1Z".parse().unwrap());
    assert_eq!(whole, "2026-11-20T14:04:33.000Z");
    assert!(whole < later);
}
