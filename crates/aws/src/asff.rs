//! A finding in the AWS Security Finding Format: pure, with every length from one table.

use aws_sdk_securityhub::types::{
    AwsSecurityFinding, Compliance, ComplianceStatus, FindingProviderFields,
    FindingProviderSeverity, Partition as AsffPartition, Recommendation, RecordState, Remediation,
    Resource, Severity, SeverityLabel,
};
use compliance::{AccountId, Control, Finding, FindingState, Partition, Region, Status, Verdict};
use jiff::Timestamp;

/// Lengths in characters (Security Hub API Reference, `AwsSecurityFinding`; Security Hub User Guide,
/// "Required top-level ASFF attributes").
mod limit {
    pub(super) const TITLE: usize = 256;
    pub(super) const DESCRIPTION: usize = 1024;
    pub(super) const RECOMMENDATION: usize = 512;
    pub(super) const PRODUCT_FIELD: usize = 2048;
}

/// The one type that all our findings have.
const TYPE: &str = "Software and Configuration Checks/AWS Security Best Practices";
/// The only version there is.
const SCHEMA: &str = "2018-10-08";
/// Ends a text that was too long.
const CUT: &str = " [cut]";

/// The product that findings are imported for: an account's own default one. Security Hub takes findings only
/// for the account that calls, in the region that is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The partition.
    pub partition: Partition,
    /// The account that imports.
    pub account: AccountId,
    /// The region that is called.
    pub region: Region,
}

impl Product {
    /// `arn:{partition}:securityhub:{region}:{account}:product/{account}/default`.
    #[must_use]
    pub fn arn(&self) -> String {
        let Self {
            partition,
            account,
            region,
        } = self;
        format!("arn:{partition}:securityhub:{region}:{account}:product/{account}/default")
    }
}

/// The finding as Security Hub takes it; `updated_at` is the start of the run that imports it, because
/// an import with an older time changes nothing. A resolved finding is PASSED.
#[must_use]
pub fn finding(
    finding: &Finding,
    control: &Control,
    product: &Product,
    updated_at: Timestamp,
) -> AwsSecurityFinding {
    let verdict = &finding.verdict;
    let label = SeverityLabel::from(verdict.severity.as_str());
    let provider = FindingProviderFields::builder()
        .severity(
            FindingProviderSeverity::builder()
                .label(label.clone())
                .build(),
        )
        .types(TYPE);
    let compliance = Compliance::builder()
        .status(status(finding))
        .security_control_id(verdict.control.as_str());
    let mut asff = AwsSecurityFinding::builder()
        .schema_version(SCHEMA)
        .id(finding.id.as_str())
        .product_arn(product.arn())
        .generator_id(format!("orgsweep/{}", verdict.control))
        .aws_account_id(product.account.as_str())
        .types(TYPE)
        .created_at(finding.first_observed_at.to_string())
        .updated_at(updated_at.to_string())
        .severity(Severity::builder().label(label).build())
        .title(cut(&control.title, limit::TITLE))
        .description(cut(&verdict.reason, limit::DESCRIPTION))
        .remediation(remediation(control))
        .resources(resource(verdict, product))
        .compliance(compliance.build())
        .finding_provider_fields(provider.build())
        .record_state(RecordState::Active);
    for (name, value) in product_fields(verdict) {
        asff = asff.product_fields(name, cut(&value, limit::PRODUCT_FIELD));
    }
    asff.build()
}

fn status(finding: &Finding) -> ComplianceStatus {
    match (finding.state, finding.verdict.status) {
        (FindingState::Resolved, _) | (_, Status::Passed) => ComplianceStatus::Passed,
        (_, Status::Failed) => ComplianceStatus::Failed,
        (_, Status::NotAvailable) => ComplianceStatus::NotAvailable,
    }
}

fn remediation(control: &Control) -> Remediation {
    let recommendation = Recommendation::builder()
        .text(cut(&control.remediation.text, limit::RECOMMENDATION))
        .url(&control.remediation.url);
    Remediation::builder()
        .recommendation(recommendation.build())
        .build()
}

fn resource(verdict: &Verdict, product: &Product) -> Resource {
    Resource::builder()
        .r#type(verdict.resource_type.as_str())
        .id(&verdict.resource)
        .partition(AsffPartition::from(product.partition.as_str()))
        .region(verdict.region.as_str())
        .build()
}

/// What ties a bucket to its key, and a key to its buckets.
fn product_fields(verdict: &Verdict) -> Vec<(&'static str, String)> {
    let mut fields = Vec::new();
    if let Some(link) = &verdict.key {
        fields.push(("orgsweep/kms_key", link.key.clone()));
        fields.push((
            "orgsweep/kms_security_status",
            link.kms_security_status.clone(),
        ));
        if let Some(linked) = &link.linked_kms_finding_id {
            fields.push(("orgsweep/linked_kms_finding_id", linked.to_string()));
        }
    }
    if !verdict.buckets.is_empty() {
        fields.push(("orgsweep/buckets", verdict.buckets.join(" ")));
    }
    fields
}

/// A text of at most `most` characters; one that was longer says so at its end.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept = most.saturating_sub(CUT.chars().count());
    text.chars().take(kept).chain(CUT.chars()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use compliance::{KeyLink, ResourceType, Service};

    use super::*;

    fn control(title: &str, text: &str) -> Control {
        Control {
            id: "SK-001".parse().unwrap(),
            title: title.into(),
            severity: compliance::Severity::High,
            resource_type: ResourceType::AwsS3Bucket,
            reads: Vec::new(),
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
    fn long_texts_are_cut_with_a_mark() {
        let long = "ä".repeat(5000);
        let mut failure = failure(&long, FindingState::Open, Status::Failed);
        failure.verdict.buckets = vec![long.clone()];
        let asff = finding(
            &failure,
            &control(&long, &long),
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
            assert!(text.ends_with(CUT));
        }
    }
}
