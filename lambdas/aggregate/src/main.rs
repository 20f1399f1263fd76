//! The Lambda function `aggregate`: wiring only.

use aggregate::{Stage, handler};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    Box::pin(audit::lambda::run(
        Stage::from_environment(),
        handler::handle,
    ))
    .await
}
