//! Settings that an option or an environment variable gives.

use anyhow::bail;
use aws::Token;
use compliance::RunId;

use crate::questions::{Tables, Wanted};

/// The findings table.
#[derive(Debug, clap::Args)]
pub(super) struct FindingsTableName {
    /// Name of the findings table.
    #[arg(long = "findings-table", env = "FINDINGS_TABLE", value_name = "NAME")]
    findings_table: Option<String>,
}

impl FindingsTableName {
    pub(super) fn get(&self) -> anyhow::Result<&str> {
        required(
            self.findings_table.as_deref(),
            "findings table",
            "--findings-table",
            "FINDINGS_TABLE",
        )
    }
}

/// The runs table.
#[derive(Debug, clap::Args)]
pub(super) struct RunsTableName {
    /// Name of the runs table.
    #[arg(long = "runs-table", env = "RUNS_TABLE", value_name = "NAME")]
    runs_table: Option<String>,
}

impl RunsTableName {
    pub(super) fn get(&self) -> anyhow::Result<&str> {
        required(
            self.runs_table.as_deref(),
            "runs table",
            "--runs-table",
            "RUNS_TABLE",
        )
    }
}

/// Both tables.
#[derive(Debug, clap::Args)]
pub(super) struct BothTables {
    #[command(flatten)]
    findings: FindingsTableName,
    #[command(flatten)]
    runs: RunsTableName,
}

impl BothTables {
    pub(super) async fn open(&self) -> anyhow::Result<Tables> {
        let (findings, runs) = (self.findings.get()?, self.runs.get()?);
        Ok(Tables::new(&aws::base_config().await, findings, runs))
    }
}

/// Which part of an answer.
#[derive(Debug, clap::Args)]
pub(super) struct Paging {
    /// How many rows to print at most.
    #[arg(long, value_name = "NUMBER", default_value = "100", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    limit: u32,
    /// Go on where the page before ended: the token that it ended with.
    #[arg(long, value_name = "TOKEN")]
    token: Option<Token>,
}

impl Paging {
    pub(super) fn wanted(&self) -> Wanted {
        Wanted {
            after: self.token.clone(),
            limit: usize::try_from(self.limit).unwrap_or(usize::MAX),
        }
    }
}

/// One run of the runs table.
#[derive(Debug, clap::Args)]
pub(super) struct OneRun {
    #[command(flatten)]
    pub(super) table: RunsTableName,
    /// The run; the newest unless given.
    #[arg(long, value_name = "ID")]
    pub(super) run: Option<RunId>,
}

/// The state machine.
#[derive(Debug, clap::Args)]
pub(super) struct StateMachineArn {
    /// ARN of the state machine.
    #[arg(
        long = "state-machine-arn",
        env = "STATE_MACHINE_ARN",
        value_name = "ARN"
    )]
    state_machine_arn: Option<String>,
}

impl StateMachineArn {
    pub(super) fn get(&self) -> anyhow::Result<&str> {
        let arn = self.state_machine_arn.as_deref();
        required(
            arn,
            "state machine",
            "--state-machine-arn",
            "STATE_MACHINE_ARN",
        )
    }
}

/// The value, unless it is missing or empty; then an error that names both ways to give it.
fn required<'a>(
    value: Option<&'a str>,
    what: &str,
    option: &str,
    variable: &str,
) -> anyhow::Result<&'a str> {
    match value {
        Some(value) if !value.is_empty() => Ok(value),
        _ => bail!(
            "no {what} is named: give `{option}` or set the environment variable `{variable}`"
        ),
    }
}
