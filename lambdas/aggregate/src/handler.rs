//! Which task is asked for.

use audit::Deadline;
use compliance::payload::AggregateRequest;
use jiff::Timestamp;

use crate::response::Response;
use crate::settings::Stage;
use crate::{Error, account, run};

/// Aggregates an account, or sums up the run.
///
/// # Errors
///
/// If a store does not answer or holds what we did not write.
pub async fn handle(
    stage: &Stage,
    request: AggregateRequest,
    _: Deadline,
) -> Result<Response, Error> {
    match request {
        AggregateRequest::Account { state } => Box::pin(account::aggregate(stage, &state))
            .await
            .map(Response::Account),
        AggregateRequest::Run {
            run,
            accounts,
            failure,
        } => run::aggregate(stage, &run, &accounts, failure.as_ref(), Timestamp::now())
            .await
            .map(|response| Response::Run(Box::new(response))),
    }
}
