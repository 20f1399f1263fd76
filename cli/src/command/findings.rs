//! `orgsweep findings`: findings as they are now, the worst first.

use std::io::Write;

use anyhow::bail;
use aws::Question;
use compliance::{AccountId, ControlId, FindingState, Region, Severity, Status, SuppressionId};
use jiff::{SignedDuration, Timestamp};

use super::setting::{BothTables, Paging};
use crate::exit::Exit;
use crate::output::{self, Answer};
use crate::policies::Own;

/// Print findings as they are now: open failures unless told, the worst first and then the oldest.
///
/// With `--control`, `--resource` or a `--state` other than open they come in the order of that index: by account,
/// by control, by place.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    tables: BothTables,
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
    /// Only those that were first observed so many days ago or earlier.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=3650))]
    older_than: Option<u16>,
    /// Only those that this suppression covers, as the last runs have found them.
    #[arg(long, value_name = "ID", conflicts_with = "state")]
    suppression: Option<SuppressionId>,
    /// Which verdicts.
    #[arg(long, value_enum, default_value = "failed")]
    status: WantedStatus,
    /// Open, suppressed or resolved ones; `any` for all. All but open need an account, a control or a resource.
    #[arg(long, value_enum, default_value = "open")]
    state: WantedState,
    #[command(flatten)]
    own: Own,
    #[command(flatten)]
    paging: Paging,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Answer,
}

/// Verdicts that findings have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum WantedStatus {
    /// The statement does not hold.
    Failed,
    /// The statement could not be judged.
    NotAvailable,
}

/// States that findings have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum WantedState {
    /// The verdict stands.
    Open,
    /// The verdict stands and is accepted.
    Suppressed,
    /// The verdict no longer stands.
    Resolved,
    /// All of them.
    Any,
}

/// Asks and prints.
///
/// # Errors
///
/// If a table is not named or does not answer, there is no such control, or no index answers.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let question = question(args)?;
    let tables = args.tables.open().await?;
    let page = tables.findings(&question, &args.paging.wanted()).await?;
    output::page(out, args.output, &page)?;
    Ok(Exit::Success)
}

fn question(args: &Args) -> anyhow::Result<Question> {
    if let Some(control) = &args.control {
        let catalog = args.own.read()?.catalog;
        if catalog.get(control).is_none() {
            bail!("there is no control `{control}` in the catalogue; see `orgsweep controls`");
        }
    }
    let days = args
        .older_than
        .map(|days| SignedDuration::from_hours(24 * i64::from(days)));
    let state = match args.state {
        WantedState::Open => Some(FindingState::Open),
        WantedState::Suppressed => Some(FindingState::Suppressed),
        WantedState::Resolved => Some(FindingState::Resolved),
        WantedState::Any => None,
    };
    Ok(Question {
        state: match &args.suppression {
            Some(_) => Some(FindingState::Suppressed),
            None => state,
        },
        status: Some(match args.status {
            WantedStatus::Failed => Status::Failed,
            WantedStatus::NotAvailable => Status::NotAvailable,
        }),
        severities: args.severity.iter().copied().collect(),
        account: args.account.clone(),
        region: args.region.clone(),
        control: args.control.clone(),
        resource: args.resource.clone(),
        before: days.map(|days| Timestamp::now() - days),
        suppression: args.suppression.clone(),
        ..Question::default()
    })
}

/// A severity in either case.
fn severity(text: &str) -> Result<Severity, String> {
    let wanted = text.to_uppercase();
    let mut all = Severity::WORST_FIRST.into_iter();
    all.find(|severity| severity.as_str() == wanted)
        .ok_or_else(|| "expected `critical`, `high`, `medium`, `low` or `informational`".to_owned())
}
