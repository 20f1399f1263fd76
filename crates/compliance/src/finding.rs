//! A finding: a verdict with a life.

mod id;

use serde::{Deserialize, Serialize};

pub use self::id::FindingId;
use crate::{Run, RunId, Service, Severity, Status, SuppressionId, Verdict};

/// Where a finding is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum FindingState {
    /// The verdict stands.
    Open,
    /// The place was examined again, completely, and the verdict no longer stands.
    Resolved,
    /// An accepted failure.
    Suppressed,
}

impl FindingState {
    /// The state as it is written in the table and in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Resolved => "RESOLVED",
            Self::Suppressed => "SUPPRESSED",
        }
    }
}

/// Why a finding is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Resolution {
    /// The resource was examined again, and the control no longer fails.
    Fixed,
    /// The place was examined completely, and the resource is no longer there.
    Deleted,
}

impl Resolution {
    /// The reason as it is written in the table and in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fixed => "FIXED",
            Self::Deleted => "DELETED",
        }
    }
}

/// What a run did to a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum FindingChange {
    /// It is new.
    Opened,
    /// It stands again after it was resolved.
    Reopened,
    /// Its verdict says something else than before.
    Changed,
    /// It stands, and is accepted from now on.
    Suppressed,
    /// It no longer stands.
    Resolved,
}

impl FindingChange {
    /// All changes, in the order in which they are counted.
    pub const ALL: [Self; 5] = [
        Self::Opened,
        Self::Reopened,
        Self::Changed,
        Self::Suppressed,
        Self::Resolved,
    ];

    /// The change as it is written in the table and in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "OPENED",
            Self::Reopened => "REOPENED",
            Self::Changed => "CHANGED",
            Self::Resolved => "RESOLVED",
            Self::Suppressed => "SUPPRESSED",
        }
    }
}

/// How many findings changed, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FindingChanges {
    /// New ones.
    pub opened: u64,
    /// Those that stand again after they were resolved or suppressed.
    pub reopened: u64,
    /// Those whose verdict says something else than before.
    pub changed: u64,
    /// Those that a suppression covers from now on.
    pub suppressed: u64,
    /// Those that no longer stand.
    pub resolved: u64,
    /// Those that stay as they are.
    pub unchanged: u64,
}

impl FindingChanges {
    /// The count of one kind of change.
    pub fn of(&mut self, change: FindingChange) -> &mut u64 {
        match change {
            FindingChange::Opened => &mut self.opened,
            FindingChange::Reopened => &mut self.reopened,
            FindingChange::Changed => &mut self.changed,
            FindingChange::Suppressed => &mut self.suppressed,
            FindingChange::Resolved => &mut self.resolved,
        }
    }

    /// Adds other counts.
    pub fn add(&mut self, mut other: Self) {
        for change in FindingChange::ALL {
            *self.of(change) += *other.of(change);
        }
        self.unchanged += other.unchanged;
    }
}

/// The suppression that covers a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuppressedBy {
    /// Its id.
    pub id: SuppressionId,
    /// When it is over, RFC 3339; the finding is open again from then on, whether a run has noticed or not.
    pub until: jiff::Timestamp,
}

/// One step in the life of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingEvent {
    /// Start of the run that took the step, RFC 3339.
    pub at: jiff::Timestamp,
    /// The run.
    pub run: RunId,
    /// What it did.
    pub change: FindingChange,
    /// The verdict's status from then on.
    pub status: Status,
    /// Its severity from then on.
    pub severity: Severity,
}

/// A verdict (`FAILED` or `NOT_AVAILABLE`) and when it was observed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable id.
    pub id: FindingId,
    /// What was judged, and how.
    pub verdict: Verdict,
    /// The service in whose scope it was found.
    pub service: Service,
    /// Open, resolved or suppressed.
    pub state: FindingState,
    /// Why it is resolved, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    /// What covers it, if it is suppressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppressed_by: Option<SuppressedBy>,
    /// Start of the run that first saw it, RFC 3339; it survives a resolution.
    pub first_observed_at: jiff::Timestamp,
    /// Start of the run that last changed it, RFC 3339.
    pub changed_at: jiff::Timestamp,
    /// The run that last changed it.
    pub changed_in: RunId,
    /// Start of the run that last imported it to Security Hub as it is, RFC 3339; absent if none has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported_at: Option<jiff::Timestamp>,
    /// The last steps of its life, the newest last, at most [`Finding::MOST_EVENTS`].
    #[serde(default)]
    pub history: Vec<FindingEvent>,
}

impl Finding {
    /// Steps that a finding remembers: some 3 KB of an item that may have 400.
    pub const MOST_EVENTS: usize = 20;

    /// A finding that a run sees for the first time.
    #[must_use]
    pub fn opened(verdict: Verdict, service: Service, run: &Run) -> Self {
        let finding = Self {
            id: verdict.finding_id(),
            verdict,
            service,
            state: FindingState::Open,
            resolution: None,
            suppressed_by: None,
            first_observed_at: run.started_at,
            changed_at: run.started_at,
            changed_in: run.id.clone(),
            imported_at: None,
            history: Vec::new(),
        };
        finding.stepped(FindingChange::Opened, run)
    }

    /// The finding after a run has changed it: what changed is noted, and Security Hub does not know it yet.
    #[must_use]
    pub fn stepped(mut self, change: FindingChange, run: &Run) -> Self {
        self.changed_at = run.started_at;
        self.changed_in = run.id.clone();
        self.imported_at = None;
        self.history.push(FindingEvent {
            at: run.started_at,
            run: run.id.clone(),
            change,
            status: self.verdict.status,
            severity: self.verdict.severity,
        });
        let surplus = self.history.len().saturating_sub(Self::MOST_EVENTS);
        self.history.drain(..surplus);
        self
    }

    /// What the run that last changed the finding did to it.
    #[must_use]
    pub fn last_change(&self) -> FindingChange {
        self.history
            .last()
            .map_or(FindingChange::Changed, |event| event.change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ResourceType;

    fn run(day: u32) -> Run {
        let started_at = format!("2026-10-{day:02}T00:00:00Z").parse().unwrap();
        Run::of_execution("x", started_at)
    }

    #[test]
    fn a_finding_remembers_its_last_steps_and_when_it_began() {
        let verdict = Verdict {
            control: "S3.8".parse().unwrap(),
            resource: "arn:aws:s3:::logs".into(),
            resource_type: ResourceType::AwsS3Bucket,
            account: "111122223333".parse().unwrap(),
            region: "eu-west-1".parse().unwrap(),
            status: Status::Failed,
            severity: Severity::High,
            reason: "open".into(),
            key: None,
            buckets: Vec::new(),
        };
        let mut finding = Finding::opened(verdict, Service::S3, &run(1));
        for day in 2..=30 {
            finding = finding.stepped(FindingChange::Changed, &run(day));
        }
        assert_eq!(finding.history.len(), Finding::MOST_EVENTS);
        assert_eq!(finding.history[0].run, run(11).id);
        assert_eq!(finding.last_change(), FindingChange::Changed);
        assert_eq!(finding.first_observed_at, run(1).started_at);
        assert_eq!(finding.changed_at, run(30).started_at);
    }
}
