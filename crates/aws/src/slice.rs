//! A slice of a scope: the verdicts of one range of places, merged with the stored findings of the same range
//! page by page. Places sort as DynamoDB sorts them, so that neither side is ever held whole. Pure.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use compliance::{Finding, Region, Service, Verdict};

use crate::delta::Step;
use crate::finding_item;

/// A range of places of one scope, which begins and ends between resources.
///
/// A place is `{scope}{resource}#{control}`. A bound that is not an end of the scope is `{scope}{resource}#`, which
/// sorts before every place of that resource and is none itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceRange {
    scope: String,
    pub(crate) from: String,
    pub(crate) to: String,
}

impl PlaceRange {
    /// A scope cut into ranges before each of the resources of `cuts`, which are sorted and differ.
    #[must_use]
    pub fn of_scope(region: Option<&Region>, service: Service, cuts: &[String]) -> Vec<Self> {
        let scope = finding_item::scope_prefix(region, service);
        let inner = cuts.iter().map(|cut| format!("{scope}{cut}#"));
        let ends = inner.clone().chain([after_all(&scope)]);
        let starts = [scope.clone()].into_iter().chain(inner);
        let range = |(from, to)| Self {
            scope: scope.clone(),
            from,
            to,
        };
        starts.zip(ends).map(range).collect()
    }

    /// Whether the places of a resource of the scope are in the range.
    #[must_use]
    pub fn holds(&self, resource: &str) -> bool {
        self.meets(resource, resource)
    }

    /// Whether resources between these two, as [`PlaceRange::order`] sorts them, may be in the range.
    #[must_use]
    pub fn meets(&self, first: &str, last: &str) -> bool {
        let place = |resource| format!("{}{resource}#", self.scope);
        place(first) < self.to && self.from <= place(last)
    }

    /// How places sort two resources.
    #[must_use]
    pub fn order(one: &str, other: &str) -> Ordering {
        let bytes = |resource: &str| resource.bytes().chain([b'#']).collect::<Vec<u8>>();
        bytes(one).cmp(&bytes(other))
    }
}

/// The first text after all that start with `prefix`, which ends in `#`.
fn after_all(prefix: &str) -> String {
    format!("{}$", prefix.trim_end_matches('#'))
}

/// What a run says of one range of a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// The range.
    pub range: PlaceRange,
    /// The failed and not-available verdicts in it.
    pub verdicts: Vec<Verdict>,
    /// The resources in it that were examined.
    pub resources: BTreeSet<String>,
}

impl Slice {
    /// A range of which nothing is said yet.
    #[must_use]
    pub fn of(range: PlaceRange) -> Self {
        Self {
            range,
            verdicts: Vec::new(),
            resources: BTreeSet::new(),
        }
    }
}

/// Verdicts compared at a time: their findings, what Security Hub is told of them, and how DynamoDB takes them are held
/// at once. Some transactions and calls of Security Hub are full with it.
const STEP: usize = 500;

/// The merge of a slice with the pages of its stored findings.
#[derive(Debug)]
pub(crate) struct Merge {
    verdicts: BTreeMap<String, Verdict>,
    stored: VecDeque<(String, Finding)>,
    /// Everything stored up to this place has been read; `None` when all has.
    read_to: Option<String>,
}

impl Merge {
    pub(crate) fn new(service: Service, verdicts: Vec<Verdict>) -> Self {
        let placed = |verdict: Verdict| (finding_item::place_of(&verdict, service), verdict);
        Self {
            verdicts: verdicts.into_iter().map(placed).collect(),
            stored: VecDeque::new(),
            read_to: Some(String::new()),
        }
    }

    /// Takes the next page of stored findings, sorted by place.
    pub(crate) fn add(&mut self, page: Vec<Finding>) {
        for finding in page {
            let place = finding_item::place(&finding);
            self.read_to = Some(place.clone());
            self.stored.push_back((place, finding));
        }
    }

    /// There are no more pages.
    pub(crate) fn end(&mut self) {
        self.read_to = None;
    }

    /// The next step that can be compared with what has been read; `None` when another page is needed, or at the end.
    pub(crate) fn step(&mut self) -> Option<Step> {
        let decided = |place: &str| self.read_to.as_deref().is_none_or(|read| place <= read);
        let places = self.verdicts.keys().take_while(|place| decided(place));
        let last = places.take(STEP).enumerate().last();
        let cut = match last {
            Some((index, place)) if index + 1 == STEP => Some(place.clone()),
            None if self.stored.is_empty() => return None,
            _ => self.read_to.clone(),
        };
        let step = Step {
            verdicts: self.verdicts_to(cut.as_deref()),
            stored: self.stored_to(cut.as_deref()),
        };
        Some(step)
    }

    fn verdicts_to(&mut self, cut: Option<&str>) -> Vec<Verdict> {
        let rest = cut.map_or_else(BTreeMap::new, |cut| {
            self.verdicts.split_off(&format!("{cut}\0"))
        });
        let taken = std::mem::replace(&mut self.verdicts, rest);
        taken.into_values().collect()
    }

    fn stored_to(&mut self, cut: Option<&str>) -> Vec<Finding> {
        let count = self
            .stored
            .partition_point(|(place, _)| cut.is_none_or(|cut| place.as_str() <= cut));
        self.stored
            .drain(..count)
            .map(|(_, finding)| finding)
            .collect()
    }
}

#[cfg(test)]
#[path = "slice_test.rs"]
mod tests;
