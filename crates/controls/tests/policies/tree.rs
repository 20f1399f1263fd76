//! The files of `policies/`, as the tests find them on disk.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use compliance::{Observation, Subject};
use controls::Parameters;
use serde_json::Value;

/// A Rego file: its path relative to `policies/`, and its text.
#[derive(Debug)]
pub(crate) struct RegoFile {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl RegoFile {
    pub(crate) fn is_test(&self) -> bool {
        self.path.ends_with("_test.rego")
    }

    pub(crate) fn folder(&self) -> &str {
        self.path.split_once('/').unwrap().0
    }

    /// Whether it is neither a library nor a `deny` document for OPA servers.
    pub(crate) fn is_of_a_subject(&self) -> bool {
        Subject::ALL
            .iter()
            .any(|subject| subject.folder() == self.folder())
    }

    /// The lines without comments.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'))
    }

    /// The package that the text declares.
    pub(crate) fn package(&self) -> &str {
        self.lines()
            .find_map(|line| line.strip_prefix("package "))
            .unwrap_or_else(|| panic!("`{}` has no package", self.path))
            .trim()
    }
}

/// An observation of `policies/<folder>/fixtures/`, named by its case.
#[derive(Debug)]
pub(crate) struct Fixture {
    pub(crate) case: String,
    pub(crate) observation: Observation,
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies")
}

/// What an operator decided in the world of the fixtures: every control has something to judge by.
pub(crate) fn parameters() -> Parameters {
    serde_json::from_str(include_str!("parameters.json")).unwrap()
}

/// Every Rego file, sorted by path.
pub(crate) fn rego_files() -> Vec<RegoFile> {
    let mut files = Vec::new();
    for folder in entries(&root()).into_iter().filter(|path| path.is_dir()) {
        for path in entries(&folder) {
            if path
                .extension()
                .is_some_and(|extension| extension == "rego")
            {
                let text = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(root()).unwrap().display().to_string();
                files.push(RegoFile { path, text });
            }
        }
    }
    assert!(files.len() > 3, "`policies/` is where the tests look");
    files
}

/// The fixtures of a subject, sorted by case; each must be an observation without unknown fields.
pub(crate) fn fixtures(subject: Subject) -> Vec<Fixture> {
    entries(&root().join(subject.folder()).join("fixtures"))
        .iter()
        .map(|path| Fixture {
            case: path.file_stem().unwrap().display().to_string(),
            observation: read(subject, path),
        })
        .collect()
}

fn read(subject: Subject, path: &Path) -> Observation {
    let json: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    observation(subject, &json).unwrap_or_else(|error| panic!("`{}`: {error}", path.display()))
}

pub(crate) fn observation(
    subject: Subject,
    json: &Value,
) -> Result<Observation, serde_json::Error> {
    Observation::from_json(subject, json.clone())
}

/// The observation without some of its fields; `None` if one of them cannot be unread.
pub(crate) fn without(
    subject: Subject,
    complete: &Observation,
    hidden: &BTreeSet<String>,
) -> Option<Observation> {
    let mut json = serde_json::to_value(complete).unwrap();
    json.as_object_mut()
        .unwrap()
        .retain(|field, _| !hidden.contains(field));
    let without = observation(subject, &json).ok()?;
    // A field that is never unread comes back as `null`.
    let json = serde_json::to_value(&without).unwrap();
    let gone = hidden.iter().all(|field| json.get(field).is_none());
    gone.then_some(without)
}

/// The observation without one of its fields, for each field that may be unread.
pub(crate) fn with_one_field_hidden(
    subject: Subject,
    complete: &Observation,
) -> Vec<(String, Observation)> {
    let json = serde_json::to_value(complete).unwrap();
    let hide = |field: &String| {
        let hidden = BTreeSet::from([field.clone()]);
        Some((field.clone(), without(subject, complete, &hidden)?))
    };
    let fields = json.as_object().unwrap().keys();
    fields
        .filter(|field| *field != "unknown")
        .filter_map(hide)
        .collect()
}

/// The entries of a folder, sorted; none if there is no such folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
