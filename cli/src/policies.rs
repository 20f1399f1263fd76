//! The operator's own: custom policies from a folder, and the configuration file that names one.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use audit::policy_folder;
use configuration::File;
use controls::{Catalog, CustomFile, Parameters};

/// Options of commands that judge by what the operator decided.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Own {
    /// The configuration of an environment: parameters of controls, and a folder of custom policies.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// A folder of custom policies; goes before that of the configuration.
    #[arg(long, value_name = "DIR")]
    pub policies: Option<PathBuf>,
}

/// Controls and parameters.
#[derive(Debug)]
pub struct Judgement {
    /// Our controls and the operator's.
    pub catalog: Catalog,
    /// What the operator decided; the defaults without a configuration.
    pub parameters: Parameters,
}

impl Own {
    /// Reads what the options name.
    ///
    /// # Errors
    ///
    /// If the configuration cannot be used or names a control that does not exist, or the folder cannot be read. A custom
    /// policy that cannot be used is no error: the catalogue says so.
    pub fn read(&self) -> anyhow::Result<Judgement> {
        let file = self.config.as_deref().map(File::read).transpose()?;
        let named = file.as_ref().and_then(File::policies);
        let catalog = catalog(self.policies.as_deref().or(named.as_deref()))?;
        let parameters = match file {
            None => Parameters::default(),
            Some(file) => {
                file.check_controls(&catalog)?;
                file.configuration.parameters
            }
        };
        Ok(Judgement {
            catalog,
            parameters,
        })
    }
}

/// Our controls and those of a folder.
///
/// # Errors
///
/// If the folder is not there or cannot be read.
pub fn catalog(folder: Option<&Path>) -> anyhow::Result<Catalog> {
    let catalog = Catalog::embedded().context("cannot load the catalogue of controls")?;
    Ok(match folder {
        None => catalog,
        Some(folder) => catalog.with_custom(&files(folder)?),
    })
}

/// The files of a folder of custom policies.
///
/// # Errors
///
/// If the folder is not there or cannot be read.
pub fn files(folder: &Path) -> anyhow::Result<Vec<CustomFile>> {
    if !folder.is_dir() {
        bail!("`{}` is not a folder", folder.display());
    }
    policy_folder::read(folder).with_context(|| format!("cannot list `{}`", folder.display()))
}
