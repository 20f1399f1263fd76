//! The Lambda function `enumerate`: wiring only.

use enumerate::handler::Function;

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    Box::pin(audit::lambda::run(
        Function::from_environment(),
        Function::handle,
    ))
    .await
}
