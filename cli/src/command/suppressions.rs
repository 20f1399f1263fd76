//! `orgsweep suppressions`: which failures are accepted, by whom, and until when.

use std::io::Write;

use super::setting::{BothTables, Paging};
use crate::acceptance::Which;
use crate::exit::Exit;
use crate::output::{self, Answer};

/// Print the suppressions that stand, of operators and of the configuration, each with how many findings it covers.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    tables: BothTables,
    /// Only those that are over within 14 days.
    #[arg(long)]
    expiring: bool,
    /// Those that are over, too.
    #[arg(long, conflicts_with = "expiring")]
    all: bool,
    #[command(flatten)]
    paging: Paging,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Answer,
}

/// Asks and prints.
///
/// # Errors
///
/// If a table is not named or does not answer.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let which = match (args.expiring, args.all) {
        (true, _) => Which::Expiring,
        (false, true) => Which::All,
        (false, false) => Which::Standing,
    };
    let tables = args.tables.open().await?;
    let page = tables.standings(which, &args.paging.wanted()).await?;
    output::page(out, args.output, &page)?;
    Ok(Exit::Success)
}
