//! A configuration file, read and checked.

use std::path::{Path, PathBuf};

use compliance::{Suppression, Suppressions};
use controls::Parameters;
use serde::de::DeserializeOwned;

use crate::node::Node;
use crate::problem::Problem;
use crate::{Configuration, Error, yaml};

/// Problems that are told at once.
const MOST_PROBLEMS: usize = 20;

/// A configuration and the file that it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Where it was read.
    pub path: PathBuf,
    /// What it says, with defaults filled in.
    pub configuration: Configuration,
    pub(crate) document: Node,
}

impl File {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or used: every key at fault is named with its line.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|source| Error::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(path, &text)
    }

    /// Checks the text of a file.
    ///
    /// # Errors
    ///
    /// As [`File::read`].
    pub fn parse(path: &Path, text: &str) -> Result<Self, Error> {
        let unusable = |problems| Error::Unusable {
            path: path.to_owned(),
            problems,
        };
        let document = yaml::read(text).map_err(|problem| unusable(vec![problem]))?;
        let configuration = typed(&document).map_err(unusable)?;
        let file = Self {
            path: path.to_owned(),
            configuration,
            document,
        };
        let problems: Vec<Problem> = [file.network_problem(), file.suppression_problem()]
            .into_iter()
            .flatten()
            .collect();
        if problems.is_empty() {
            return Ok(file);
        }
        Err(unusable(problems))
    }

    /// The whole configuration as YAML, with the defaults of everything that the file does not say.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn effective(&self) -> Result<String, Error> {
        let json = serde_json::to_value(&self.configuration);
        json.map(|json| yaml::write(&json))
            .map_err(|source| Error::Json { source })
    }

    /// The folder of custom policies; the path in the file is relative to the file.
    #[must_use]
    pub fn policies(&self) -> Option<PathBuf> {
        let folder = self.configuration.policies.as_ref()?;
        let beside = self.path.parent().unwrap_or_else(|| Path::new(""));
        Some(beside.join(folder))
    }

    /// A problem with the key at a path; where the key is not in the file, in the line of the key above it.
    pub(crate) fn problem(&self, path: &[&str], what: impl Into<String>) -> Problem {
        let path: Vec<String> = path.iter().map(|&step| step.to_owned()).collect();
        let ways = (1..=path.len()).rev().filter_map(|steps| path.get(..steps));
        let mut lines = ways.filter_map(|way| self.document.line_of(way));
        Problem {
            line: lines.next(),
            path: path.clone(),
            what: what.into(),
        }
    }

    /// Endpoints of a network do not reach other regions.
    fn network_problem(&self) -> Option<Problem> {
        let deployment = &self.configuration.deployment;
        deployment.vpc.as_ref()?;
        let mut regions = deployment.sweep.regions.include.iter();
        if (regions.next(), regions.next()) == (Some(&deployment.region), None) {
            return None;
        }
        let region = &deployment.region;
        let path = ["deployment", "sweep", "regions", "include"];
        let what = format!("must be [{region}] with a vpc: endpoints do not reach other regions");
        Some(self.problem(&path, what))
    }

    /// Suppressions are told apart by their ids, and are as many as somebody can review.
    fn suppression_problem(&self) -> Option<Problem> {
        let listed = Suppressions::listed(self.configuration.suppressions.clone());
        let error = listed.err()?;
        Some(self.problem(&["suppressions"], format!("cannot be used: {error}")))
    }
}

/// The typed form of a document, or all that is wrong with it.
fn typed(document: &Node) -> Result<Configuration, Vec<Problem>> {
    let mut problems = match complete::<Configuration>(document) {
        Ok(configuration) => return Ok(configuration),
        Err(problems) => problems,
    };
    // Where a key of the deployment is missing, nobody has looked at what comes after it yet.
    problems.extend(below::<Parameters>(document, "parameters"));
    problems.extend(below::<Vec<Suppression>>(document, "suppressions"));
    problems.sort_by(|a, b| (a.line, &a.path).cmp(&(b.line, &b.path)));
    problems.dedup();
    Err(problems)
}

/// All that is wrong below a key at the top.
fn below<T: DeserializeOwned>(document: &Node, key: &str) -> Vec<Problem> {
    let Some((line, value)) = document.get(key) else {
        return Vec::new();
    };
    let problems = complete::<T>(value).err().unwrap_or_default();
    let problems = problems.into_iter();
    problems.map(|it| it.below(key, line)).collect()
}

/// A typed value, or what is wrong with it: what is at fault is taken out, and the rest is looked at again.
fn complete<T: DeserializeOwned>(document: &Node) -> Result<T, Vec<Problem>> {
    let mut rest = document.clone();
    let mut problems: Vec<Problem> = Vec::new();
    while problems.len() < MOST_PROBLEMS {
        let problem = match T::deserialize(&rest) {
            Ok(value) if problems.is_empty() => return Ok(value),
            Ok(_) => break,
            Err(problem) => problem,
        };
        let path = problem.path.clone();
        // That a list is empty now, or a key missing, is our doing.
        if !problems.iter().any(|known| known.path.starts_with(&path)) {
            problems.push(problem);
        }
        if !rest.remove(&path) {
            break;
        }
    }
    Err(problems)
}
