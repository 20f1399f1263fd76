//! Findings, as `orgsweep findings` and `orgsweep report` print them.

use compliance::{Finding, FindingChange, FindingEvent};
use serde::Serialize;

use super::table::{day, second, table};
use crate::output::Row;

/// One line per finding.
#[must_use]
pub fn rows(findings: &[Finding], width: Option<u16>) -> String {
    table(
        Finding::HEADER,
        findings.iter().map(Row::cells).collect(),
        width,
    )
}

impl Row for Finding {
    const HEADER: &'static [&'static str] = &[
        "SEVERITY", "CONTROL", "STATUS", "STATE", "ACCOUNT", "REGION", "SINCE", "RESOURCE",
        "REASON",
    ];

    fn cells(&self) -> Vec<String> {
        let verdict = &self.verdict;
        vec![
            verdict.severity.to_string(),
            verdict.control.to_string(),
            verdict.status.as_str().to_owned(),
            state(self),
            verdict.account.to_string(),
            verdict.region.to_string(),
            day(self.first_observed_at),
            verdict.resource.clone(),
            verdict.reason.clone(),
        ]
    }
}

/// The state, and what is behind it.
fn state(finding: &Finding) -> String {
    let state = finding.state.as_str();
    match (&finding.suppressed_by, finding.resolution) {
        (Some(by), _) => format!("{state} by {} until {}", by.id, day(by.until)),
        (None, Some(resolution)) => format!("{state} ({})", resolution.as_str()),
        (None, None) => state.to_owned(),
    }
}

/// A finding that a run changed, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What the run did.
    pub change: FindingChange,
    /// The finding as it is now.
    pub finding: Finding,
}

impl Row for Change {
    const HEADER: &'static [&'static str] = &[
        "CHANGE", "SEVERITY", "CONTROL", "STATUS", "STATE", "ACCOUNT", "REGION", "SINCE",
        "RESOURCE", "REASON",
    ];

    fn cells(&self) -> Vec<String> {
        let mut cells = self.finding.cells();
        cells.insert(0, self.change.as_str().to_owned());
        cells
    }
}

impl Row for FindingEvent {
    const HEADER: &'static [&'static str] = &["AT", "CHANGE", "STATUS", "SEVERITY", "RUN"];

    fn cells(&self) -> Vec<String> {
        vec![
            second(self.at),
            self.change.as_str().to_owned(),
            self.status.as_str().to_owned(),
            self.severity.to_string(),
            self.run.to_string(),
        ]
    }
}

/// The life of a finding: what it is now, and its last steps.
#[must_use]
pub fn history(finding: &Finding, width: Option<u16>) -> String {
    let verdict = &finding.verdict;
    let mut text = format!(
        "{}\n{} {} {}, first observed {}\n{}\n\n",
        finding.id,
        verdict.severity,
        verdict.status.as_str(),
        state(finding),
        second(finding.first_observed_at),
        verdict.reason,
    );
    if earlier_steps_are_lost(finding) {
        text += "Earlier steps are not kept.\n\n";
    }
    let steps = finding.history.iter().map(Row::cells).collect();
    text + &table(FindingEvent::HEADER, steps, width)
}

/// A finding remembers its last steps only.
fn earlier_steps_are_lost(finding: &Finding) -> bool {
    let first = finding.history.first().map(|step| step.at);
    first.is_none_or(|first| first > finding.first_observed_at)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use compliance::{
        FindingState, ResourceType, Run, Service, Severity, Status, SuppressedBy, Verdict,
    };

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
            suppressed_by: None,
            imported_at: None,
            history: Vec::new(),
        }
    }

    #[test]
    fn a_finding_is_one_line() {
        let mut suppressed = finding("S3.5", Severity::Medium);
        suppressed.state = FindingState::Suppressed;
        suppressed.suppressed_by = Some(SuppressedBy {
            id: "website".parse().unwrap(),
            until: "2027-05-31T00:00:00Z".parse().unwrap(),
        });
        let findings = [finding("S3.2", Severity::Critical), suppressed];
        insta::assert_snapshot!(rows(&findings, None));
    }

    #[test]
    fn the_life_of_a_finding_is_told_step_by_step() {
        let run = Run::of_execution("x", "2026-11-21T00:00:00Z".parse().unwrap());
        let mut finding =
            finding("S3.2", Severity::Critical).stepped(FindingChange::Reopened, &run);
        insta::assert_snapshot!(history(&finding, None));
        finding.first_observed_at = run.started_at;
        assert!(!history(&finding, None).contains("Earlier steps"));
    }
}
