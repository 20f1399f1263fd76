//! The Lambda function `audit-sg`: wiring only.

use audit_sg::{Stage, handler};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    Box::pin(audit::lambda::run(
        Stage::from_environment(),
        handler::handle,
    ))
    .await
}
