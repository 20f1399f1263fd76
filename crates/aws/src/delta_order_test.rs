//! Property tests: whatever order runs begin, read, write, die and are repeated in, the newest run's view stands.
//!
//! The model is what `findings_write` does with DynamoDB: a marker that only a newer or the same run may take, a
//! consistent read after it, and writes that go through only while the marker still names the run.

use compliance::{ResourceType, Severity, Status};
use proptest::prelude::*;

use compliance::RunId;

use super::*;

const CONTROLS: [&str; 3] = ["S3.0", "S3.1", "S3.2"];
const BUCKETS: [&str; 3] = ["arn:aws:s3:::a", "arn:aws:s3:::b", "arn:aws:s3:::c"];

/// Buckets that exist in a run, and what fails on them: control and reason.
type View = BTreeMap<usize, BTreeMap<usize, u8>>;

fn run(number: usize) -> Run {
    let first: jiff::Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
    let hours = i64::try_from(number).unwrap();
    Run::of_execution("x", first + jiff::SignedDuration::from_hours(hours))
}

fn verdict(bucket: usize, control: usize, reason: u8) -> Verdict {
    Verdict {
        control: CONTROLS[control].parse().unwrap(),
        resource: BUCKETS[bucket].into(),
        resource_type: ResourceType::AwsS3Bucket,
        account: "111122223333".parse().unwrap(),
        region: "eu-west-1".parse().unwrap(),
        status: Status::Failed,
        severity: Severity::High,
        reason: reason.to_string(),
        key: None,
        buckets: Vec::new(),
    }
}

fn look() -> Look {
    Look {
        service: Service::S3,
        region: None,
        resolvable: CONTROLS.map(|id| id.parse().unwrap()).into(),
        judged: CONTROLS.map(|id| id.parse().unwrap()).into(),
        examined: BTreeSet::from(["eu-west-1".parse().unwrap()]),
        unseen_buckets: UnseenBuckets::default(),
    }
}

/// The findings table: one scope's marker and findings.
#[derive(Debug, Clone, Default)]
struct Table {
    marker: Option<RunId>,
    findings: BTreeMap<FindingId, Finding>,
}

/// An invocation for a run: it works bucket by bucket.
#[derive(Debug, Clone)]
struct Invocation {
    number: usize,
    bucket: usize,
    state: State,
}

#[derive(Debug, Clone)]
enum State {
    Waiting,
    Begun,
    /// It has read a bucket's findings, and knows what to write.
    Compared(Vec<Finding>),
    Ended,
}

impl Invocation {
    /// Does the next thing: takes the marker, reads, or writes.
    fn advance(&mut self, table: &mut Table, views: &[View]) {
        let run = run(self.number);
        self.state = match std::mem::replace(&mut self.state, State::Ended) {
            State::Waiting if table.marker.as_ref().is_none_or(|marker| *marker <= run.id) => {
                table.marker = Some(run.id);
                State::Begun
            }
            State::Begun if self.bucket < BUCKETS.len() => {
                State::Compared(self.compare(&run, table, &views[self.number]))
            }
            State::Compared(writes) if table.marker.as_ref() == Some(&run.id) => {
                let written = writes
                    .into_iter()
                    .map(|finding| (finding.id.clone(), finding));
                table.findings.extend(written);
                self.bucket += 1;
                State::Begun
            }
            _ => State::Ended,
        };
    }

    fn compare(&self, run: &Run, table: &Table, view: &View) -> Vec<Finding> {
        let bucket = BUCKETS[self.bucket];
        let of_bucket = |finding: &&Finding| finding.verdict.resource == bucket;
        let failing = view.get(&self.bucket).into_iter().flatten();
        let step = Step {
            verdicts: failing
                .map(|(control, reason)| verdict(self.bucket, *control, *reason))
                .collect(),
            stored: table.findings.values().filter(of_bucket).cloned().collect(),
        };
        let resources = view
            .keys()
            .map(|bucket| BUCKETS[*bucket].to_owned())
            .collect();
        between(run, &look(), &|_| None, &resources, step).writes
    }
}

/// What stands of the findings, whatever happened before, and how what is resolved was resolved.
fn standing(table: &Table) -> Vec<(FindingId, FindingState, Option<Resolution>, String)> {
    let findings = table.findings.values();
    let told = findings.map(|finding| {
        let reason = match finding.state {
            FindingState::Resolved => String::new(),
            _ => finding.verdict.reason.clone(),
        };
        (
            finding.id.clone(),
            finding.state,
            finding.resolution,
            reason,
        )
    });
    told.collect()
}

/// Only what was ever found can be resolved: a clean newer run alone has nothing to say of the rest.
fn open(table: &Table) -> Vec<(FindingId, FindingState, Option<Resolution>, String)> {
    let mut standing = standing(table);
    standing.retain(|(_, state, ..)| *state != FindingState::Resolved);
    standing
}

fn views() -> impl Strategy<Value = Vec<View>> {
    let failing = prop::collection::btree_map(0..CONTROLS.len(), 0..3_u8, 0..3);
    let view = prop::collection::btree_map(0..BUCKETS.len(), failing, 0..=BUCKETS.len());
    prop::collection::vec(view, 2..4)
}

fn invocation(number: usize) -> Invocation {
    Invocation {
        number,
        bucket: 0,
        state: State::Waiting,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Runs that overlap in any way, one of them invoked twice at once and any of them dying anywhere: when
    /// the newest run has been repeated to its end, its view stands, and stays when all others go on.
    #[test]
    fn the_newest_run_decides_however_runs_overlap(
        views in views(),
        twice in 0..3_usize,
        order in prop::collection::vec(0..4_usize, 0..40),
        late in prop::collection::vec(0..4_usize, 20),
    ) {
        let newest = views.len() - 1;
        let mut alone = Table::default();
        let mut only = invocation(newest);
        (0..10).for_each(|_| only.advance(&mut alone, &views));

        let mut table = Table::default();
        let mut running: Vec<Invocation> = (0..views.len()).map(invocation).collect();
        running.push(invocation(twice % views.len()));
        for turn in order {
            let turn = turn % running.len();
            running[turn].advance(&mut table, &views);
        }
        let mut repeated = invocation(newest);
        (0..10).for_each(|_| repeated.advance(&mut table, &views));
        prop_assert_eq!(open(&table), open(&alone));

        let settled = standing(&table);
        for turn in late {
            let turn = turn % running.len();
            running[turn].advance(&mut table, &views);
        }
        prop_assert_eq!(standing(&table), settled);
    }

    /// What is resolved says rightly whether its resource was there in the newest run, or in the run that resolved it.
    #[test]
    fn runs_in_turn_resolve_what_is_gone_as_deleted_and_the_rest_as_fixed(views in views()) {
        let mut table = Table::default();
        for number in 0..views.len() {
            let mut one = invocation(number);
            (0..10).for_each(|_| one.advance(&mut table, &views));
            for finding in table.findings.values() {
                let bucket = BUCKETS.iter().position(|name| *name == finding.verdict.resource);
                let there = views[number].contains_key(&bucket.unwrap());
                if finding.changed_in == run(number).id && finding.state == FindingState::Resolved {
                    let expected = if there { Resolution::Fixed } else { Resolution::Deleted };
                    prop_assert_eq!(finding.resolution, Some(expected));
                }
                prop_assert!(finding.first_observed_at <= finding.changed_at);
                prop_assert_eq!(finding.history[0].change, FindingChange::Opened);
            }
        }
    }
}
