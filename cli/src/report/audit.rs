//! The outcome of `orgsweep audit`: verdicts and gaps of one account.

use std::fmt::Write as _;

use compliance::{AccountId, ControlId, Gap, Region, Service, Severity, Status, Verdict};
use controls::RefusedPolicy;
use serde::Serialize;

use super::table::{counted, or_dash, table};
use crate::exit::Exit;

/// The JSON document of `orgsweep audit`.
#[derive(Debug, Default, Serialize)]
pub struct AuditReport {
    /// Verdicts, sorted by account, region, resource and control.
    verdicts: Vec<VerdictRow>,
    /// What was not seen, sorted.
    gaps: Vec<GapRow>,
    /// Custom policies that were not used, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refused_policies: Vec<String>,
}

/// One verdict; the fields of a [`Verdict`] that the document has.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct VerdictRow {
    control: ControlId,
    resource: String,
    account: AccountId,
    region: Region,
    status: Status,
    severity: Severity,
    reason: String,
}

impl VerdictRow {
    /// What rows are sorted by.
    fn place(&self) -> (&AccountId, &Region, &str, &ControlId, &str) {
        (
            &self.account,
            &self.region,
            &self.resource,
            &self.control,
            &self.reason,
        )
    }
}

/// One gap: the fields of [`Gap`], all of them always there.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct GapRow {
    account: AccountId,
    region: Option<Region>,
    service: Option<Service>,
    resource: Option<String>,
    operation: String,
    code: String,
}

impl AuditReport {
    /// The report on these verdicts and gaps, sorted and without repetitions.
    #[must_use]
    pub fn of(verdicts: Vec<Verdict>, gaps: Vec<Gap>) -> Self {
        let mut verdicts: Vec<VerdictRow> = verdicts.into_iter().map(VerdictRow::from).collect();
        let mut gaps: Vec<GapRow> = gaps.into_iter().map(GapRow::from).collect();
        verdicts.sort_by(|a, b| a.place().cmp(&b.place()));
        verdicts.dedup();
        gaps.sort();
        gaps.dedup();
        Self {
            verdicts,
            gaps,
            refused_policies: Vec::new(),
        }
    }

    /// The report, naming the custom policies that were not used.
    #[must_use]
    pub fn without(mut self, refused: &[RefusedPolicy]) -> Self {
        self.refused_policies = refused.iter().map(ToString::to_string).collect();
        self
    }

    /// How `--exit-code` ends the program.
    #[must_use]
    pub fn exit(&self) -> Exit {
        if self.count(Status::Failed) > 0 {
            Exit::Failed
        } else if self.count(Status::NotAvailable) > 0
            || !self.gaps.is_empty()
            || !self.refused_policies.is_empty()
        {
            Exit::Gaps
        } else {
            Exit::Success
        }
    }

    fn count(&self, status: Status) -> usize {
        self.verdicts
            .iter()
            .filter(|verdict| verdict.status == status)
            .count()
    }

    /// The report for people: what was not seen, what could not be judged, what failed, each the worst
    /// first, and the totals.
    #[must_use]
    pub fn in_words(&self, width: Option<u16>) -> String {
        let mut text = String::new();
        if !self.refused_policies.is_empty() {
            let _infallible = writeln!(text, "{}\n", self.refused_policies.join("\n"));
        }
        if !self.gaps.is_empty() {
            let _infallible = writeln!(text, "Not seen ({}):\n", self.gaps.len());
            text.push_str(&self.gap_rows(width));
            text.push('\n');
        }
        for (heading, status) in [
            ("Not judged", Status::NotAvailable),
            ("Failed", Status::Failed),
        ] {
            let verdicts = self.worst_first(status);
            if !verdicts.is_empty() {
                let _infallible = writeln!(text, "{heading} ({}):\n", verdicts.len());
                text.push_str(&verdict_rows(&verdicts, width));
                text.push('\n');
            }
        }
        let _infallible = writeln!(
            text,
            "{} passed, {} failed, {} not available; {}.",
            self.count(Status::Passed),
            self.count(Status::Failed),
            self.count(Status::NotAvailable),
            counted(u64::try_from(self.gaps.len()).unwrap_or(u64::MAX), "gap"),
        );
        text
    }

