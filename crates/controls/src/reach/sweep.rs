//! The sweep over ports: for each interval between two ends of rules, whether the active sources together are the whole internet.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::coverage::Coverage;
use super::grant::{Grant, Protocol};
use super::opening::{Opening, named};
use super::space::{Family, Span, is_world};

/// Every opening of one family and protocol. `grants` are those of the protocol and those of
/// all protocols, which add to it.
///
/// What the rules for all protocols open by themselves is left to the call for [`Protocol::All`].
pub(super) fn openings(family: Family, protocol: Protocol, grants: &[&Grant<'_>]) -> Vec<Opening> {
    let mut sweep = Sweep::new(family, protocol, grants);
    let mut found: Vec<(Range<u32>, Vec<usize>)> = Vec::new();
    let steps = steps(grants);
    let ends = steps.keys().skip(1).copied();
    for ((&port, step), end) in steps.iter().zip(ends) {
        sweep.take(step);
        let Some(cover) = sweep.cover() else { continue };
        match found.last_mut() {
            Some((ports, last)) if ports.end == port && *last == cover => ports.end = end,
            _ => found.push((port..end, cover)),
        }
    }
    found
        .iter()
        .map(|(ports, cover)| sweep.opening(ports, cover))
        .collect()
}

/// The grants that begin and end at a port.
#[derive(Debug, Default)]
struct Step {
    enter: Vec<usize>,
    leave: Vec<usize>,
}

fn steps(grants: &[&Grant<'_>]) -> BTreeMap<u32, Step> {
    let mut steps: BTreeMap<u32, Step> = BTreeMap::new();
    for (index, grant) in grants.iter().enumerate() {
        steps
            .entry(grant.traffic.first.into())
            .or_default()
            .enter
            .push(index);
        steps
            .entry(u32::from(grant.traffic.last) + 1)
            .or_default()
            .leave
            .push(index);
    }
    steps
}

struct Sweep<'a> {
    family: Family,
    protocol: Protocol,
    grants: &'a [&'a Grant<'a>],
    /// For each grant, the pieces of the address space that its sources cover.
    pieces: Vec<Vec<Range<usize>>>,
    /// The sources with public addresses, each with its grant: a block stands before those inside it.
    nesting: Vec<(Span, usize)>,
    coverage: Coverage,
    active: BTreeSet<usize>,
}

impl<'a> Sweep<'a> {
    fn new(family: Family, protocol: Protocol, grants: &'a [&'a Grant<'a>]) -> Self {
        let coverage = Coverage::new(family, grants.iter().flat_map(|grant| spans(grant)));
        let pieces = |grant: &&Grant<'_>| spans(grant).map(|span| coverage.pieces(span)).collect();
        let pieces = grants.iter().map(pieces).collect();
        let mut nesting: Vec<(Span, usize)> = Vec::new();
        for (index, grant) in grants.iter().enumerate() {
            let public = |span: &Span| !coverage.pieces(*span).is_empty();
            nesting.extend(spans(grant).filter(public).map(|span| (span, index)));
        }
        nesting.sort_unstable_by_key(|(span, _)| (span.first, Reverse(span.last)));
        Self {
            family,
            protocol,
            grants,
            pieces,
            nesting,
            coverage,
            active: BTreeSet::new(),
        }
    }

    fn take(&mut self, step: &Step) {
        for index in &step.leave {
            self.active.remove(index);
            for pieces in self.pieces.get(*index).into_iter().flatten() {
                self.coverage.leave(pieces.clone());
            }
        }
        for index in &step.enter {
            self.active.insert(*index);
            for pieces in self.pieces.get(*index).into_iter().flatten() {
                self.coverage.enter(pieces.clone());
            }
        }
    }

    /// The grants by which the whole internet gets through here, if it does: those of the
    /// protocol if they suffice, else all that are active; none if those for all protocols suffice.
    fn cover(&self) -> Option<Vec<usize>> {
        if !self.coverage.is_world() {
            return None;
        }
        if self.protocol == Protocol::All || self.active.iter().all(|index| self.is_own(*index)) {
            return Some(self.outermost(&self.active));
        }
        let (own, general): (BTreeSet<usize>, BTreeSet<usize>) =
            self.active.iter().partition(|index| self.is_own(**index));
        if self.is_enough(&own) {
            Some(self.outermost(&own))
        } else if self.is_enough(&general) {
            None
        } else {
            Some(self.outermost(&self.active))
        }
    }

    fn is_own(&self, index: usize) -> bool {
        self.grant(index)
            .is_some_and(|grant| grant.traffic.protocol == self.protocol)
    }

    fn grant(&self, index: usize) -> Option<&'a Grant<'a>> {
        self.grants.get(index).copied()
    }

    fn is_enough(&self, indices: &BTreeSet<usize>) -> bool {
        let grants = || indices.iter().filter_map(|index| self.grant(*index));
        grants().any(|grant| grant.is_everything)
            || is_world(self.family, grants().flat_map(spans).collect())
    }

    /// The grants whose sources lie in no other's: 0.0.0.0/0 alone where it is there.
    fn outermost(&self, indices: &BTreeSet<usize>) -> Vec<usize> {
        let is_everything = |index: &usize| self.grant(*index).is_some_and(|g| g.is_everything);
        let everything: Vec<usize> = indices.iter().copied().filter(is_everything).collect();
        if !everything.is_empty() {
            return everything;
        }
        let mut outer: Option<Span> = None;
        let mut outermost = BTreeSet::new();
        for (span, index) in &self.nesting {
            let is_inside = outer.is_some_and(|outer| *span != outer && span.last <= outer.last);
            if !is_inside && indices.contains(index) {
                outer = Some(*span);
                outermost.insert(*index);
            }
        }
        outermost.into_iter().collect()
    }

    fn opening(&self, ports: &Range<u32>, cover: &[usize]) -> Opening {
        let grants = || cover.iter().filter_map(|index| self.grant(*index));
        let (rules, rule_count) = named(grants().map(|grant| grant.rule));
        let (via_prefix_list, _) = named(grants().filter_map(|grant| grant.prefix_list));
        let port = |port| {
            self.protocol
                .has_ports()
                .then(|| u16::try_from(port).unwrap_or(u16::MAX))
        };
        Opening {
            family: self.family,
            protocol: self.protocol,
            from_port: port(ports.start),
            to_port: port(ports.end.saturating_sub(1)),
            split: !grants().any(|grant| grant.is_everything),
            rules,
            rule_count,
            via_prefix_list,
            exposure: None,
        }
    }
}

fn spans<'a>(grant: &'a Grant<'_>) -> impl Iterator<Item = Span> + 'a {
    grant.sources.iter().map(Span::of)
}
