//! What one run changes in a part of a scope: its verdicts against the findings that are stored. Pure.

use std::collections::{BTreeMap, BTreeSet};

use compliance::{
    Finding, FindingChange, FindingId, FindingState, Resolution, ResourceType, Run, Service,
    Status, SuppressedBy, Verdict,
};

use crate::finding_item::{self, MOST_BUCKETS};
use crate::look::{Look, UnseenBuckets};
use crate::reminder::is_due;

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
    /// Findings whose place another one takes: their resource was deleted and made anew in another region.
    pub replaced: Vec<Finding>,
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
    let mut stored: BTreeMap<String, Finding> = step
        .stored
        .into_iter()
        .map(|finding| (finding_item::place(&finding), finding))
        .collect();
    let verdicts: BTreeMap<String, Verdict> = step
        .verdicts
        .into_iter()
        .map(|verdict| (finding_item::place_of(&verdict, look.service), verdict))
        .collect();
    let mut delta = Delta::default();
    for (place, mut verdict) in verdicts {
        let stored = delta.meet(run, &mut verdict, stored.remove(&place));
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
        let new = self.writes.iter().chain(&self.replaced);
        new.chain(self.stored_news())
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

    /// The stored finding of a verdict's place, if it is of the same resource. What has no region of its own stays in
    /// that in which it was first seen, whichever regions a run asks; a bucket in another region is another bucket.
    fn meet(
        &mut self,
        run: &Run,
        verdict: &mut Verdict,
        stored: Option<Finding>,
    ) -> Option<Finding> {
        let stored = stored?;
        let global = [
            ResourceType::AwsAccount,
            ResourceType::AwsS3MultiRegionAccessPoint,
        ];
        if global.contains(&verdict.resource_type) {
            verdict.region.clone_from(&stored.verdict.region);
        }
        if stored.verdict.region == verdict.region {
            return Some(stored);
        }
        if stored.state != FindingState::Resolved {
            self.replaced
                .push(resolved(run, stored, Resolution::Deleted));
        }
        None
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
            self.writes.push(resolved(run, stored, resolution));
        } else if look.judged.contains(control) {
            self.keep(run, stored);
        } else {
            self.unchanged += 1;
        }
    }

    fn stay_resolved(&mut self, run: &Run, stored: Finding) {
        if stored.changed_in == run.id {
            self.written.push(stored);
        } else if stored.imported_at.is_none() {
            self.due.push(stored);
        }
    }
}

/// A finding whose verdict no longer stands.
fn resolved(run: &Run, stored: Finding, resolution: Resolution) -> Finding {
    let finding = Finding {
        state: FindingState::Resolved,
        resolution: Some(resolution),
        suppressed_by: None,
        ..stored
    };
    finding.stepped(FindingChange::Resolved, run)
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
#[path = "delta_accepted_test.rs"]
mod accepted_tests;

#[cfg(test)]
#[path = "delta_news_test.rs"]
mod news_tests;

#[cfg(test)]
#[path = "delta_test.rs"]
mod tests;

#[cfg(test)]
#[path = "delta_order_test.rs"]
mod order_tests;
