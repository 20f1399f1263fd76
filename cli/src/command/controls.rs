//! `orgsweep controls`: the catalogue.

use std::io::Write;

use anyhow::Context as _;
use compliance::Control;
use controls::{Catalog, Standards};

use crate::exit::Exit;
use crate::output;
use crate::report;
use crate::report::controls::LeftOut;

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

/// What is not judged, and why.
const OUT_OF_SCOPE: &str = include_str!("../../../policies/out_of_scope.json");

/// `docs/CONTROLS.md`.
fn page(catalog: &Catalog, controls: &[&Control]) -> anyhow::Result<String> {
    let standards = Standards::embedded(catalog).context("cannot load the standards")?;
    let LeftOut { out_of_scope } =
        serde_json::from_str(OUT_OF_SCOPE).context("cannot read what is out of scope")?;
    Ok(report::controls::markdown(
        controls,
        &standards,
        &out_of_scope,
    ))
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
        Format::Markdown => write!(out, "{}", page(&catalog, &controls)?)?,
    }
    Ok(Exit::Success)
}
