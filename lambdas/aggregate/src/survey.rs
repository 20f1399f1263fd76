//! The first reading of a scope's report: what it adds up to, and how to cut it into slices. Pure.
//!
//! A report of ordinary size is kept. Of a larger one only counts, samples and the span of each part are kept, and
//! its parts are read again slice by slice, so that memory does not grow with the number of findings.

use audit::Scope;
use aws::{PlaceRange, Slice, UnseenBuckets};
use compliance::{Gap, KeyFacts, Report, Verdict};

use crate::coverage::Tally;
use crate::custom::Custom;

/// Verdicts, resources and uses of keys that are held at a time: at some 600 bytes each, 12 MB.
const SLICE: usize = 20_000;
/// Every so many verdicts one resource is remembered as a place where the scope may be cut.
const SAMPLE: usize = 64;
/// The read that tells which key a bucket uses.
const ENCRYPTION: &str = "GetBucketEncryption";

/// What a scope's report says as a whole.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Counts.
    pub(crate) tally: Tally,
    /// KMS only: the keys that buckets use.
    pub(crate) keys: Vec<KeyFacts>,
    /// S3 only: the buckets of which it is not known which key they use.
    pub(crate) unseen: UnseenBuckets,
    /// What it says of the operator's own policies.
    pub(crate) custom: Custom,
    spans: Vec<Span>,
    seen: usize,
    samples: Vec<String>,
    weight: usize,
    kept: Vec<Report>,
}

/// The first and the last resource of a part, as places sort them.
#[derive(Debug)]
struct Span {
    part: u32,
    first: String,
    last: String,
}

impl Survey {
    /// Takes a part.
    pub(crate) fn add(&mut self, part: u32, mut report: Report) {
        self.tally.add(&report);
        self.custom.add(&report);
        self.keys.append(&mut report.keys);
        report.gaps.iter().for_each(|gap| self.note_unseen(gap));
        self.sample(&report.verdicts);
        self.spans.extend(Span::of(part, &report));
        self.weight += report.verdicts.len() + report.resources.len() + report.key_uses.len();
        report.gaps.clear();
        if self.is_kept() {
            self.kept.push(report);
        } else {
            self.kept = Vec::new();
        }
    }

    /// Whether all parts are held.
    pub(crate) fn is_kept(&self) -> bool {
        self.weight <= SLICE
    }

    /// The parts that are held; they are held no longer.
    pub(crate) fn take_kept(&mut self) -> Vec<Report> {
        std::mem::take(&mut self.kept)
    }

    /// Holds parts again.
    pub(crate) fn keep(&mut self, kept: Vec<Report>) {
        self.kept = kept;
    }

    /// Takes verdicts into account that come to the report's own.
    pub(crate) fn sample(&mut self, verdicts: &[Verdict]) {
        self.custom.note(verdicts);
        for verdict in verdicts {
            self.seen += 1;
            if self.seen.is_multiple_of(SAMPLE) {
                self.samples.push(verdict.resource.clone());
            }
        }
    }

    /// The ranges into which the scope is cut: one if its report is held.
    pub(crate) fn ranges(&self, scope: &Scope) -> Vec<PlaceRange> {
        let mut cuts = Vec::new();
        if !self.is_kept() {
            let mut samples: Vec<&String> = self.samples.iter().collect();
            samples.sort_by(|one, other| PlaceRange::order(one, other));
            let step = SLICE / SAMPLE;
            cuts.extend(samples.into_iter().skip(step).step_by(step).cloned());
            cuts.dedup();
        }
        PlaceRange::of_scope(scope.region.as_ref(), scope.service, &cuts)
    }

    /// The parts that may hold something of a range.
    pub(crate) fn parts_in(&self, range: &PlaceRange) -> Vec<u32> {
        let meets = |span: &&Span| range.meets(&span.first, &span.last);
        self.spans
            .iter()
            .filter(meets)
            .map(|span| span.part)
            .collect()
    }

    /// A gap may hide which key a bucket uses: its encryption was not read, or nobody knows where the bucket is.
    fn note_unseen(&mut self, gap: &Gap) {
        match &gap.resource {
            Some(bucket) if gap.operation == ENCRYPTION || gap.region.is_none() => {
                self.unseen.unread.insert(bucket.clone());
            }
            Some(_) => {}
            None => self.unseen.unlisted = true,
        }
    }
}

impl Span {
    /// The span of a part's resources; none for a part without any.
    fn of(part: u32, report: &Report) -> Option<Self> {
        let judged = report.verdicts.iter().map(|verdict| &verdict.resource);
        let resources = report.resources.iter().chain(judged);
        let order = |one: &&String, other: &&String| PlaceRange::order(one, other);
        Some(Self {
            part,
            first: resources.clone().min_by(order)?.clone(),
            last: resources.max_by(order)?.clone(),
        })
    }
}

/// Adds to a slice what a part says of its range.
pub(crate) fn add_to(slice: &mut Slice, report: Report) {
    let Slice {
        range,
        verdicts,
        resources,
    } = slice;
    let inside = |resource: &str| range.holds(resource);
    resources.extend(report.resources.into_iter().filter(|it| inside(it)));
    verdicts.extend(
        report
            .verdicts
            .into_iter()
            .filter(|it| inside(&it.resource)),
    );
}

#[cfg(test)]
#[path = "survey_test.rs"]
mod tests;
