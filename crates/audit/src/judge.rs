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

/// Judges observations of any kind.
pub fn judge<'a>(
    catalog: &Catalog,
    parameters: &Parameters,
    observations: impl IntoIterator<Item = &'a Observation>,
) -> Judged {
    let mut judged = Judged::default();
    for observation in observations {
        for verdict in catalog.judge(observation, parameters) {
            match verdict.status {
                Status::Passed => *judged.passed.entry(verdict.control).or_default() += 1,
                Status::Failed | Status::NotAvailable => judged.verdicts.push(verdict),
            }
        }
    }
    judged
}
