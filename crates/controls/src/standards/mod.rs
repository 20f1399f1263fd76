//! Standards: whose requirements the controls answer. A standard names controls; a control knows none.

mod standing;

use std::collections::{BTreeMap, BTreeSet};

use compliance::{ControlId, Score};
use serde::{Deserialize, Serialize};

pub use standing::{Standing, Standings};

use crate::error::Cause;
use crate::{Catalog, Error, Source};

/// The standards of this repository, one file per standard and version.
const EMBEDDED: &[Source<'static>] = include!(concat!(env!("OUT_DIR"), "/standards.rs"));

/// One version of a standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// Short name, such as `cis-aws`.
    pub id: String,
    /// Version, such as `5.0.0`.
    pub version: String,
    /// Name in full.
    pub name: String,
    /// The end of the standard's ARN in Security Hub (`StandardsId` in ASFF); `None` if Security Hub has none.
    pub security_hub: Option<String>,
    /// Where its requirements are written.
    pub source: String,
    /// Its requirements, as far as controls answer them.
    pub requirements: Vec<Requirement>,
}

/// One requirement of a standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Its number in the standard.
    pub id: String,
    /// What it asks for, in our words; for NIST SP 800-53 the name of the control.
    pub title: String,
    /// The controls that answer it.
    pub controls: Vec<ControlId>,
}

impl Standard {
    /// The key: id and version, such as `cis-aws/5.0.0`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}", self.id, self.version)
    }

    /// Every control that the standard names, once.
    #[must_use]
    pub fn controls(&self) -> BTreeSet<&ControlId> {
        let requirements = self.requirements.iter();
        requirements.flat_map(|it| &it.controls).collect()
    }

    /// The requirements that a control answers.
    pub fn answered_by<'a>(&'a self, control: &ControlId) -> impl Iterator<Item = &'a Requirement> {
        let requirements = self.requirements.iter();
        requirements.filter(move |it| it.controls.contains(control))
    }
}

/// All standards, by key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standards(Vec<Standard>);

impl Standards {
    /// The standards of this repository.
    ///
    /// # Errors
    ///
    /// As [`Standards::load`].
    pub fn embedded(catalog: &Catalog) -> Result<Self, Error> {
        Self::load(EMBEDDED, catalog)
    }

    /// The given standards, JSON documents.
    ///
    /// # Errors
    ///
    /// A document is no standard, or names a control that the catalogue does not have.
    pub fn load(sources: &[Source<'_>], catalog: &Catalog) -> Result<Self, Error> {
        let mut standards = Vec::new();
        for source in sources {
            for standard in parse(source)? {
                refuse_unknown(&standard, catalog)?;
                standards.push(standard);
            }
        }
        standards.sort_by_key(Standard::key);
        Ok(Self(standards))
    }

    /// The standards, by key.
    pub fn iter(&self) -> std::slice::Iter<'_, Standard> {
        self.0.iter()
    }

    /// The standards that name a control.
    pub fn naming(&self, control: &ControlId) -> impl Iterator<Item = &Standard> {
        let named = move |it: &&Standard| it.answered_by(control).next().is_some();
        self.0.iter().filter(named)
    }

    /// One score per standard.
    #[must_use]
    pub fn scores(&self, standings: &Standings) -> Vec<Score> {
        self.iter().map(|it| standings.score(it)).collect()
    }
}

/// The standards of a document: an object, by their keys, so that OPA servers can load the folder too.
fn parse(source: &Source<'_>) -> Result<Vec<Standard>, Error> {
    let not_a_standard = |source_error: Cause| Error::Standard {
        path: source.path.to_owned(),
        source: source_error,
    };
    let by_key: BTreeMap<String, Standard> =
        serde_json::from_str(source.text).map_err(|error| not_a_standard(error.into()))?;
    if let Some((key, standard)) = by_key.iter().find(|(key, it)| **key != it.key()) {
        let problem = format!("its key is `{key}`: expected `{}`", standard.key());
        return Err(not_a_standard(problem.into()));
    }
    Ok(by_key.into_values().collect())
}

fn refuse_unknown(standard: &Standard, catalog: &Catalog) -> Result<(), Error> {
    let unknown = |control: &&&ControlId| catalog.get(control).is_none();
    match standard.controls().iter().find(unknown) {
        None => Ok(()),
        Some(control) => Err(Error::UnknownControl {
            standard: standard.key(),
            control: (*control).clone(),
        }),
    }
}

impl<'a> IntoIterator for &'a Standards {
    type Item = &'a Standard;
    type IntoIter = std::slice::Iter<'a, Standard>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
#[path = "standards_test.rs"]
mod tests;
