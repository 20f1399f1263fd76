//! All suppressions of an environment, and which one covers a verdict.

use std::cmp::Reverse;

use jiff::Timestamp;

use super::{Suppression, SuppressionId, SuppressionRecord};
use crate::{ControlId, Error, Status, Verdict};

/// All suppressions of an environment, those that have ended included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suppressions(Vec<SuppressionRecord>);

impl Suppressions {
    /// Suppressions in a configuration file: 200 of them, each with all that it may say, fill a third of the
    /// layer's smallest limits and are as many as anybody reviews.
    pub const MOST_CONFIGURED: usize = 200;

    /// Those of a configuration file, held against a catalogue.
    ///
    /// # Errors
    ///
    /// As [`Suppressions::listed`], or [`Error::Suppression`] naming the first that names no control of the catalogue.
    pub fn configured<'a>(
        suppressions: Vec<Suppression>,
        controls: &(impl Iterator<Item = &'a ControlId> + Clone),
    ) -> Result<Self, Error> {
        for suppression in &suppressions {
            suppression.check_controls(controls.clone())?;
        }
        Self::listed(suppressions)
    }

    /// Those of a configuration file, whatever controls there are.
    ///
    /// # Errors
    ///
    /// [`Error::Suppression`] naming the first that has the id of another one; [`Error::TooManySuppressions`].
    pub fn listed(suppressions: Vec<Suppression>) -> Result<Self, Error> {
        if suppressions.len() > Self::MOST_CONFIGURED {
            return Err(Error::TooManySuppressions {
                count: suppressions.len(),
            });
        }
        let mut known = Self::default();
        for suppression in suppressions {
            if known.knows(suppression.id()) {
                return Err(Error::Suppression {
                    id: suppression.id().to_string(),
                    problem: "another one has its id".to_owned(),
                });
            }
            known.0.push(SuppressionRecord::configured(suppression));
        }
        Ok(known)
    }

    /// All records.
    #[must_use]
    pub fn records(&self) -> &[SuppressionRecord] {
        &self.0
    }

    /// Whether there is one with this id, in force or not.
    #[must_use]
    pub fn knows(&self, id: &SuppressionId) -> bool {
        self.0.iter().any(|record| record.suppression.id() == id)
    }

    /// Those in force at a time that match a verdict. Only a failure can be accepted: what could not be judged is
    /// never hidden.
    pub fn matching<'a>(
        &'a self,
        verdict: &'a Verdict,
        at: Timestamp,
    ) -> impl Iterator<Item = &'a SuppressionRecord> {
        let failed = verdict.status == Status::Failed;
        let records = self.0.iter().filter(move |_| failed);
        records.filter(move |record| record.in_force(at) && record.suppression.matches(verdict))
    }

    /// The one that covers a verdict at a time: of several the one that lasts longest, so that adding a shorter one
    /// changes nothing.
    #[must_use]
    pub fn covering<'a>(
        &'a self,
        verdict: &'a Verdict,
        at: Timestamp,
    ) -> Option<&'a SuppressionRecord> {
        self.matching(verdict, at)
            .min_by_key(|record| (Reverse(record.ends()), record.suppression.id()))
    }
}

impl FromIterator<SuppressionRecord> for Suppressions {
    fn from_iter<T: IntoIterator<Item = SuppressionRecord>>(records: T) -> Self {
        Self(records.into_iter().collect())
    }
}

impl Extend<SuppressionRecord> for Suppressions {
    fn extend<T: IntoIterator<Item = SuppressionRecord>>(&mut self, records: T) {
        self.0.extend(records);
    }
}
