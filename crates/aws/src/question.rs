//! Questions about findings, and which index answers each. Pure.

use std::collections::BTreeSet;

use compliance::{
    AccountId, ControlId, Finding, FindingChange, FindingState, Region, RunId, Severity, Status,
    SuppressionId, Suppressions,
};
use jiff::Timestamp;

use crate::finding_item::{moment, rank};
use crate::tables::{
    self, BY_CONTROL, BY_RESOURCE, BY_SUPPRESSION, CHANGED_IN_RUN, FINDINGS, Index, Key,
    OPEN_BY_ACCOUNT, OPEN_BY_REGION, OPEN_BY_SEVERITY,
};

/// Which findings are wanted. The more is said, the fewer; the narrowest index answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// In this state, now: suppressions that have ended or were made since the last run are taken into account.
    /// `None`: in any.
    pub state: Option<FindingState>,
    /// With this verdict; `None`: with any.
    pub status: Option<Status>,
    /// Of these severities; of all, if empty.
    pub severities: BTreeSet<Severity>,
    /// Of this account.
    pub account: Option<AccountId>,
    /// In this region.
    pub region: Option<Region>,
    /// Of this control.
    pub control: Option<ControlId>,
    /// Of this resource, by ARN.
    pub resource: Option<String>,
    /// First observed before this time.
    pub before: Option<Timestamp>,
    /// Covered by this suppression.
    pub suppression: Option<SuppressionId>,
    /// Last changed by this run, ...
    pub changed_in: Option<RunId>,
    /// ... in one of these ways; in any, if empty.
    pub changes: BTreeSet<FindingChange>,
}

/// Open failures.
impl Default for Question {
    fn default() -> Self {
        Self {
            state: Some(FindingState::Open),
            status: Some(Status::Failed),
            severities: BTreeSet::new(),
            account: None,
            region: None,
            control: None,
            resource: None,
            before: None,
            suppression: None,
            changed_in: None,
            changes: BTreeSet::new(),
        }
    }
}

/// A question that no index answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "no index answers this: name an account, a control, a resource, a suppression or a run as well"
)]
pub struct NoIndex;

/// A sequence of findings in the order of an index: one partition, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    /// The index; `None` is the table.
    pub(crate) index: Option<&'static str>,
    /// Its key.
    pub(crate) key: Key,
    /// The partition.
    pub(crate) partition: String,
    /// The first and the last sort key that is wanted, both included.
    pub(crate) range: Option<(String, String)>,
}

/// Sources that are read side by side, in one order.
pub(crate) type Segment = Vec<Source>;

/// Sorts after every text that starts like it.
const LAST: char = char::MAX;

impl Question {
    /// The segments to read one after the other. Findings that a suppression hid when the last run wrote them, and
    /// that it hides no more, are read beside the open ones.
    ///
    /// # Errors
    ///
    /// [`NoIndex`].
    pub(crate) fn plan(
        &self,
        suppressions: &Suppressions,
        now: Timestamp,
    ) -> Result<Vec<Segment>, NoIndex> {
        if let Some(suppression) = &self.suppression {
            return Ok(vec![sharded(BY_SUPPRESSION, suppression.as_str(), None)]);
        }
        if let Some(run) = &self.changed_in {
            return Ok(vec![sharded(CHANGED_IN_RUN, run.as_str(), None)]);
        }
        if let Some(resource) = &self.resource {
            return Ok(vec![vec![source(
                Some(BY_RESOURCE),
                resource.clone(),
                None,
            )]]);
        }
        if let Some(control) = &self.control {
            return Ok(vec![sharded(BY_CONTROL, control.as_str(), None)]);
        }
        match (self.state, self.status, &self.account) {
            (Some(FindingState::Open), Some(status), _) => {
                Ok(self.plan_of_open(status, suppressions, now))
            }
            (_, _, Some(account)) => Ok(vec![vec![source(None, account.to_string(), None)]]),
            _ => Err(NoIndex),
        }
    }

    /// Severity by severity, so that the worst come first.
    fn plan_of_open(
        &self,
        status: Status,
        suppressions: &Suppressions,
        now: Timestamp,
    ) -> Vec<Segment> {
        let ended = suppressions.records().iter();
        let ended = ended.filter(|record| !record.in_force(now));
        let ended: BTreeSet<&SuppressionId> = ended.map(|record| record.suppression.id()).collect();
        let wanted = Severity::WORST_FIRST.into_iter();
        let segment = |severity: Severity| {
            let rank = rank(status, severity);
            let end = self.before.map_or_else(|| LAST.to_string(), moment);
            let range = Some((format!("{rank}#"), format!("{rank}#{end}")));
            let (index, partition) = match (&self.account, &self.region) {
                (Some(account), _) => (OPEN_BY_ACCOUNT, account.as_str()),
                (_, Some(region)) => (OPEN_BY_REGION, region.as_str()),
                _ if status == Status::NotAvailable => (OPEN_BY_SEVERITY, status.as_str()),
                _ => (OPEN_BY_SEVERITY, severity.as_str()),
            };
            let hidden = ended
                .iter()
                .flat_map(|id| sharded(BY_SUPPRESSION, id.as_str(), range.as_ref()));
            let hidden = hidden.filter(|_| status == Status::Failed);
            let mut sources = sharded(index, partition, range.as_ref());
            sources.extend(hidden);
            sources
        };
        wanted
            .filter(|it| self.wants_severity(*it))
            .map(segment)
            .collect()
    }

    fn wants_severity(&self, severity: Severity) -> bool {
        self.severities.is_empty() || self.severities.contains(&severity)
    }

    /// Whether a finding is wanted, as it is now.
    pub(crate) fn wants(&self, finding: &Finding) -> bool {
        let verdict = &finding.verdict;
        let is = |wanted: Option<&str>, value: &str| wanted.is_none_or(|wanted| wanted == value);
        self.state.is_none_or(|state| state == finding.state)
            && self.status.is_none_or(|status| status == verdict.status)
            && self.wants_severity(verdict.severity)
            && is(
                self.account.as_ref().map(AccountId::as_str),
                verdict.account.as_str(),
            )
            && is(
                self.region.as_ref().map(Region::as_str),
                verdict.region.as_str(),
            )
            && is(
                self.control.as_ref().map(ControlId::as_str),
                verdict.control.as_str(),
            )
            && is(self.resource.as_deref(), &verdict.resource)
            && self
                .before
                .is_none_or(|before| finding.first_observed_at < before)
            && self.suppression.as_ref().is_none_or(|wanted| {
                finding
                    .suppressed_by
                    .as_ref()
                    .is_some_and(|by| by.id == *wanted)
            })
            && self
                .changed_in
                .as_ref()
                .is_none_or(|run| *run == finding.changed_in)
            && (self.changes.is_empty() || self.changes.contains(&finding.last_change()))
    }
}

fn source(index: Option<Index>, partition: String, range: Option<(String, String)>) -> Source {
    Source {
        index: index.map(|index| index.name),
        key: index.map_or(FINDINGS.key, |index| index.key),
        partition,
        range,
    }
}

fn sharded(index: Index, partition: &str, range: Option<&(String, String)>) -> Segment {
    let shards = 0..tables::SHARDS;
    shards
        .map(|shard| source(Some(index), format!("{partition}#{shard}"), range.cloned()))
        .collect()
}
