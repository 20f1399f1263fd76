//! The folder that the functions read: what the CDK app puts into a layer, and `CONFIG_DIR` names.

use std::fs;
use std::path::Path;

use controls::CustomFile;

use crate::{Error, File};

/// The file of the parameters in the folder.
pub const PARAMETERS: &str = "parameters.json";
/// The file of what scheduled runs sweep in the folder.
pub const SCOPE: &str = "scope.json";
/// The file of the suppressions in the folder.
pub const SUPPRESSIONS: &str = "suppressions.json";
/// The folder of the custom policies in the folder.
pub const POLICIES: &str = "policies";

/// Writes the folder: parameters and scope with their defaults, suppressions, and the custom policies without their tests.
///
/// # Errors
///
/// If the folder is not empty or cannot be written, or a policy cannot be read.
pub fn build(file: &File, policies: &[CustomFile], folder: &Path) -> Result<(), Error> {
    refuse_leftovers(folder)?;
    let configuration = &file.configuration;
    write(&folder.join(PARAMETERS), &json(&configuration.parameters)?)?;
    write(&folder.join(SCOPE), &json(&configuration.deployment.sweep)?)?;
    write(
        &folder.join(SUPPRESSIONS),
        &json(&configuration.suppressions)?,
    )?;
    for policy in policies
        .iter()
        .filter(|it| !controls::custom::is_test(&it.path))
    {
        let path = folder.join(POLICIES).join(&policy.path);
        let text = policy.text.as_ref().map_err(|why| Error::Unreadable {
            path: path.clone(),
            source: std::io::Error::other(why.clone()),
        })?;
        write(&path, text)?;
    }
    Ok(())
}

fn json(document: &impl serde::Serialize) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(document);
    text.map(|text| text + "\n")
        .map_err(|source| Error::Json { source })
}

fn refuse_leftovers(folder: &Path) -> Result<(), Error> {
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    let path = folder.to_owned();
    if is_empty {
        Ok(())
    } else {
        Err(Error::NotEmpty { path })
    }
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    let unwritable = |source| Error::Unwritable {
        path: path.to_owned(),
        source,
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(unwritable)?;
    }
    fs::write(path, text).map_err(unwritable)
}
