//! What a configuration says about controls that do not exist.

use std::collections::BTreeSet;

use compliance::ControlId;
use controls::Catalog;

use crate::node::index;
use crate::problem::Problem;
use crate::suggestion::did_you_mean;
use crate::{Error, File};

impl File {
    /// Checks every control that the file names against the catalogue, which holds the custom ones too. Nothing is
    /// checked until that is complete, as in the functions.
    ///
    /// # Errors
    ///
    /// If a control does not exist; all of them, each with what may have been meant.
    pub fn check_controls(&self, catalog: &Catalog) -> Result<(), Error> {
        if !catalog.is_complete() {
            return Ok(());
        }
        let known = catalog.controls().map(|control| control.id.as_str());
        let known: BTreeSet<&str> = known.collect();
        let parameters = &self.configuration.parameters;
        let disabled = parameters.disabled_controls.iter();
        let disabled = disabled.map(|id| (vec!["parameters", "disabled_controls"], id));
        let severities = parameters.severities.keys();
        let severities = severities.map(|id| (vec!["parameters", "severities", id.as_str()], id));
        let unknown = disabled
            .chain(severities)
            .filter(|(_, id)| !known.contains(id.as_str()))
            .map(|(path, id)| self.problem(&path, no_control(id, &known)));
        let accepted = self.suppressions_without_controls(catalog);
        self.unless(unknown.chain(accepted).collect())
    }

    /// Suppressions that are about no control, or about all without saying so.
    fn suppressions_without_controls(&self, catalog: &Catalog) -> Vec<Problem> {
        let known: Vec<&ControlId> = catalog.controls().map(|control| &control.id).collect();
        let written = self.configuration.suppressions.iter().enumerate();
        let problems = written.filter_map(|(number, suppression)| {
            let error = suppression.check_controls(known.iter().copied()).err()?;
            let path = ["suppressions", &index(number), "control"];
            Some(self.problem(&path, format!("cannot be used: {error}")))
        });
        problems.collect()
    }

    /// Checks that every custom policy is used.
    ///
    /// # Errors
    ///
    /// If one is refused; all of them, each with the reason.
    pub fn check_policies(&self, catalog: &Catalog) -> Result<(), Error> {
        let refused = catalog.refused().iter();
        let refused = refused.map(|refused| {
            let what = format!("holds what cannot be used: {refused}");
            self.problem(&["policies"], what)
        });
        self.unless(refused.collect())
    }

    fn unless(&self, mut problems: Vec<Problem>) -> Result<(), Error> {
        if problems.is_empty() {
            return Ok(());
        }
        problems.sort_by_key(|problem| problem.line);
        Err(Error::Unusable {
            path: self.path.clone(),
            problems,
        })
    }
}

fn no_control(id: &ControlId, known: &BTreeSet<&str>) -> String {
    let suggestion = did_you_mean(id.as_str(), known.iter().copied());
    format!("names the control `{id}`, which does not exist{suggestion}")
}
