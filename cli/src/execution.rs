//! Executions of the state machine: starting one and watching it to its end.

use std::io::Write as _;
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use aws_config::SdkConfig;
use aws_sdk_sfn::Client;
use aws_sdk_sfn::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sfn::types::ExecutionStatus;
use compliance::sweep::Sweep;

use crate::exit::Exit;
use crate::progress::Progress;

/// How often a running execution is asked about. `DescribeExecution` and `DescribeMapRun` refill at
/// 10 to 15 per second (Step Functions, "Service quotas").
const POLL: Duration = Duration::from_secs(1);

/// The state machine of an account.
#[derive(Debug)]
pub struct StateMachine {
    client: Client,
    arn: String,
}

/// How an execution ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// It succeeded.
    Succeeded,
    /// It did not; in words.
    NotSucceeded(String),
}

impl Ending {
    /// The outcome of the command that watched; says on standard error why it did not succeed.
    ///
    /// # Errors
    ///
    /// If standard error cannot be written.
    pub fn exit(&self) -> std::io::Result<Exit> {
        match self {
            Self::Succeeded => Ok(Exit::Success),
            Self::NotSucceeded(words) => {
                writeln!(
                    std::io::stderr(),
                    "orgsweep: the execution did not succeed: {words}"
                )?;
                Ok(Exit::NotSucceeded)
            }
        }
    }
}

impl StateMachine {
    /// The state machine with this ARN.
    #[must_use]
    pub fn new(config: &SdkConfig, arn: &str) -> Self {
        Self {
            client: Client::new(config),
            arn: arn.to_owned(),
        }
    }

    /// Starts a run and gives the ARN of its execution, whose name tells when it was started.
    ///
    /// # Errors
    ///
    /// If Step Functions does not start it.
    pub async fn start(&self, sweep: &Sweep) -> anyhow::Result<String> {
        let name = jiff::Timestamp::now()
            .strftime("orgsweep-%Y%m%dT%H%M%S%3fZ")
            .to_string();
        let started = self
            .client
            .start_execution()
            .state_machine_arn(&self.arn)
            .name(name)
            .input(serde_json::to_string(sweep)?)
            .send()
            .await
            .map_err(|error| refused("StartExecution", &error))
            .with_context(|| format!("cannot start an execution of `{}`", self.arn))?;
        Ok(started.execution_arn)
    }

    /// Waits until an execution ends and shows how many accounts are done.
    ///
    /// # Errors
    ///
    /// If Step Functions does not answer.
    pub async fn watch(&self, execution: &str) -> anyhow::Result<Ending> {
        let mut progress = Progress::start("listing the accounts");
        let ending = loop {
            if let Some(ending) = self.ending(execution).await? {
                break ending;
            }
            if let Some((done, total)) = self.accounts_done(execution).await {
                progress.count(done, total, "accounts");
            }
            tokio::time::sleep(POLL).await;
        };
        progress.finish();
        Ok(ending)
    }

    /// How the execution ended; `None` while it runs.
    async fn ending(&self, execution: &str) -> anyhow::Result<Option<Ending>> {
        let call = self.client.describe_execution().execution_arn(execution);
        let described = call.send().await;
        let described = described
            .map_err(|error| refused("DescribeExecution", &error))
            .with_context(|| format!("cannot describe `{execution}`"))?;
        Ok(match described.status {
            ExecutionStatus::Running | ExecutionStatus::PendingRedrive => None,
            ExecutionStatus::Succeeded => Some(Ending::Succeeded),
            status => {
                let words = [
                    Some(status.as_str().to_owned()),
                    described.error,
                    described.cause,
                ];
                let words: Vec<String> = words.into_iter().flatten().collect();
                Some(Ending::NotSucceeded(words.join(": ")))
            }
        })
    }

    /// Accounts whose child executions have ended, and accounts in scope. `None` before the Map runs,
    /// and when it cannot be told: a count that fails is no reason to stop watching.
    async fn accounts_done(&self, execution: &str) -> Option<(u64, u64)> {
        let listed = self
            .client
            .list_map_runs()
            .execution_arn(execution)
            .send()
            .await
            .ok()?;
        let map_run = listed.map_runs.into_iter().next()?.map_run_arn;
        let described = self
            .client
            .describe_map_run()
            .map_run_arn(map_run)
            .send()
            .await
            .ok()?;
        let counts = described.item_counts?;
        let done = counts.succeeded + counts.failed + counts.timed_out + counts.aborted;
        Some((u64::try_from(done).ok()?, u64::try_from(counts.total).ok()?))
    }
}

/// What Step Functions answered instead, in one line: the code, and its words if it has any.
fn refused<E: ProvideErrorMetadata>(operation: &str, error: &SdkError<E>) -> anyhow::Error {
    let code = aws::answer::code_of(error);
    match error.message() {
        Some(message) => anyhow!("`{operation}` answered `{code}`: {message}"),
        None => anyhow!("`{operation}` answered `{code}`"),
    }
}

/// Reads the input of an execution.
///
/// # Errors
///
/// If it is not the input that the state machine takes; the error names the field.
pub fn parse_input(input: &str) -> anyhow::Result<Sweep> {
    match serde_json::from_str(input) {
        Ok(sweep) => Ok(sweep),
        Err(error) => bail!("the input of an execution is not right: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_field_of_the_input_is_named() {
        let error = parse_input(r#"{"acounts": {}}"#).unwrap_err().to_string();
        assert!(error.contains("unknown field `acounts`"), "{error}");
    }
}
