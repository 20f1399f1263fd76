//! The folder that the configuration of the environment reaches a function in: a Lambda layer.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use aws::settings::optional;
use compliance::sweep::Sweep;
use controls::Parameters;
use serde::de::DeserializeOwned;

use crate::Error;

/// Where Lambda unpacks the layer (AWS Lambda, "Managing Lambda dependencies with layers").
const LAYER: &str = "/opt/orgsweep";
/// The file of the parameters.
const PARAMETERS: &str = "parameters.json";
/// The file of the scope.
const SCOPE: &str = "scope.json";

/// The folder: `CONFIG_DIR`, else that of the layer. It need not exist.
///
/// # Errors
///
/// If the variable is unusable.
pub fn folder() -> Result<PathBuf, aws::Error> {
    let named: Option<PathBuf> = optional("CONFIG_DIR")?;
    Ok(named.unwrap_or_else(|| PathBuf::from(LAYER)))
}

/// The parameters in a folder; the defaults if it holds none.
///
/// # Errors
///
/// If the file cannot be read or holds something else. The error names it.
pub fn parameters(folder: &Path) -> Result<Parameters, Error> {
    read(folder.join(PARAMETERS))
}

/// The scope of the environment in a folder: what its scheduled runs sweep, as the input of an execution. The whole
/// Organization if it holds none.
///
/// # Errors
///
/// If the file cannot be read or holds something else. The error names it.
pub fn scope(folder: &Path) -> Result<Sweep, Error> {
    read(folder.join(SCOPE))
}

fn read<T: Default + DeserializeOwned>(path: PathBuf) -> Result<T, Error> {
    let text = match std::fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(T::default()),
        Err(error) => return Err(broken(path, error)),
    };
    serde_json::from_slice(&text).map_err(|error| broken(path, error))
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
        let read = parameters(&folder);
        std::fs::remove_dir_all(&folder).unwrap();
        read
    }

    #[test]
    fn without_a_folder_the_defaults_hold() {
        let parameters = parameters(Path::new("/nonexistent/orgsweep")).unwrap();
        assert_eq!(parameters, Parameters::default());
        assert_eq!(folder().unwrap(), Path::new(LAYER));
    }

    #[test]
    fn what_the_file_says_holds() {
        let parameters = read_from("right", r#"{"required_tags": ["owner"]}"#).unwrap();
        assert!(parameters.required_tags.contains("owner"));
    }

    #[test]
    fn a_broken_file_is_named_and_never_taken_for_the_defaults() {
        for text in [
            "",
            "{",
            r#"{"trusted_acounts": []}"#,
            r#"{"severities": {"S3.8": "HIHG"}}"#,
        ] {
            let error = read_from("broken", text).unwrap_err();
            assert_eq!(error.name(), ErrorName::ConfigurationBroken);
            assert!(error.to_string().contains("parameters.json"), "{error}");
        }
    }
}
