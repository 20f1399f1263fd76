//! `orgsweep changes`: what a run changed.

use std::io::Write;

use aws::Question;
use compliance::{AccountId, FindingChange, RunId};

use super::setting::{BothTables, Paging};
use crate::exit::Exit;
use crate::output::{self, Answer};

/// Print the findings that a run was the last to change: new, reopened, changed, suppressed and resolved ones.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    tables: BothTables,
    /// The run; the newest unless given.
    #[arg(long, value_name = "ID")]
    run: Option<RunId>,
    /// Only what it changed in these ways.
    #[arg(long, value_name = "CHANGE", value_delimiter = ',', value_parser = change)]
    change: Vec<FindingChange>,
    /// Only those of this account.
    #[arg(long, value_name = "ID")]
    account: Option<AccountId>,
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
/// If a table is not named or does not answer, or there is no such run.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let question = Question {
        state: None,
        status: None,
        account: args.account.clone(),
        changed_in: args.run.clone(),
        changes: args.change.iter().copied().collect(),
        ..Question::default()
    };
    let tables = args.tables.open().await?;
    let (page, again) = tables.changes(question, &args.paging.wanted()).await?;
    output::page(out, args.output, &page)?;
    if again > 0 && args.account.is_none() {
        writeln!(
            std::io::stderr(),
            "{again} more were changed again by a later run; `orgsweep history` tells of each"
        )?;
    }
    Ok(Exit::Success)
}

/// A change in either case.
fn change(text: &str) -> Result<FindingChange, String> {
    let wanted = text.to_uppercase();
    let mut all = FindingChange::ALL.into_iter();
    all.find(|change| change.as_str() == wanted).ok_or_else(|| {
        "expected `opened`, `reopened`, `changed`, `suppressed` or `resolved`".to_owned()
    })
}
