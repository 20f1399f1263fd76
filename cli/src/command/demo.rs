//! `orgsweep demo`: a whole sweep of an emulated Organization on this machine.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;

use super::report::print;
use crate::emulator::{Emulator, Endpoint, Launch, absolute, default_python};
use crate::execution::{Ending, StateMachine, parse_input};
use crate::exit::Exit;
use crate::output::Output;
use crate::progress::Progress;
use crate::questions::Tables;

/// Sweep an emulated Organization on this machine and print the report.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder that holds the Python package `organization`.
    #[arg(long, value_name = "FOLDER", default_value = "tests")]
    tests_dir: PathBuf,
    /// The Python interpreter; `.venv/bin/python`, else `python3`, unless given.
    #[arg(long, value_name = "PROGRAM")]
    python: Option<PathBuf>,
    /// The folder of the built Lambda binaries; that of this program unless given.
    #[arg(long, env = "ORGSWEEP_BIN_DIR", value_name = "FOLDER")]
    bin_dir: Option<PathBuf>,
    /// What to sweep, as the state machine takes it; the regions that hold anything unless given.
    #[arg(long, value_name = "JSON")]
    input: Option<String>,
    /// Keep the emulated Organization running, to ask it more.
    #[arg(long)]
    keep: bool,
    /// How to print.
    #[arg(long, value_enum, default_value = "table")]
    output: Output,
}

/// Starts the emulated Organization, sweeps it, reports, and ends it.
///
/// # Errors
///
/// If the Organization or the sweep does not start, or what it wrote cannot be read.
pub(super) async fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let sweep = args.input.as_deref().map(parse_input).transpose()?;
    let progress = Progress::start("starting the emulated organization");
    let (emulator, endpoint) = Emulator::start(&launch(args)?)?;
    progress.finish();
    let config = endpoint.configure(&aws::base_config().await);
    let state_machine = StateMachine::new(&config, &endpoint.state_machine_arn);
    let execution = state_machine
        .start(sweep.as_ref().unwrap_or(&endpoint.input))
        .await?;
    let ending = state_machine.watch(&execution).await?;
    let tables = Tables::new(&config, &endpoint.findings_table, &endpoint.runs_table);
    let exit = conclude(&tables, &ending, args.output, out).await?;
    if args.keep {
        out.flush()?;
        keep(emulator, &endpoint)?;
    }
    Ok(exit)
}

/// Reports what the run wrote, also when it did not succeed and wrote something before.
async fn conclude(
    tables: &Tables,
    ending: &Ending,
    output: Output,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    if let Some(report) = tables.report(None).await? {
        print(&report, output, out)?;
    }
    Ok(ending.exit()?)
}

/// Waits until the user ends the emulated Organization, having said how to ask it.
fn keep(emulator: Emulator, endpoint: &Endpoint) -> anyhow::Result<()> {
    let exports = endpoint.exports();
    writeln!(
        std::io::stderr(),
        "\nThe emulated organization runs until Ctrl-C. To ask it from another shell:\n\n{exports}\n\
         orgsweep findings --severity critical\norgsweep coverage\naws s3 ls s3://$RUN_BUCKET"
    )?;
    emulator.wait()
}

fn launch(args: &Args) -> anyhow::Result<Launch> {
    let python = args.python.clone().unwrap_or_else(default_python);
    let bin_dir = match &args.bin_dir {
        Some(folder) => folder.clone(),
        None => own_folder()?,
    };
    Ok(Launch {
        tests_dir: absolute(&args.tests_dir)?,
        python: absolute(&python)?,
        bin_dir: absolute(&bin_dir)?,
    })
}

/// The folder of this program: `cargo build` puts the Lambda binaries beside it.
fn own_folder() -> anyhow::Result<PathBuf> {
    let program = std::env::current_exe().context("cannot tell where this program is")?;
    let folder = program.parent().context("this program is in no folder")?;
    Ok(folder.to_owned())
}
