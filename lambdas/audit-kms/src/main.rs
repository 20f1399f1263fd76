//! The Lambda function `audit-kms`: wiring only.

use audit_kms::handler::Function;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    Box::pin(audit::lambda::run_on_demand(
        Function::from_environment(),
        Function::handle,
    ))
    .await
}
