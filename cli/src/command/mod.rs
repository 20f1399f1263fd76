//! The commands: one file each, holding its arguments and what it does.

mod audit;
mod changes;
mod config;
mod controls;
mod coverage;
mod demo;
mod findings;
mod history;
mod policy;
mod preflight;
mod report;
mod runs;
mod setting;
mod standards;
mod suppress;
mod suppressions;
mod trend;
mod unsuppress;

use std::io::Write;

use anyhow::Context as _;

use crate::exit::Exit;

/// Sweeps an AWS Organization for the compliance of S3 buckets, KMS keys and EC2 security groups.
///
/// Credentials and region come from the SDK's usual chain; `AWS_ENDPOINT_URL` is honoured. Exit codes:
/// 0 success, 1 error, 2 wrong usage, 3 failed verdicts and 4 gaps only (`audit --exit-code`), 5 the
/// watched execution did not succeed, 6 something is not in place (`preflight`).
#[derive(Debug, clap::Parser)]
#[command(name = "orgsweep", version)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Audit(audit::Args),
    Changes(changes::Args),
    Config(config::Args),
    Controls(controls::Args),
    Coverage(coverage::Args),
    Demo(demo::Args),
    Findings(findings::Args),
    History(history::Args),
    Policy(policy::Args),
    Preflight(preflight::Args),
    Report(report::Args),
    Runs(runs::Args),
    Standards(standards::Args),
    Suppress(suppress::Args),
    Suppressions(suppressions::Args),
    Trend(trend::Args),
    Unsuppress(unsuppress::Args),
}

/// Runs a command; what it answers goes to `out`.
///
/// # Errors
///
/// Whatever keeps the command from doing what was asked.
pub fn run(arguments: Arguments, out: &mut dyn Write) -> anyhow::Result<Exit> {
    match arguments.command {
        Command::Audit(args) => wait(audit::run(&args, out)),
        Command::Changes(args) => wait(changes::run(&args, out)),
        Command::Config(args) => config::run(&args, out),
        Command::Controls(args) => controls::run(&args, out),
        Command::Coverage(args) => wait(coverage::run(&args, out)),
        Command::Demo(args) => wait(demo::run(&args, out)),
        Command::Findings(args) => wait(findings::run(&args, out)),
        Command::History(args) => wait(history::run(&args, out)),
        Command::Policy(args) => policy::run(&args, out),
        Command::Preflight(args) => wait(preflight::run(&args, out)),
        Command::Report(args) => wait(report::run(&args, out)),
        Command::Runs(args) => wait(runs::run(args, out)),
        Command::Standards(args) => wait(standards::run(&args, out)),
        Command::Suppress(args) => wait(suppress::run(args, out)),
        Command::Suppressions(args) => wait(suppressions::run(&args, out)),
        Command::Trend(args) => wait(trend::run(&args, out)),
        Command::Unsuppress(args) => wait(unsuppress::run(&args, out)),
    }
}

/// Runs a command that waits for AWS.
fn wait(command: impl Future<Output = anyhow::Result<Exit>>) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    runtime.block_on(command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Arguments::command().debug_assert();
    }
}
