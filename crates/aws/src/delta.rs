//! What one run changes in a part of a scope: its verdicts against the findings that are stored. Pure.

use std::collections::{BTreeMap, BTreeSet};

use compliance::{
    ControlId, Finding, FindingChange, FindingId, FindingState, Region, Resolution, Run, Service,
    Status, SuppressedBy, Verdict,
};

use crate::finding_item::MOST_BUCKETS;
use crate::tables;

/// How a run looked at a scope: what its verdicts, and their absence, prove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The service.
    pub service: Service,
    /// The region; `None` for S3, whose scope is the account.
    pub region: Option<Region>,
    /// Controls for which the whole scope was examined in this run: a stored finding of one of them that is not
    /// among the verdicts is resolved. Empty for a scope that is not complete: absence then proves nothing.
    pub resolvable: BTreeSet<ControlId>,
    /// Controls that are judged at all: a stored finding of another one, disabled or retired, stays as it is, and
    /// nobody is reminded of it.
    pub judged: BTreeSet<ControlId>,
    /// Regions that were examined: a stored finding in another one stays as it is.
    pub examined: BTreeSet<Region>,
    /// Buckets of which the run does not know which key they use: the finding of a key keeps them.
    pub unseen_buckets: UnseenBuckets,
}

/// Buckets of which a run does not know which key they use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnseenBuckets {
    /// Buckets may exist that the run has not listed: every one that is known from before may still be there.
    pub unlisted: bool,
    /// ARNs of buckets that were listed and whose encryption was not read.
    pub unread: BTreeSet<String>,
}

impl UnseenBuckets {
    /// Whether the bucket may still use the key that it was known to use.
    #[must_use]
    pub fn may_hold(&self, bucket: &str) -> bool {
        self.unlisted || self.unread.contains(bucket)
    }
}

/// What accepts a verdict, if something does: its finding is then suppressed, and goes on being evaluated.
pub type Accepts<'a> = &'a (dyn Fn(&Verdict) -> Option<SuppressedBy> + Send + Sync);

/// One part of a scope: the verdicts and the stored findings of one range of places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Step {
    /// The failed and not-available verdicts in the range.
    pub verdicts: Vec<Verdict>,
    /// The stored findings in the range.
    pub stored: Vec<Finding>,
}

/// What a run does to the findings of a part of a scope: what is to be written, and what is not.
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

/// Compares verdicts with stored findings. `resources` are those that were examined: a finding that is
/// resolved on another one is of a resource that is gone.
pub(crate) fn between(
    run: &Run,
    look: &Look,
    accepts: Accepts<'_>,
    resources: &BTreeSet<String>,
    step: Step,
) -> Delta {
    let mut stored: BTreeMap<FindingId, Finding> = step
        .stored
        .into_iter()
        .map(|finding| (finding.id.clone(), finding))
        .collect();
    let verdicts: BTreeMap<FindingId, Verdict> = step
        .verdicts
        .into_iter()
        .map(|verdict| (verdict.finding_id(), verdict))
        .collect();
    let mut delta = Delta::default();
    for (id, verdict) in verdicts {
        let stored = stored.remove(&id);
        let verdict = kept(verdict, stored.as_ref(), &look.unseen_buckets);
        let by = accepts(&verdict);
        delta.stand(run, look.service, verdict, by, stored);
    }
    for finding in stored.into_values() {
        delta.absent(run, look, resources, finding);
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
    fn stand(
        &mut self,
        run: &Run,
        service: Service,
        verdict: Verdict,
        by: Option<SuppressedBy>,
        stored: Option<Finding>,
    ) {
        let Some(stored) = stored else {
            return self.writes.push(opened(run, service, verdict, by));
        };
        let Some(change) = changed(&stored, &verdict, by.as_ref()) else {
            return self.keep(run, stored);
        };
        let finding = Finding {
            verdict,
            state: state_of(by.as_ref()),
            resolution: None,
            suppressed_by: by,
            ..stored
        };
        self.writes.push(finding.stepped(change, run));
    }

    /// A stored finding says what the verdict says, or nothing new is known of it.
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
    fn absent(&mut self, run: &Run, look: &Look, resources: &BTreeSet<String>, stored: Finding) {
        let Verdict {
            control,
            region,
            resource,
            ..
        } = &stored.verdict;
        if stored.state == FindingState::Resolved {
            self.stay_resolved(run, stored);
        } else if look.resolvable.contains(control) && look.examined.contains(region) {
            let resolution = if resources.contains(resource) {
                Resolution::Fixed
            } else {
                Resolution::Deleted
            };
            self.resolve(run, stored, resolution);
        } else if look.judged.contains(control) {
            self.keep(run, stored);
        } else {
            self.unchanged += 1;
        }
    }

    fn resolve(&mut self, run: &Run, stored: Finding, resolution: Resolution) {
        let finding = Finding {
            state: FindingState::Resolved,
            resolution: Some(resolution),
            suppressed_by: None,
            ..stored
        };
        self.writes
            .push(finding.stepped(FindingChange::Resolved, run));
    }

    fn stay_resolved(&mut self, run: &Run, stored: Finding) {
        if stored.changed_in == run.id {
            self.written.push(stored);
        } else if stored.imported_at.is_none() {
            self.due.push(stored);
        }
    }
}

/// A finding that nothing is stored of.
fn opened(run: &Run, service: Service, verdict: Verdict, by: Option<SuppressedBy>) -> Finding {
    let finding = Finding::opened(verdict, service, run);
    if by.is_none() {
        return finding;
    }
    let finding = Finding {
        state: FindingState::Suppressed,
        suppressed_by: by,
        ..finding
    };
    finding.stepped(FindingChange::Suppressed, run)
}

/// The state of a finding whose verdict stands.
fn state_of(by: Option<&SuppressedBy>) -> FindingState {
    match by {
        Some(_) => FindingState::Suppressed,
        None => FindingState::Open,
    }
}

/// How a stored finding changes, if it does. What is no longer accepted stands again; where that is because it could
/// not be judged this time, its verdict has changed.
fn changed(
    stored: &Finding,
    verdict: &Verdict,
    by: Option<&SuppressedBy>,
) -> Option<FindingChange> {
    match (stored.state, by) {
        (before, Some(_))
            if before != FindingState::Suppressed || stored.suppressed_by.as_ref() != by =>
        {
            Some(FindingChange::Suppressed)
        }
        (FindingState::Resolved, None) => Some(FindingChange::Reopened),
        (FindingState::Suppressed, None) if verdict.status == Status::Failed => {
            Some(FindingChange::Reopened)
        }
        (FindingState::Suppressed, None) => Some(FindingChange::Changed),
        _ => (stored.verdict != *verdict).then_some(FindingChange::Changed),
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

/// The verdict as the table keeps it: with the buckets that were known before and that nobody saw leave.
fn kept(mut verdict: Verdict, stored: Option<&Finding>, unseen: &UnseenBuckets) -> Verdict {
    if let Some(stored) = stored.filter(|finding| finding.state != FindingState::Resolved) {
        let before = stored.verdict.buckets.iter();
        let unseen = before.filter(|bucket| unseen.may_hold(bucket));
        let all: BTreeSet<String> = verdict.buckets.drain(..).chain(unseen.cloned()).collect();
        verdict.buckets = all.into_iter().collect();
    }
    verdict.buckets.truncate(MOST_BUCKETS);
    verdict
}

#[cfg(test)]
#[path = "delta_test.rs"]
mod tests;

#[cfg(test)]
#[path = "delta_order_test.rs"]
mod order_tests;
