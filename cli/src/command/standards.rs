//! `orgsweep standards`: how much of each standard holds.

use std::io::Write;

use anyhow::anyhow;
use compliance::AccountId;

use super::setting::OneRun;
use crate::exit::Exit;
use crate::output::{self, Answer};
use crate::questions::{self, Runs};

/// Print how much of each standard holds, in the Organization and in each account.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    of: OneRun,
    /// Print this account only.
    #[arg(long, value_name = "ID")]
    account: Option<AccountId>,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Answer,
}

/// Reads and prints.
///
/// # Errors
///
/// If the table is not named or does not answer, or there is no such run or account.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let OneRun { table, run } = &args.of;
    let table = table.get()?;
    let found = Runs::new(&aws::base_config().await, table)
        .scores(run.as_ref())
        .await?;
    let mut scores = found.ok_or_else(|| questions::no_such_run(run.as_ref()))?;
    if let Some(account) = &args.account {
        let run = scores.run.clone();
        scores = scores
            .only(account)
            .ok_or_else(|| anyhow!("the run `{run}` has no scores of account `{account}`"))?;
    }
    match args.output {
        Answer::Json => output::json(out, &scores)?,
        Answer::Csv => write!(out, "{}", scores.csv())?,
        Answer::Table => write!(out, "{}", scores.in_words(output::width()))?,
    }
    Ok(Exit::Success)
}
