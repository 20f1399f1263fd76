//! The folder that the configuration of the environment reaches a function in: a Lambda layer.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use aws::settings::optional;
use compliance::sweep::Sweep;
use compliance::{ControlId, Suppression, Suppressions};
use controls::{Catalog, Parameters};
use serde::de::DeserializeOwned;
use tracing::warn;

use crate::{Error, policy_folder};

/// Where Lambda unpacks the layer (AWS Lambda, "Managing Lambda dependencies with layers").
const LAYER: &str = "/opt/orgsweep";
/// The file of the parameters.
const PARAMETERS: &str = "parameters.json";
/// The file of the scope.
const SCOPE: &str = "scope.json";
/// The file of the suppressions: a list.
const SUPPRESSIONS: &str = "suppressions.json";
/// The folder of the custom policies.
const POLICIES: &str = "policies";

/// The folder: `CONFIG_DIR`, else that of the layer. It need not exist.
///
/// # Errors
///
/// If the variable is unusable.
pub fn folder() -> Result<PathBuf, aws::Error> {
    let named: Option<PathBuf> = optional("CONFIG_DIR")?;
    Ok(named.unwrap_or_else(|| PathBuf::from(LAYER)))
}

/// The parameters in a folder, held against a catalogue; the defaults if it holds none.
///
/// # Errors
///
/// If the file cannot be read, holds something else, or names a control that does not exist. The error names it.
pub fn parameters(folder: &Path, catalog: &Catalog) -> Result<Parameters, Error> {
    let path = folder.join(PARAMETERS);
    let parameters: Parameters = read(path.clone())?;
    let severities = parameters.severities.keys();
    let mut named = parameters.disabled_controls.iter().chain(severities);
    match named.find(|id| catalog.is_complete() && catalog.get(id).is_none()) {
        Some(control) => Err(broken(path, NoControl(control.clone()))),
        None => Ok(parameters),
    }
}

/// A control that is not in the catalogue.
#[derive(Debug, thiserror::Error)]
#[error("there is no control `{0}` in the catalogue")]
struct NoControl(ControlId);

/// The scope of the environment in a folder: what its scheduled runs sweep, as the input of an execution. The whole
/// Organization if it holds none.
///
/// # Errors
///
/// If the file cannot be read or holds something else. The error names it.
pub fn scope(folder: &Path) -> Result<Sweep, Error> {
    read(folder.join(SCOPE))
}

/// The suppressions in a folder, held against a catalogue; none if it holds no file of them.
///
/// # Errors
///
/// If the file cannot be read, or one of them breaks a rule. The error names the file and the suppression.
pub fn suppressions(folder: &Path, catalog: &Catalog) -> Result<Suppressions, Error> {
    let path = folder.join(SUPPRESSIONS);
    let written: Vec<Suppression> = read(path.clone())?;
    let suppressions = if catalog.is_complete() {
        let controls: Vec<&ControlId> = catalog.controls().map(|control| &control.id).collect();
        Suppressions::configured(written, &controls.into_iter())
    } else {
        Suppressions::listed(written)
    };
    suppressions.map_err(|error| broken(path, error))
}

fn read<T: Default + DeserializeOwned>(path: PathBuf) -> Result<T, Error> {
    let text = match std::fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(T::default()),
        Err(error) => return Err(broken(path, error)),
    };
    serde_json::from_slice(&text).map_err(|error| broken(path, error))
}

/// The controls of our own and those of the custom policies in a folder. A custom policy that cannot be used takes
/// nothing else down: it is logged here, and noted in the coverage of the run.
///
/// # Errors
///
/// If a policy of our own is broken, or the folder of custom policies is there but cannot be listed.
pub fn catalog(folder: &Path) -> Result<Catalog, Error> {
    let policies = folder.join(POLICIES);
    let files = policy_folder::read(&policies).map_err(|source| Error::Policies {
        path: policies,
        source,
    })?;
    let catalog = Catalog::embedded()?.with_custom(&files);
    for refused in catalog.refused() {
        let control = refused.control.as_ref().map(ToString::to_string);
        warn!(control.id = control, "{refused}");
    }
    Ok(catalog)
}

fn broken(path: PathBuf, source: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Configuration {
        path,
        source: Box::new(source),
    }
}

#[cfg(test)]
mod tests {
    use compliance::ErrorName;

    use super::*;
    use crate::Named;

