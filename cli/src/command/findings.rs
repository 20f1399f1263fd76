//! `orgsweep findings`: open findings, the worst first.

use std::io::Write;

use anyhow::{Context as _, bail};
use aws::FindingsTable;
use compliance::{AccountId, ControlId, Region, Severity, Status};
use controls::Catalog;

use super::setting::FindingsTableName;
use crate::exit::Exit;
use crate::output::{self, Output};
use crate::questions::{self, Question};
use crate::report;

/// Print open findings, the worst first.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    table: FindingsTableName,
    /// Only those of this account.
    #[arg(long, value_name = "ID")]
    account: Option<AccountId>,
    /// Only those of these severities.
    #[arg(long, value_name = "SEVERITY", value_delimiter = ',', value_parser = severity)]
    severity: Vec<Severity>,
    /// Only those of this control.
    #[arg(long, value_name = "ID")]
    control: Option<ControlId>,
    /// Only those of this resource.
    #[arg(long, value_name = "ARN")]
    resource: Option<String>,
    /// Only those in this region.
    #[arg(long, value_name = "REGION")]
    region: Option<Region>,
    /// Which verdicts.
    #[arg(long, value_enum, default_value = "failed")]
    status: WantedStatus,
    /// How many to print at most.
    #[arg(long, value_name = "NUMBER", default_value = "100")]
    limit: usize,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Output,
}

/// Verdicts that findings have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum WantedStatus {
    /// The statement does not hold.
    Failed,
    /// The statement could not be judged.
    NotAvailable,
}

/// Asks and prints.
///
/// # Errors
///
/// If the table is not named or does not answer, or there is no such control.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let question = question(args)?;
    let table = args.table.get()?;
    let table = FindingsTable::new(&aws::base_config().await, table);
    let findings = questions::findings(&table, &question).await?;
    match args.output {
        Output::Json => output::json(out, &findings)?,
        Output::Table => {
            write!(
                out,
                "{}",
                report::findings::rows(&findings, output::width())
            )?;
        }
    }
    Ok(Exit::Success)
}

fn question(args: &Args) -> anyhow::Result<Question> {
    if let Some(control) = &args.control {
        let catalog = Catalog::embedded().context("cannot load the catalogue of controls")?;
        if catalog.get(control).is_none() {
            bail!("there is no control `{control}` in the catalogue; see `orgsweep controls`");
        }
    }
    let indexed = args.account.is_some() || args.control.is_some() || args.resource.is_some();
    if args.status == WantedStatus::NotAvailable && !indexed {
        bail!("`--status not-available` needs `--account`, `--control` or `--resource`");
    }
    Ok(Question {
        account: args.account.clone(),
        severities: args.severity.iter().copied().collect(),
        control: args.control.clone(),
        resource: args.resource.clone(),
        region: args.region.clone(),
        status: match args.status {
            WantedStatus::Failed => Status::Failed,
            WantedStatus::NotAvailable => Status::NotAvailable,
        },
        limit: args.limit,
    })
}

/// A severity in either case.
fn severity(text: &str) -> Result<Severity, String> {
    let wanted = text.to_uppercase();
    let mut all = Severity::WORST_FIRST.into_iter();
    all.find(|severity| severity.as_str() == wanted)
        .ok_or_else(|| "expected `critical`, `high`, `medium`, `low` or `informational`".to_owned())
}
