//! `orgsweep config`: the configuration file of an environment.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use configuration::File;
use controls::CustomFile;

use crate::exit::Exit;
use crate::output;
use crate::policies::{catalog, files};

/// Check, show and build the configuration of an environment.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Check a file: keys, values, controls and custom policies.
    Validate {
        /// The file.
        file: PathBuf,
    },
    /// Print a file with all defaults filled in.
    Show {
        /// The file.
        file: PathBuf,
    },
    /// Write the folder that the functions read: parameters and custom policies.
    Build {
        /// The file.
        file: PathBuf,
        /// The folder; empty, or not there yet.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Print the JSON schema of the file.
    Schema,
}

/// Does what was asked.
///
/// # Errors
///
/// If the file cannot be used; every key at fault is named. Nothing is written then.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    match &args.action {
        Action::Validate { file } => {
            let (_, policies) = checked(file)?;
            writeln!(out, "`{}` can be used", file.display())?;
            if !policies.is_empty() {
                writeln!(out, "custom policies: {}", policies.len())?;
            }
        }
        Action::Show { file } => {
            let file = File::read(file)?;
            write!(
                out,
                "{}",
                file.effective().context("cannot print the configuration")?
            )?;
        }
        Action::Build { file, out: folder } => {
            let (file, policies) = checked(file)?;
            configuration::build(&file, &policies, folder)?;
            writeln!(out, "wrote `{}`", folder.display())?;
        }
        Action::Schema => output::json(out, &configuration::schema())?,
    }
    Ok(Exit::Success)
}

/// A file that can be used in every respect, and its custom policies without tests.
fn checked(path: &Path) -> anyhow::Result<(File, Vec<CustomFile>)> {
    let file = File::read(path)?;
    let folder = file.policies();
    let catalog = catalog(folder.as_deref())?;
    file.check_policies(&catalog)?;
    file.check_controls(&catalog)?;
    let mut policies = folder.map_or_else(|| Ok(Vec::new()), |folder| files(&folder))?;
    policies.retain(|policy| !controls::custom::is_test(&policy.path));
    Ok((file, policies))
}
