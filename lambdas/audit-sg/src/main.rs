//! The Lambda function `audit-sg`: wiring only.

use audit_sg::handler::Function;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    Box::pin(audit::lambda::run_on_demand(
        Function::from_environment(),
        Function::handle,
    ))
    .await
}