    fn worst_first(&self, status: Status) -> Vec<&VerdictRow> {
        let verdicts = self
            .verdicts
            .iter()
            .filter(|verdict| verdict.status == status);
        let mut verdicts: Vec<&VerdictRow> = verdicts.collect();
        verdicts.sort_by(|a, b| {
            b.severity
                .cmp(&a.severity)
                .then_with(|| a.place().cmp(&b.place()))
        });
        verdicts
    }

    fn gap_rows(&self, width: Option<u16>) -> String {
        let row = |gap: &GapRow| {
            vec![
                or_dash(gap.service.map(Service::as_str)),
                or_dash(gap.region.as_ref().map(Region::as_str)),
                or_dash(gap.resource.as_deref()),
                gap.operation.clone(),
                gap.code.clone(),
            ]
        };
        let header = ["SERVICE", "REGION", "RESOURCE", "OPERATION", "CODE"];
        table(&header, self.gaps.iter().map(row).collect(), width)
    }
}

fn verdict_rows(verdicts: &[&VerdictRow], width: Option<u16>) -> String {
    let row = |verdict: &&VerdictRow| {
        vec![
            verdict.severity.to_string(),
            verdict.control.to_string(),
            verdict.region.to_string(),
            verdict.resource.clone(),
            verdict.reason.clone(),
        ]
    };
    let header = ["SEVERITY", "CONTROL", "REGION", "RESOURCE", "REASON"];
    table(&header, verdicts.iter().map(row).collect(), width)
}

impl From<Verdict> for VerdictRow {
    fn from(verdict: Verdict) -> Self {
        Self {
            control: verdict.control,
            resource: verdict.resource,
            account: verdict.account,
            region: verdict.region,
            status: verdict.status,
            severity: verdict.severity,
            reason: verdict.reason,
        }
    }
}

impl From<Gap> for GapRow {
    fn from(gap: Gap) -> Self {
        Self {
            account: gap.account,
            region: gap.region,
            service: gap.service,
            resource: gap.resource,
            operation: gap.operation,
            code: gap.code,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use compliance::ResourceType;

    fn verdict(control: &str, resource: &str, status: Status, severity: Severity) -> Verdict {
        Verdict {
            control: control.parse().unwrap(),
            resource: resource.to_owned(),
            resource_type: ResourceType::AwsS3Bucket,
            account: "111122223333".parse().unwrap(),
            region: "eu-west-1".parse().unwrap(),
            status,
            severity,
            reason: "so it was observed".to_owned(),
            key: None,
            buckets: Vec::new(),
        }
    }

    fn gap(resource: Option<&str>) -> Gap {
        Gap {
            account: "111122223333".parse().unwrap(),
            region: Some("eu-west-1".parse().unwrap()),
            service: Some(Service::Kms),
            resource: resource.map(str::to_owned),
            operation: "ListKeys".to_owned(),
            code: "AccessDeniedException".to_owned(),
        }
    }

    fn report() -> AuditReport {
        let verdicts = vec![
            verdict("S3.9", "arn:aws:s3:::b", Status::Failed, Severity::Medium),
            verdict("S3.8", "arn:aws:s3:::b", Status::Failed, Severity::High),
            verdict("S3.8", "arn:aws:s3:::a", Status::Passed, Severity::High),
            verdict(
                "S3.9",
                "arn:aws:s3:::a",
                Status::NotAvailable,
                Severity::Medium,
            ),
        ];
        AuditReport::of(verdicts, vec![gap(None), gap(None)])
    }

    #[test]
    fn the_document_is_sorted_and_has_exactly_the_documented_fields() {
        insta::assert_snapshot!(serde_json::to_string_pretty(&report()).unwrap());
    }

    #[test]
    fn what_was_not_seen_comes_first_and_the_worst_failure_next() {
        insta::assert_snapshot!(report().in_words(None));
    }

    #[test]
    fn a_failure_outweighs_a_gap_and_a_gap_outweighs_success() {
        let passed = verdict("S3.8", "r", Status::Passed, Severity::High);
        let unknown = verdict("S3.8", "r", Status::NotAvailable, Severity::High);
        assert_eq!(report().exit(), Exit::Failed);
        assert_eq!(
            AuditReport::of(vec![passed.clone()], vec![gap(None)]).exit(),
            Exit::Gaps
        );
        assert_eq!(
            AuditReport::of(vec![unknown], Vec::new()).exit(),
            Exit::Gaps
        );
        assert_eq!(
            AuditReport::of(vec![passed], Vec::new()).exit(),
            Exit::Success
        );
    }
}
