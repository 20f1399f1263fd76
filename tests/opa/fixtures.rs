//! The fixtures of the policies, and the parameters that they are judged with.

use std::fs;
use std::path::{Path, PathBuf};

use compliance::{Observation, Subject};
use controls::Parameters;
use serde_json::Value;

/// The observations of a subject, sorted by file.
pub(crate) fn fixtures(subject: Subject) -> Vec<Observation> {
    let fixtures = documents(subject).into_iter();
    fixtures
        .map(|it| Observation::from_json(subject, it).unwrap())
        .collect()
}

/// The same as JSON.
pub(crate) fn documents(subject: Subject) -> Vec<Value> {
    let folder = root()
        .join("policies")
        .join(subject.folder())
        .join("fixtures");
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| read(file)).collect()
}

/// What an operator decided in the world of the fixtures: every control has something to judge by.
pub(crate) fn parameters() -> Parameters {
    let file = root().join("crates/controls/tests/policies/parameters.json");
    serde_json::from_value(read(&file)).unwrap()
}

fn read(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
