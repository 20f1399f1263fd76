//! A finding in the AWS Security Finding Format: pure, with every length from one table.

use aws_sdk_securityhub::types::{
    AssociatedStandard, AwsSecurityFinding, Compliance, ComplianceStatus, FindingProviderFields,
    FindingProviderSeverity, Partition as AsffPartition, Recommendation, RecordState, Remediation,
    Resource, Severity, SeverityLabel,
};
use compliance::{
    AccountId, Control, Finding, FindingState, Partition, Region, Resolution, Status, Verdict,
};
use jiff::Timestamp;

/// Lengths in characters (Security Hub API Reference, `AwsSecurityFinding`, `Recommendation`). Every text must hold
/// something (`NonEmptyString`). `Id` and `GeneratorId` may have 512 characters; ours are made of account, region, control
/// and ARN, and have less than half. Of 50 `ProductFields`, with names of at most 128, we use four.
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
/// an import with an older time changes nothing. A fixed finding is PASSED; that of a deleted resource is archived,
/// because nothing is left to pass. `standards` are the `StandardsId`s of the standards that name the control
/// (ASFF, `Compliance.AssociatedStandards`).
#[must_use]
pub fn finding(
    finding: &Finding,
    control: &Control,
    standards: &[&str],
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
        .security_control_id(verdict.control.as_str())
        .set_associated_standards(associated(standards));
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
        .description(cut(
            filled(&verdict.reason, &control.title),
            limit::DESCRIPTION,
        ))
        .remediation(remediation(control))
        .resources(resource(verdict, product))
        .compliance(compliance.build())
        .finding_provider_fields(provider.build())
        .record_state(record_state(finding));
    for (name, value) in product_fields(finding) {
        asff = asff.product_fields(name, cut(&value, limit::PRODUCT_FIELD));
    }
    asff.build()
}

/// The standards that name the control; nothing rather than an empty list.
fn associated(standards: &[&str]) -> Option<Vec<AssociatedStandard>> {
    let standards = standards.iter().map(|id| {
        let standard = AssociatedStandard::builder();
        standard.standards_id(*id).build()
    });
    Some(standards.collect()).filter(|standards: &Vec<_>| !standards.is_empty())
}

fn status(finding: &Finding) -> ComplianceStatus {
    match (finding.state, finding.verdict.status) {
        (FindingState::Resolved, _) if finding.resolution == Some(Resolution::Deleted) => {
            ComplianceStatus::NotAvailable
        }
        (FindingState::Resolved, _) | (_, Status::Passed) => ComplianceStatus::Passed,
        (_, Status::Failed) => ComplianceStatus::Failed,
        (_, Status::NotAvailable) => ComplianceStatus::NotAvailable,
    }
}

fn record_state(finding: &Finding) -> RecordState {
    match finding.resolution {
        Some(Resolution::Deleted) => RecordState::Archived,
        _ => RecordState::Active,
    }
}

fn remediation(control: &Control) -> Remediation {
    let recommendation = Recommendation::builder()
        .text(cut(
            filled(&control.remediation.text, &control.title),
            limit::RECOMMENDATION,
        ))
        .set_url(Some(control.remediation.url.clone()).filter(|url| !url.trim().is_empty()));
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

/// The state of the finding and what covers it: an accepted failure stays FAILED, and its workflow is the analysts'.
/// And what ties a bucket to its key, and a key to its buckets.
fn product_fields(finding: &Finding) -> Vec<(&'static str, String)> {
    let verdict = &finding.verdict;
    let mut fields = vec![("orgsweep/state", finding.state.as_str().to_owned())];
    if let Some(by) = &finding.suppressed_by {
        fields.push(("orgsweep/suppression", by.id.to_string()));
        fields.push(("orgsweep/suppressed_until", by.until.to_string()));
    }
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

/// The text, or another where there is none.
fn filled<'a>(text: &'a str, instead: &'a str) -> &'a str {
    if text.trim().is_empty() {
        instead
    } else {
        text
    }
}

/// A text of at most `most` characters; one that was longer says so at its end.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept = most.saturating_sub(CUT.chars().count());
    text.chars().take(kept).chain(CUT.chars()).collect()
}
