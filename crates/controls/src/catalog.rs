//! The catalogue: every control with its policy, loaded and proved once.

use std::collections::BTreeMap;
use std::sync::Arc;

use compliance::{Control, ControlId, Subject};

use crate::custom::{CustomPolicy, Limits, RefusedPolicy};
use crate::error::{Cause, Error};
use crate::fields::fields_of;
use crate::program::Program;
use crate::source::{EMBEDDED, Source};

/// All controls, ready to judge observations. Threads may share it.
#[derive(Debug)]
pub struct Catalog {
    /// By subject, then by id as a reader counts (`S3.2` before `S3.10`).
    pub(crate) policies: Vec<Policy>,
    pub(crate) programs: BTreeMap<Subject, Program>,
    /// The operator's own, by subject and id.
    pub(crate) custom: Vec<Arc<CustomPolicy>>,
    pub(crate) refused: Vec<RefusedPolicy>,
    /// What custom policies may take.
    pub(crate) limits: Limits,
}

/// A control and the policy that implements it.
#[derive(Debug)]
pub(crate) struct Policy {
    pub(crate) control: Control,
    pub(crate) subject: Subject,
    /// Package of the policy, such as `controls.s3.versioning`.
    pub(crate) package: String,
    /// Path of its rule `verdict`.
    pub(crate) verdict: String,
}

impl Catalog {
    /// The catalogue of the policies in this repository.
    ///
    /// # Errors
    ///
    /// As [`Catalog::load`]; a test holds that there are none.
    pub fn embedded() -> Result<Self, Error> {
        Self::load(EMBEDDED)
    }

    /// The catalogue of the given policies.
    ///
    /// # Errors
    ///
    /// A policy that is not Rego, does not compile, lies in a wrong folder or package or declares no
    /// proper control; a control declared twice, or one that reads nothing or a field that does not
    /// exist, or finds a field enough that it does not read.
    pub fn load(sources: &[Source<'_>]) -> Result<Self, Error> {
        let libraries: Vec<Source<'_>> =
            sources.iter().copied().filter(Source::is_library).collect();
        let mut folders: BTreeMap<Subject, Vec<Source<'_>>> = BTreeMap::new();
        for source in sources.iter().filter(|source| !source.is_library()) {
            let subject = source.subject().ok_or_else(|| Error::Folder {
                path: source.path.to_owned(),
            })?;
            folders.entry(subject).or_default().push(*source);
        }
        let mut policies = Vec::new();
        let mut programs = BTreeMap::new();
        for (subject, own) in folders {
            let program = compile(subject.folder(), &libraries, &own)?;
            policies.extend(declared(subject, &program, &own)?);
            programs.insert(subject, program);
        }
        refuse_duplicates(&policies)?;
        policies.sort_by_cached_key(|policy| (policy.subject, reading_order(&policy.control.id)));
        Ok(Self {
            policies,
            programs,
            custom: Vec::new(),
            refused: Vec::new(),
            limits: Limits::IN_FORCE,
        })
    }

    /// All controls: by subject, then by id as a reader counts (`S3.2` before `S3.10`); ours, then the operator's.
    pub fn controls(&self) -> impl Iterator<Item = &Control> {
        self.all().map(|policy| &policy.control)
    }

    fn all(&self) -> impl Iterator<Item = &Policy> {
        let custom = self.custom.iter().map(|custom| &custom.policy);
        self.policies.iter().chain(custom)
    }

    /// The control with this id.
    #[must_use]
    pub fn get(&self, id: &ControlId) -> Option<&Control> {
        self.controls().find(|control| control.id == *id)
    }

    /// What kind of observation a control judges.
    #[must_use]
    pub fn subject_of(&self, id: &ControlId) -> Option<Subject> {
        self.all()
            .find(|policy| policy.control.id == *id)
            .map(|policy| policy.subject)
    }
}

/// Compiles the policies of one place with the libraries.
fn compile(place: &str, libraries: &[Source<'_>], own: &[Source<'_>]) -> Result<Program, Error> {
    let rules = |name: &str| -> Vec<String> {
        own.iter()
            .map(|source| rule_path(&source.package(), name))
            .collect()
    };
    let verdicts = rules("verdict");
    let rules = [rules("control"), verdicts.clone()].concat();
    let sources = [libraries, own].concat();
    Program::compile(place, &sources, &rules, &verdicts)
}

/// The controls that the policies of a folder declare.
pub(crate) fn declared(
    subject: Subject,
    program: &Program,
    own: &[Source<'_>],
) -> Result<Vec<Policy>, Error> {
    own.iter()
        .map(|source| {
            let package = source.package();
            let control = control(program, &package).map_err(|source| Error::Control {
                package: package.clone(),
                source,
            })?;
            refuse_another_type(subject, &control)?;
            refuse_bad_reads(subject, &control)?;
            Ok(Policy {
                control,
                subject,
                verdict: rule_path(&package, "verdict"),
                package,
            })
        })
        .collect()
}

fn control(program: &Program, package: &str) -> Result<Control, Cause> {
    program
        .over(serde_json::Value::Null, serde_json::json!({}))?
        .value_of(&rule_path(package, "control"))?
        .ok_or_else(|| "the rule `control` is not defined".into())
}

fn refuse_another_type(subject: Subject, control: &Control) -> Result<(), Error> {
    let expected = subject.resource_type();
    if control.resource_type == expected {
        return Ok(());
    }
    Err(Error::ResourceType {
        control: control.id.clone(),
        found: control.resource_type.as_str(),
        expected: expected.as_str(),
        folder: subject.folder(),
    })
}

fn refuse_bad_reads(subject: Subject, control: &Control) -> Result<(), Error> {
    if control.reads.is_empty() {
        return Err(Error::ReadsNothing {
            control: control.id.clone(),
        });
    }
    let strange = |field: &&String| !control.reads.contains(field);
    if let Some(field) = control.enough.iter().find(strange) {
        return Err(Error::EnoughUnread {
            control: control.id.clone(),
            field: field.clone(),
        });
    }
    let fields = fields_of(subject);
    match control
        .reads
        .iter()
        .find(|field| !fields.contains(&field.as_str()))
    {
        None => Ok(()),
        Some(field) => Err(Error::UnknownField {
            control: control.id.clone(),
            field: field.clone(),
            folder: subject.folder(),
        }),
    }
}

fn refuse_duplicates(policies: &[Policy]) -> Result<(), Error> {
    let mut seen: BTreeMap<&ControlId, &str> = BTreeMap::new();
    for policy in policies {
        if let Some(first) = seen.insert(&policy.control.id, &policy.package) {
            return Err(Error::Duplicate {
                control: policy.control.id.clone(),
                first: first.to_owned(),
                second: policy.package.clone(),
            });
        }
    }
    Ok(())
}

pub(crate) fn rule_path(package: &str, rule: &str) -> String {
    format!("data.{package}.{rule}")
}

/// A key that sorts ids as a reader counts: numbers by their value, after the words before them.
fn reading_order(id: &ControlId) -> (String, u64, String) {
    let id = id.as_str();
    let words = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = id.strip_prefix(words).and_then(|n| n.parse().ok());
    (words.to_owned(), number.unwrap_or(0), id.to_owned())
}

#[cfg(test)]
#[path = "catalog_test.rs"]
mod tests;
