//! `orgsweep controls`: the catalogue.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use compliance::Control;
use controls::custom::is_test;
use controls::{Catalog, Standards};

use crate::exit::Exit;
use crate::output::{self, Output};
use crate::policies::{self, Judgement, Own};
use crate::report::controls::LeftOut;
use crate::report::tested::TestReport;
use crate::{report, tested};

/// Print the catalogue of controls, or test custom policies.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    own: Own,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Format,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Run the tests of custom policies (`*_test.rego`); no OPA is needed.
    Test {
        /// The folder.
        folder: PathBuf,
        /// How to print.
        #[arg(long, value_enum, default_value = "table")]
        output: Output,
        /// Run the tests of this file only, in this process, and print what became of them.
        #[arg(long, hide = true, value_name = "PATH")]
        alone: Option<String>,
    },
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
fn page(catalog: &Catalog, controls: &[&Control], custom: &[&Control]) -> anyhow::Result<String> {
    let standards = Standards::embedded(catalog).context("cannot load the standards")?;
    let LeftOut { out_of_scope } =
        serde_json::from_str(OUT_OF_SCOPE).context("cannot read what is out of scope")?;
    Ok(report::controls::markdown(
        controls,
        custom,
        &standards,
        &out_of_scope,
    ))
}

/// A control as it is listed.
#[derive(serde::Serialize)]
struct Listed<'a> {
    #[serde(flatten)]
    control: &'a Control,
    /// Whether it is one of the operator's own.
    custom: bool,
}

/// Prints the catalogue, or tests a folder. Custom policies that are not used are told on standard error.
///
/// # Errors
///
/// If the catalogue does not load, or the configuration or the folder cannot be used.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    match &args.action {
        None => list(args, out),
        Some(Action::Test {
            folder,
            output,
            alone: None,
        }) => test(folder, *output, out),
        Some(Action::Test {
            folder,
            alone: Some(path),
            ..
        }) => test_alone(folder, path, out),
    }
}

fn list(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let Judgement { catalog, .. } = args.own.read()?;
    let controls: Vec<&Control> = catalog.controls().collect();
    let is_custom = |control: &&&Control| catalog.is_custom(&control.id);
    let custom: Vec<&Control> = controls.iter().filter(is_custom).copied().collect();
    match args.output {
        Format::Table => {
            let table = report::controls::rows(&controls, &custom, output::width());
            write!(out, "{table}")?;
        }
        Format::Json => {
            let listed = controls.iter().map(|control| Listed {
                control,
                custom: is_custom(&control),
            });
            output::json(out, &listed.collect::<Vec<_>>())?;
        }
        Format::Markdown => write!(out, "{}", page(&catalog, &controls, &custom)?)?,
    }
    for refused in catalog.refused() {
        writeln!(std::io::stderr(), "orgsweep: {refused}")?;
    }
    Ok(if catalog.refused().is_empty() {
        Exit::Success
    } else {
        Exit::Failure
    })
}

fn test(folder: &Path, output: Output, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let files = policies::files(folder)?;
    let catalog = policies::catalog(Some(folder))?;
    let tested = tested::run_all(folder, &files)?;
    if tested.is_empty() {
        bail!(
            "`{}` holds no tests: no file ends in _test.rego",
            folder.display()
        );
    }
    let is_policy = |path: &&str| !is_test(path) && !path.starts_with("lib/");
    let paths = files.iter().map(|file| file.path.as_str());
    let policies: Vec<&str> = paths.filter(is_policy).collect();
    let report = TestReport::of(tested, &policies, catalog.refused());
    match output {
        Output::Json => output::json(out, &report)?,
        Output::Table => write!(out, "{}", report.in_words())?,
    }
    Ok(report.exit())
}

fn test_alone(folder: &Path, path: &str, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let files = policies::files(folder)?;
    let file = files
        .iter()
        .find(|file| file.path == path)
        .with_context(|| format!("`{path}` is not in `{}`", folder.display()))?;
    output::json(out, &controls::custom::test(file, &files)?)?;
    Ok(Exit::Success)
}