    /// What is read from a folder of its own whose file holds this text.
    fn read_from(name: &str, text: &str) -> Result<Parameters, Error> {
        let process = std::process::id();
        let folder = std::env::temp_dir().join(format!("orgsweep-{name}-{process}"));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(PARAMETERS), text).unwrap();
        let read = parameters(&folder, &Catalog::embedded().unwrap());
        std::fs::remove_dir_all(&folder).unwrap();
        read
    }

    /// What is read from a folder of its own whose suppressions are these.
    fn accepted(name: &str, text: &str) -> Result<Suppressions, Error> {
        let process = std::process::id();
        let folder = std::env::temp_dir().join(format!("orgsweep-accepted-{name}-{process}"));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(SUPPRESSIONS), text).unwrap();
        let read = suppressions(&folder, &Catalog::embedded().unwrap());
        std::fs::remove_dir_all(&folder).unwrap();
        read
    }

    #[test]
    fn suppressions_are_read_and_a_broken_one_is_named() {
        let one = |control: &str| {
            format!(
                r#"[{{"id": "website", "control": "{control}", "account": "*", "resource": "arn:aws:s3:::w",
                "reason": "public", "owner": "web", "created": "2026-11-01", "expires": "2027-05-31"}}]"#
            )
        };
        assert_eq!(accepted("right", &one("S3.8")).unwrap().records().len(), 1);
        for (name, text) in [("unknown", one("S3.999")), ("short", "[{}]".to_owned())] {
            let error = accepted(name, &text).unwrap_err();
            assert_eq!(error.name(), ErrorName::ConfigurationBroken);
            assert!(error.to_string().contains("suppressions.json"), "{error}");
        }
    }

    #[test]
    fn without_a_folder_the_defaults_hold() {
        let catalog = Catalog::embedded().unwrap();
        let parameters = parameters(Path::new("/nonexistent/orgsweep"), &catalog).unwrap();
        assert_eq!(parameters, Parameters::default());
        assert_eq!(folder().unwrap(), Path::new(LAYER));
    }

    #[test]
    fn what_the_file_says_holds() {
        let parameters = read_from("right", r#"{"required_tags": ["owner"]}"#).unwrap();
        assert!(parameters.required_tags.contains("owner"));
    }

    #[test]
    fn without_a_folder_there_are_our_controls_only() {
        let catalog = catalog(Path::new("/nonexistent/orgsweep")).unwrap();
        assert!(
            catalog
                .controls()
                .all(|control| !catalog.is_custom(&control.id))
        );
        assert_eq!(catalog.refused(), []);
    }

    #[test]
    fn a_custom_policy_that_cannot_be_used_is_named_and_takes_nothing_down() {
        let process = std::process::id();
        let folder = std::env::temp_dir().join(format!("orgsweep-catalog-{process}"));
        std::fs::create_dir_all(folder.join("policies/s3")).unwrap();
        std::fs::write(folder.join("policies/s3/broken.rego"), "package").unwrap();
        let of_it = r#"{"disabled_controls": ["ACME.1"]}"#;
        std::fs::write(folder.join(PARAMETERS), of_it).unwrap();
        let accepting = r#"[{"id": "a", "control": "ACME.1", "account": "*", "resource": "*", "reason": "r",
            "owner": "o", "created": "2026-11-01", "expires": "2027-05-31"}]"#;
        std::fs::write(folder.join(SUPPRESSIONS), accepting).unwrap();
        let catalog = catalog(&folder).unwrap();
        let named = parameters(&folder, &catalog).unwrap();
        let accepted = suppressions(&folder, &catalog).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(named.disabled_controls.len(), 1);
        assert_eq!(accepted.records().len(), 1);
        assert_eq!(catalog.refused()[0].path, "s3/broken.rego");
        assert!(catalog.get(&"S3.8".parse().unwrap()).is_some());
    }

    #[test]
    fn a_broken_file_is_named_and_never_taken_for_the_defaults() {
        for text in [
            "",
            "{",
            r#"{"trusted_acounts": []}"#,
            r#"{"severities": {"S3.8": "HIHG"}}"#,
            r#"{"severities": {"S3.999": "HIGH"}}"#,
            r#"{"disabled_controls": ["S3.88"]}"#,
        ] {
            let error = read_from("broken", text).unwrap_err();
            assert_eq!(error.name(), ErrorName::ConfigurationBroken);
            assert!(error.to_string().contains("parameters.json"), "{error}");
        }
    }
}
