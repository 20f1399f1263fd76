//! `orgsweep unsuppress`: takes a suppression back.

use std::io::Write;

use anyhow::Context as _;
use aws::Page;
use compliance::SuppressionId;

use super::setting::BothTables;
use crate::exit::Exit;
use crate::output::{self, Answer};

/// Take a suppression back. What it covers is open again at once, and REOPENED by the next run.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Its id.
    id: SuppressionId,
    #[command(flatten)]
    tables: BothTables,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Answer,
}

/// Checks, writes and prints.
///
/// # Errors
///
/// If there is no such suppression of an operator, or it is over, or a table is not named or does not answer.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let tables = args.tables.open().await?;
    let who = aws::caller_name(&aws::base_config().await).await;
    let who = who.context("cannot tell who takes the suppression back")?;
    let withdrawn = tables.unsuppress(&args.id, who).await?;
    output::page(out, args.output, &Page::whole(vec![withdrawn]))?;
    Ok(Exit::Success)
}
