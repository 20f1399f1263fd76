//! `orgsweep controls`: the catalogue.

use std::io::Write;

use anyhow::Context as _;
use compliance::Control;
use controls::Catalog;

use crate::exit::Exit;
use crate::output;
use crate::report;

/// Print the catalogue of controls.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Format,
}

/// Formats of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One line per control.
    Table,
    /// All that is known of each control.
    Json,
    /// `docs/CONTROLS.md`.
    Markdown,
}

/// Loads the embedded catalogue and prints it.
///
/// # Errors
///
/// If the catalogue does not load.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let catalog = Catalog::embedded().context("cannot load the catalogue of controls")?;
    let controls: Vec<&Control> = catalog.controls().collect();
    match args.output {
        Format::Table => write!(
            out,
            "{}",
            report::controls::rows(&controls, output::width())
        )?,
        Format::Json => output::json(out, &controls)?,
        Format::Markdown => write!(out, "{}", report::controls::markdown(&controls))?,
    }
    Ok(Exit::Success)
}
