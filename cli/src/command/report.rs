//! `orgsweep report`: coverage, open findings by severity, and the ten worst.

use std::io::Write;

use compliance::RunId;

use super::setting::BothTables;
use crate::exit::Exit;
use crate::output::{self, Output};
use crate::questions::no_such_run;
use crate::report::sweep::SweepReport;

/// Report on a run: coverage first, then open findings by severity, then the ten worst.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    tables: BothTables,
    /// The run; the newest unless given. Findings are always those that are open now.
    #[arg(long, value_name = "ID")]
    run: Option<RunId>,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Output,
}

/// Reads and prints.
///
/// # Errors
///
/// If a table is not named or does not answer, or there is no such run.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let tables = args.tables.open().await?;
    let report = tables.report(args.run.as_ref()).await?;
    let report = report.ok_or_else(|| no_such_run(args.run.as_ref()))?;
    print(&report, args.output, out)?;
    Ok(Exit::Success)
}

/// Prints a report in the wanted format.
pub(super) fn print(
    report: &SweepReport,
    output: Output,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    match output {
        Output::Json => output::json(out, report),
        Output::Table => Ok(write!(out, "{}", report.in_words(output::width()))?),
    }
}
