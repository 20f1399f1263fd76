//! `orgsweep trend`: how the numbers of runs develop.

use std::io::Write;

use aws::Page;

use super::setting::{Paging, RunsTableName};
use crate::exit::Exit;
use crate::output::{self, Answer};
use crate::questions::Runs;
use crate::report::trend::points;

/// Print how failures, suppressions and scores develop from run to run, the newest first.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    table: RunsTableName,
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
/// If the table is not named or does not answer.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let runs = Runs::new(&aws::base_config().await, args.table.get()?);
    let page = runs.page(&args.paging.wanted()).await?;
    let page = Page {
        items: points(&page.items),
        next: page.next,
        left_out: page.left_out,
    };
    output::page(out, args.output, &page)?;
    Ok(Exit::Success)
}
