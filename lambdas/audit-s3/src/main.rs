//! The Lambda function `audit-s3`: wiring only.

use audit_s3::handler::Function;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    Box::pin(audit::lambda::run_on_demand(
        Function::from_environment(),
        Function::handle,
    ))
    .await
}
