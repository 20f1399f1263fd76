//! Findings in the AWS Security Finding Format.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use aws::asff::{Product, finding};
use aws_sdk_securityhub::types::{
    AwsSecurityFinding, ComplianceStatus, Partition as AsffPartition, RecordState, SeverityLabel,
};
use compliance::{
    Control, Finding, FindingState, KeyLink, Resolution, ResourceType, Service, Status, Verdict,
};

fn control(title: &str, text: &str) -> Control {
    Control {
        id: "SK-001".parse().unwrap(),
        title: title.into(),
        severity: compliance::Severity::High,
        resource_type: ResourceType::AwsS3Bucket,
        reads: Vec::new(),
        enough: Vec::new(),
        remediation: compliance::Remediation {
            text: text.into(),
            url: "https://docs.aws.amazon.com/kms".into(),
        },
        rationale: String::new(),
        related: BTreeMap::new(),
        linked_control: None,
    }
}

fn failure(reason: &str, state: FindingState, status: Status) -> Finding {
    let verdict = Verdict {
        control: "SK-001".parse().unwrap(),
        resource: "arn:aws-cn:s3:::logs".into(),
        resource_type: ResourceType::AwsS3Bucket,
        account: "111122223333".parse().unwrap(),
        region: "cn-north-1".parse().unwrap(),
        status,
        severity: compliance::Severity::Critical,
        reason: reason.into(),
        key: Some(KeyLink {
            key: "arn:aws-cn:kms:cn-north-1:111122223333:key/k".into(),
            kms_security_status: "Disabled".into(),
            linked_kms_finding_id: None,
        }),
        buckets: Vec::new(),
    };
    Finding {
        id: verdict.finding_id(),
        verdict,
        service: Service::S3,
        state,
        first_observed_at: "2026-11-20T14:04:33Z".parse().unwrap(),
        changed_at: "2026-11-20T14:04:33Z".parse().unwrap(),
        changed_in: "20261120T140433000Z-1a2b3c4d".parse().unwrap(),
        resolution: None,
        suppressed_by: None,
        imported_at: None,
        history: Vec::new(),
    }
}

fn product() -> Product {
    Product {
        partition: "aws-cn".parse().unwrap(),
        account: "111122223333".parse().unwrap(),
        region: "cn-north-1".parse().unwrap(),
    }
}

fn asff(failure: &Finding) -> AwsSecurityFinding {
    let updated_at = "2026-11-21T00:00:00Z".parse().unwrap();
    finding(
        failure,
        &control("the key is enabled", "enable it"),
        &["standards/pci-dss/v/4.0.1"],
        &product(),
        updated_at,
    )
}

#[test]
fn a_failure_is_told_with_its_place_its_times_and_its_key() {
    let asff = asff(&failure(
        "the key is disabled",
        FindingState::Open,
        Status::Failed,
    ));
    assert_eq!(
        asff.product_arn(),
        Some("arn:aws-cn:securityhub:cn-north-1:111122223333:product/111122223333/default")
    );
    assert_eq!(
        asff.id(),
        Some("111122223333/cn-north-1/SK-001/arn:aws-cn:s3:::logs")
    );
    assert_eq!(asff.generator_id(), Some("orgsweep/SK-001"));
    assert_eq!(asff.created_at(), Some("2026-11-20T14:04:33Z"));
    assert_eq!(asff.updated_at(), Some("2026-11-21T00:00:00Z"));
    let compliance = asff.compliance().unwrap();
    assert_eq!(compliance.status(), Some(&ComplianceStatus::Failed));
    assert_eq!(compliance.security_control_id(), Some("SK-001"));
    let standards = compliance.associated_standards();
    assert_eq!(
        standards[0].standards_id(),
        Some("standards/pci-dss/v/4.0.1")
    );
    let severity = asff.finding_provider_fields().unwrap().severity().unwrap();
    assert_eq!(severity.label(), Some(&SeverityLabel::Critical));
    let resource = &asff.resources()[0];
    assert_eq!(resource.partition(), Some(&AsffPartition::AwsCn));
    assert_eq!(
        asff.product_fields()
            .unwrap()
            .get("orgsweep/kms_security_status")
            .map(String::as_str),
        Some("Disabled")
    );
}

#[test]
fn a_resolved_finding_is_passed_and_an_unread_one_is_not() {
    for (state, status, told) in [
        (
            FindingState::Resolved,
            Status::Failed,
            ComplianceStatus::Passed,
        ),
        (
            FindingState::Resolved,
            Status::NotAvailable,
            ComplianceStatus::Passed,
        ),
        (
            FindingState::Open,
            Status::NotAvailable,
            ComplianceStatus::NotAvailable,
        ),
    ] {
        let asff = asff(&failure("x", state, status));
        assert_eq!(asff.compliance().unwrap().status(), Some(&told));
    }
}

#[test]
fn the_finding_of_a_deleted_resource_is_archived_and_passes_nothing() {
    let mut gone = failure("x", FindingState::Resolved, Status::Failed);
    assert_eq!(asff(&gone).record_state(), Some(&RecordState::Active));
    gone.resolution = Some(Resolution::Deleted);
    let asff = asff(&gone);
    assert_eq!(asff.record_state(), Some(&RecordState::Archived));
    assert_eq!(
        asff.compliance().unwrap().status(),
        Some(&ComplianceStatus::NotAvailable)
    );
}

#[test]
fn long_texts_are_cut_with_a_mark() {
    let long = "ä".repeat(5000);
    let mut failure = failure(&long, FindingState::Open, Status::Failed);
    failure.verdict.buckets = vec![long.clone()];
    let asff = finding(
        &failure,
        &control(&long, &long),
        &["standards/pci-dss/v/4.0.1"],
        &product(),
        failure.changed_at,
    );
    let recommendation = asff.remediation().unwrap().recommendation().unwrap();
    let buckets = asff
        .product_fields()
        .unwrap()
        .get("orgsweep/buckets")
        .unwrap();
    for (text, most) in [
        (asff.title().unwrap(), 256),
        (asff.description().unwrap(), 1024),
        (recommendation.text().unwrap(), 512),
        (buckets, 2048),
    ] {
        assert_eq!(text.chars().count(), most);
        assert!(text.ends_with(" [cut]"));
    }
}

#[test]
fn a_text_that_is_missing_is_replaced_because_none_may_be_blank() {
    let failure = failure(" ", FindingState::Open, Status::Failed);
    let mut control = control("the key is enabled", "");
    control.remediation.url = String::new();
    let asff = finding(&failure, &control, &[], &product(), failure.changed_at);
    assert_eq!(asff.description(), Some("the key is enabled"));
    let recommendation = asff.remediation().unwrap().recommendation().unwrap();
    assert_eq!(recommendation.text(), Some("the key is enabled"));
    assert_eq!(recommendation.url(), None);
    assert!(asff.compliance().unwrap().associated_standards.is_none());
}

#[test]
fn a_finding_with_every_text_at_its_limit_weighs_far_less_than_it_may() {
    let long = "ä".repeat(5000);
    let mut failure = failure(&long, FindingState::Open, Status::Failed);
    failure.verdict.buckets = vec![long.clone()];
    if let Some(key) = &mut failure.verdict.key {
        key.key.clone_from(&long);
        key.kms_security_status.clone_from(&long);
        key.linked_kms_finding_id = Some(long.as_str().into());
    }
    let control = control(&long, &long);
    let asff = finding(&failure, &control, &[], &product(), failure.changed_at);
    // Security Hub takes 240 KB; the debug form is longer than the JSON.
    assert!(format!("{asff:?}").len() < 60_000);
}
