//! Findings, as `orgsweep findings` and `orgsweep report` print them.

use compliance::Finding;

use super::table::table;

/// One line per finding.
#[must_use]
pub fn rows(findings: &[Finding], width: Option<u16>) -> String {
    let header = [
        "SEVERITY", "CONTROL", "STATUS", "ACCOUNT", "REGION", "RESOURCE", "REASON",
    ];
    table(&header, findings.iter().map(row).collect(), width)
}

fn row(finding: &Finding) -> Vec<String> {
    let verdict = &finding.verdict;
    vec![
        verdict.severity.to_string(),
        verdict.control.to_string(),
        verdict.status.as_str().to_owned(),
        verdict.account.to_string(),
        verdict.region.to_string(),
        verdict.resource.clone(),
        verdict.reason.clone(),
    ]
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use compliance::{FindingState, ResourceType, Service, Severity, Status, Verdict};

    /// A failed finding of 2026-11-20.
    pub(crate) fn finding(control: &str, severity: Severity) -> Finding {
        let verdict = Verdict {
            control: control.parse().unwrap(),
            resource: "arn:aws:s3:::payroll".to_owned(),
            resource_type: ResourceType::AwsS3Bucket,
            account: "111122223333".parse().unwrap(),
            region: "eu-west-1".parse().unwrap(),
            status: Status::Failed,
            severity,
            reason: "statement `Open` lets everyone read".to_owned(),
            key: None,
            buckets: Vec::new(),
        };
        let time: jiff::Timestamp = "2026-11-20T14:04:33Z".parse().unwrap();
        Finding {
            id: verdict.finding_id(),
            verdict,
            service: Service::S3,
            state: FindingState::Open,
            first_observed_at: time,
            changed_at: time,
            changed_in: "20261120T140433000Z-1a2b3c4d".parse().unwrap(),
            resolution: None,
            imported_at: None,
            history: Vec::new(),
        }
    }

    #[test]
    fn a_finding_is_one_line() {
        insta::assert_snapshot!(rows(&[finding("S3.2", Severity::Critical)], None));
    }
}
