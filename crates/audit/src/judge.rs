//! Judging: what the catalogue says of observations, kept or counted.

use std::collections::BTreeMap;

use compliance::{ControlId, Observation, Status, Verdict};
use controls::{Catalog, Parameters};

/// Verdicts of some observations: failures and what could not be judged one by one, passes counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Failed and not-available verdicts.
    pub verdicts: Vec<Verdict>,
    /// Passed verdicts by control.
    pub passed: BTreeMap<ControlId, u64>,
}

impl Judged {
    /// Sorts verdicts into those that are kept and those that are counted.
    #[must_use]
    pub fn of(verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        let mut judged = Self::default();
        for verdict in verdicts {
            match verdict.status {
                Status::Passed => *judged.passed.entry(verdict.control).or_default() += 1,
                Status::Failed | Status::NotAvailable => judged.verdicts.push(verdict),
            }
        }
        judged
    }
}

/// Judges observations of any kind.
pub fn judge<'a>(
    catalog: &Catalog,
    parameters: &Parameters,
    observations: impl IntoIterator<Item = &'a Observation>,
) -> Judged {
    let observations = observations.into_iter();
    Judged::of(observations.flat_map(|observation| catalog.judge(observation, parameters)))
}
