//! `orgsweep runs`: which runs there were, and starting one.

use std::io::Write;

use super::setting::{Paging, RunsTableName, StateMachineArn};
use crate::execution::{StateMachine, parse_input};
use crate::exit::Exit;
use crate::output::{self, Answer};
use crate::questions::Runs;

/// List runs, newest first, or start one.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    list: ListArgs,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Start a run.
    Start(StartArgs),
}

#[derive(Debug, clap::Args)]
struct ListArgs {
    #[command(flatten)]
    table: RunsTableName,
    #[command(flatten)]
    paging: Paging,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Answer,
}

#[derive(Debug, clap::Args)]
struct StartArgs {
    #[command(flatten)]
    state_machine: StateMachineArn,
    /// What to sweep, as the state machine takes it; everything unless given.
    #[arg(long, value_name = "JSON", default_value = "{}")]
    input: String,
    /// Wait until the run ends.
    #[arg(long)]
    watch: bool,
}

/// Lists or starts.
///
/// # Errors
///
/// If the table or the state machine is not named or does not answer, or the input is not right.
pub(super) async fn run(args: Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    match args.command {
        None => list(&args.list, out).await,
        Some(Command::Start(args)) => start(&args, out).await,
    }
}

async fn list(args: &ListArgs, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let runs = Runs::new(&aws::base_config().await, args.table.get()?);
    let page = runs.page(&args.paging.wanted()).await?;
    output::page(out, args.output, &page)?;
    Ok(Exit::Success)
}

async fn start(args: &StartArgs, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let sweep = parse_input(&args.input)?;
    let arn = args.state_machine.get()?;
    let state_machine = StateMachine::new(&aws::base_config().await, arn);
    let execution = state_machine.start(&sweep).await?;
    writeln!(out, "{execution}")?;
    if !args.watch {
        return Ok(Exit::Success);
    }
    Ok(state_machine.watch(&execution).await?.exit()?)
}
