//! Where the controls of an account stand: what the scores are counted from.

use std::collections::{BTreeMap, BTreeSet};

use compliance::{ControlId, Coverage, CoverageStatus, Score, Service, Subject};

use super::Standard;
use crate::Catalog;

/// Where a control stands, over all resources; the later ones outweigh the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It passed on every resource.
    Passed,
    /// It failed nowhere, but could not be judged everywhere.
    NotAvailable,
    /// It failed on some resource.
    Failed,
}

/// Where each control stands that was judged; the others are not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standings(BTreeMap<ControlId, Standing>);

impl Standings {
    /// Adds that a control stands so somewhere.
    pub fn add(&mut self, control: &ControlId, standing: Standing) {
        let known = self.0.entry(control.clone()).or_insert(standing);
        *known = standing.max(*known);
    }

    /// Adds what a row of the ledger counts. Where a scope was not seen to its end, what is judged in
    /// it may fail out of sight: then its controls, but for the disabled ones, are not available.
    pub fn add_row(&mut self, catalog: &Catalog, disabled: &BTreeSet<ControlId>, row: &Coverage) {
        for (counts, standing) in [
            (&row.passed, Standing::Passed),
            (&row.not_available, Standing::NotAvailable),
            (&row.failed, Standing::Failed),
        ] {
            for (control, _) in counts.iter().filter(|(_, count)| **count > 0) {
                self.add(control, standing);
            }
        }
        let unseen = row.ended_early || row.status == CoverageStatus::Failed;
        if let Some(service) = row.service.filter(|_| unseen) {
            self.add_unseen(catalog, disabled, service);
        }
    }

    /// Adds that something of a service was not seen.
    pub fn add_unseen(
        &mut self,
        catalog: &Catalog,
        disabled: &BTreeSet<ControlId>,
        service: Service,
    ) {
        for control in catalog.controls().map(|control| &control.id) {
            let judged = catalog.subject_of(control).map(Subject::service) == Some(service);
            if judged && !disabled.contains(control) {
                self.add(control, Standing::NotAvailable);
            }
        }
    }

    /// Adds the standings of another account.
    pub fn add_all(&mut self, other: &Self) {
        for (control, standing) in &other.0 {
            self.add(control, *standing);
        }
    }

    /// Counts the controls of a standard.
    #[must_use]
    pub fn score(&self, standard: &Standard) -> Score {
        let controls = standard.controls();
        let count = |standing| {
            let standings = controls.iter().filter_map(|control| self.0.get(*control));
            u64::try_from(standings.filter(|it| **it == standing).count()).unwrap_or(u64::MAX)
        };
        Score {
            standard: standard.key(),
            passed: count(Standing::Passed),
            failed: count(Standing::Failed),
            not_available: count(Standing::NotAvailable),
        }
    }
}
