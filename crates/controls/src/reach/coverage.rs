//! Which public addresses the sources that are active at one port cover, kept up to date while a sweep goes from port to port.

use std::ops::Range;

use super::space::{Family, Span};

/// The public address space cut at the ends of every source, with a count of active sources for
/// each piece. CIDR blocks nest, so entering or leaving one touches few pieces.
#[derive(Debug)]
pub(super) struct Coverage {
    /// First address of each piece, ascending.
    starts: Vec<u128>,
    counts: Vec<u32>,
    uncovered: usize,
}

impl Coverage {
    /// Nothing is covered yet; `sources` are all that will ever be entered.
    pub(super) fn new(family: Family, sources: impl IntoIterator<Item = Span>) -> Self {
        let public = family.public();
        let mut starts: Vec<u128> = public.iter().map(|span| span.first).collect();
        for source in sources {
            let cuts = [source.first, source.last.saturating_add(1)];
            starts.extend(cuts.into_iter().filter(|cut| is_inside(public, *cut)));
        }
        starts.sort_unstable();
        starts.dedup();
        Self {
            counts: vec![0; starts.len()],
            uncovered: starts.len(),
            starts,
        }
    }

    /// The pieces that a source covers.
    pub(super) fn pieces(&self, source: Span) -> Range<usize> {
        let from = self.starts.partition_point(|start| *start < source.first);
        let to = self.starts.partition_point(|start| *start <= source.last);
        from..to
    }

    /// A source becomes active.
    pub(super) fn enter(&mut self, pieces: Range<usize>) {
        for count in self.counts.get_mut(pieces).unwrap_or_default() {
            self.uncovered -= usize::from(*count == 0);
            *count += 1;
        }
    }

    /// An active source is no longer active.
    pub(super) fn leave(&mut self, pieces: Range<usize>) {
        for count in self.counts.get_mut(pieces).unwrap_or_default() {
            *count -= 1;
            self.uncovered += usize::from(*count == 0);
        }
    }

    /// Whether every public address is covered.
    pub(super) fn is_world(&self) -> bool {
        self.uncovered == 0
    }
}

fn is_inside(public: &[Span], address: u128) -> bool {
    let after = public.partition_point(|span| span.first <= address);
    public
        .get(..after)
        .and_then(<[Span]>::last)
        .is_some_and(|span| address <= span.last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_covered_only_while_both_halves_are_active() {
        let halves = ["0.0.0.0/1", "128.0.0.0/1"].map(|half| Span::of(&half.parse().unwrap()));
        let mut coverage = Coverage::new(Family::Ipv4, halves);
        let pieces = halves.map(|half| coverage.pieces(half));
        coverage.enter(pieces[0].clone());
        coverage.enter(pieces[0].clone());
        assert!(!coverage.is_world());
        coverage.enter(pieces[1].clone());
        assert!(coverage.is_world());
        coverage.leave(pieces[0].clone());
        assert!(coverage.is_world());
        coverage.leave(pieces[0].clone());
        assert!(!coverage.is_world());
    }

    #[test]
    fn a_private_source_covers_no_piece() {
        let private = Span::of(&"10.0.0.0/8".parse().unwrap());
        let coverage = Coverage::new(Family::Ipv4, [private]);
        assert!(coverage.pieces(private).is_empty());
    }
}
