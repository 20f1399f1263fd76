//! `orgsweep history`: the life of one finding.

use std::io::Write;

use compliance::{Finding, FindingEvent};

use super::setting::BothTables;
use crate::exit::Exit;
use crate::output::{self, Answer, Row};
use crate::report::findings;

/// Print the life of one finding.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Its id: `account/region/control/resource`, as `orgsweep findings --output json` tells it.
    id: String,
    #[command(flatten)]
    tables: BothTables,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Answer,
}

/// Asks and prints.
///
/// # Errors
///
/// If a table is not named or does not answer, or there is no such finding.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let tables = args.tables.open().await?;
    let finding: Finding = tables.finding(&args.id.as_str().into()).await?;
    match args.output {
        Answer::Json => output::json(out, &finding)?,
        Answer::Csv => {
            let steps = finding.history.iter().map(Row::cells);
            write!(out, "{}", output::csv(FindingEvent::HEADER, steps))?;
        }
        Answer::Table => write!(out, "{}", findings::history(&finding, output::width()))?,
    }
    Ok(Exit::Success)
}
