//! What one run changes in one scope: its verdicts against the findings that are stored.

use std::collections::{BTreeMap, BTreeSet};

use compliance::{
    ControlId, Finding, FindingChange, FindingId, FindingState, Region, Resolution, Run, Service,
    Verdict,
};

use crate::finding_item::MOST_BUCKETS;
use crate::tables;

/// What a run says of one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeVerdicts {
    /// The service.
    pub service: Service,
    /// The region; `None` for S3, whose scope is the account.
    pub region: Option<Region>,
    /// Its failed and not-available verdicts.
    pub verdicts: Vec<Verdict>,
    /// Controls for which the whole scope was examined in this run: a stored finding of one of them that is not
    /// among the verdicts is resolved. Empty for a scope that is not complete: absence then proves nothing.
    pub resolvable: BTreeSet<ControlId>,
    /// Regions that were examined: a stored finding in another one stays as it is.
    pub examined: BTreeSet<Region>,
    /// The resources that were examined: a finding that is resolved on another one is of a resource that is gone.
    pub resources: BTreeSet<String>,
}

/// What a run does to the findings of one scope: what is to be written, and what is not.
#[derive(Debug, Default)]
pub struct Delta {
    /// Findings as they are to be from now on.
    pub writes: Vec<Finding>,
    /// Findings that this run has written already: an invocation was repeated.
    pub written: Vec<Finding>,
    /// Findings that stay as they are, and that Security Hub does not know or will soon forget.
    pub due: Vec<Finding>,
    /// Stored findings of which only the time of the import is to be written.
    pub notes: Vec<Finding>,
    /// How many findings stay as they are, those that are due included.
    pub unchanged: u64,
}

/// Compares a scope's verdicts with its stored findings.
pub(crate) fn between(run: &Run, scope: &ScopeVerdicts, stored: Vec<Finding>) -> Delta {
    let mut stored: BTreeMap<FindingId, Finding> = stored
        .into_iter()
        .map(|finding| (finding.id.clone(), finding))
        .collect();
    let verdicts: BTreeMap<FindingId, Verdict> = scope
        .verdicts
        .iter()
        .map(|verdict| (verdict.finding_id(), kept(verdict)))
        .collect();
    let mut delta = Delta::default();
    for (id, verdict) in verdicts {
        delta.stand(run, scope.service, verdict, stored.remove(&id));
    }
    for finding in stored.into_values() {
        let Verdict {
            control,
            region,
            resource,
            ..
        } = &finding.verdict;
        if scope.resolvable.contains(control) && scope.examined.contains(region) {
            let resolution = if scope.resources.contains(resource) {
                Resolution::Fixed
            } else {
                Resolution::Deleted
            };
            delta.resolve(run, finding, resolution);
        }
    }
    delta
}

impl Delta {
    /// The findings that Security Hub should hear of.
    pub fn news(&self) -> impl Iterator<Item = &Finding> {
        self.writes.iter().chain(self.stored_news())
    }

    /// Those of them that are stored already.
    fn stored_news(&self) -> impl Iterator<Item = &Finding> {
        let unknown = |finding: &&Finding| finding.imported_at.is_none();
        self.written.iter().filter(unknown).chain(&self.due)
    }

    /// Notes which of the news Security Hub has taken: all but `refused`.
    pub fn imported(&mut self, run: &Run, refused: &BTreeSet<FindingId>) {
        let taken = |finding: &Finding| !refused.contains(&finding.id);
        for finding in self.writes.iter_mut().filter(|finding| taken(finding)) {
            finding.imported_at = Some(run.started_at);
        }
        let noted = self.stored_news().filter(|finding| taken(finding));
        self.notes = noted
            .map(|finding| Finding {
                imported_at: Some(run.started_at),
                ..finding.clone()
            })
            .collect();
    }

    /// A verdict stands, with or without a stored finding.
    fn stand(&mut self, run: &Run, service: Service, verdict: Verdict, stored: Option<Finding>) {
        let Some(stored) = stored else {
            let opened = Finding::opened(verdict, service, run);
            return self.writes.push(opened);
        };
        if stored.state != FindingState::Resolved && stored.verdict == verdict {
            return self.keep(run, stored);
        }
        let (change, state) = match stored.state {
            FindingState::Resolved => (FindingChange::Reopened, FindingState::Open),
            state => (FindingChange::Changed, state),
        };
        let finding = Finding {
            verdict,
            state,
            resolution: None,
            ..stored
        };
        self.writes.push(finding.stepped(change, run));
    }

    /// A stored finding says what the verdict says.
    fn keep(&mut self, run: &Run, stored: Finding) {
        if stored.changed_in == run.id {
            self.written.push(stored);
        } else {
            self.unchanged += 1;
            if is_due(run, &stored) {
                self.due.push(stored);
            }
        }
    }

    /// A stored finding has no verdict any more.
    fn resolve(&mut self, run: &Run, stored: Finding, resolution: Resolution) {
        if stored.state != FindingState::Resolved {
            let finding = Finding {
                state: FindingState::Resolved,
                resolution: Some(resolution),
                ..stored
            };
            self.writes
                .push(finding.stepped(FindingChange::Resolved, run));
        } else if stored.changed_in == run.id {
            self.written.push(stored);
        } else if stored.imported_at.is_none() {
            self.due.push(stored);
        }
    }
}

/// Whether Security Hub does not know the finding, or would forget it before the next runs: it deletes
/// findings 90 days after their last update (Security Hub User Guide, "Reviewing finding details and
/// history"). The day is spread by id, so that not all findings are due in the same run.
fn is_due(run: &Run, finding: &Finding) -> bool {
    let Some(imported_at) = finding.imported_at else {
        return true;
    };
    let spread = i64::from(tables::shard(finding.id.as_str())) * SPREAD_HOURS;
    let age = run.started_at.duration_since(imported_at).as_hours();
    age >= REFRESH_HOURS + spread
}

/// A finding is imported again after 60 days, ...
const REFRESH_HOURS: i64 = 60 * 24;
/// ... and up to 18 days later: some 60 hours for each of the shards.
const SPREAD_HOURS: i64 = 60;

/// The verdict as the table keeps it.
fn kept(verdict: &Verdict) -> Verdict {
    let mut verdict = verdict.clone();
    verdict.buckets.truncate(MOST_BUCKETS);
    verdict
}

#[cfg(test)]
#[path = "delta_test.rs"]
mod tests;
