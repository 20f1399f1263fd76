//! `orgsweep coverage`: what a run saw, and what it did not see and why.

use std::io::Write;

use super::setting::OneRun;
use crate::exit::Exit;
use crate::output::{self, Output};
use crate::questions;
use crate::report;

/// Print what a run saw, and what it did not see and why.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    of: OneRun,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Output,
}

/// Reads and prints.
///
/// # Errors
///
/// If the table is not named or does not answer, or there is no such run.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let OneRun { table, run } = &args.of;
    let table = table.get()?;
    let found = questions::coverage(&aws::base_config().await, table, run.as_ref()).await?;
    let rows = found.ok_or_else(|| questions::no_such_run(run.as_ref()))?;
    match args.output {
        Output::Json => output::json(out, &rows)?,
        Output::Table => write!(
            out,
            "{}",
            report::coverage::in_words(&rows, output::width())
        )?,
    }
    Ok(Exit::Success)
}
