//! `orgsweep coverage`: what a run saw, and what it did not see and why.

use std::io::Write;

use super::setting::{OneRun, Paging};
use crate::exit::Exit;
use crate::output::{self, Answer};
use crate::questions::{Runs, Wanted};
use crate::report;

/// Print what a run saw, and what it did not see and why.
///
/// As a table it is summed up, unless `--scopes` asks for the scopes one by one.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    of: OneRun,
    /// Print the scopes one by one.
    #[arg(long)]
    scopes: bool,
    #[command(flatten)]
    paging: Paging,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Answer,
}

/// Reads and prints.
///
/// # Errors
///
/// If the table is not named or does not answer, or there is no such run.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let OneRun { table, run } = &args.of;
    let runs = Runs::new(&aws::base_config().await, table.get()?);
    if args.output == Answer::Table && !args.scopes {
        let all = Wanted {
            after: None,
            limit: usize::MAX,
        };
        let rows = runs.coverage(run.as_ref(), &all).await?.items;
        write!(
            out,
            "{}",
            report::coverage::in_words(&rows, output::width())
        )?;
    } else {
        let page = runs.coverage(run.as_ref(), &args.paging.wanted()).await?;
        output::page(out, args.output, &page)?;
    }
    Ok(Exit::Success)
}
