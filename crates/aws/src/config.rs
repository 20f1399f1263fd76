//! How AWS is spoken to: credentials, retries, timeouts and endpoints, the same for every function and the CLI.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{AppName, BehaviorVersion, SdkConfig};
use aws_sdk_s3control::config::endpoint::{Endpoint, EndpointFuture, Params, ResolveEndpoint};

use crate::calls::Counting;

/// Attempts at one call, the first included: throttling at the start of a sweep passes within seconds.
const ATTEMPTS: u32 = 5;
/// Time to connect; the SDK's own default is 3.1 s.
const CONNECT: Duration = Duration::from_secs(5);
/// Time for one attempt. The largest answers (a page of security groups) take a few seconds.
const ATTEMPT: Duration = Duration::from_secs(20);
/// Time for one call with its retries: far below the reserve that the auditors keep before their deadline.
const CALL: Duration = Duration::from_mins(1);

/// The usual chain: environment, profile, single sign-on, container and instance credentials;
/// `AWS_ENDPOINT_URL` is honoured; up to five attempts; every call ends within a minute.
pub async fn base_config() -> SdkConfig {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(CONNECT)
        .operation_attempt_timeout(ATTEMPT)
        .operation_timeout(CALL)
        .build();
    let loader = aws_config::defaults(BehaviorVersion::latest())
        .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS))
        .timeout_config(timeouts);
    match AppName::new("orgsweep") {
        Ok(name) => loader.app_name(name).load().await,
        Err(_) => loader.load().await,
    }
}

/// An S3 client. With an endpoint of our own the bucket goes into the path: a name such as
/// `bucket.localhost` need not resolve.
#[must_use]
pub fn s3_client(config: &SdkConfig) -> aws_sdk_s3::Client {
    let settings = aws_sdk_s3::config::Builder::from(config)
        .force_path_style(config.endpoint_url().is_some())
        .interceptor(Counting)
        .build();
    aws_sdk_s3::Client::from_conf(settings)
}

/// An S3 Control client. With an endpoint of our own the account id is not put before its host, as
/// the SDK's endpoint rules would do; the request carries it in a header anyway.
#[must_use]
pub fn s3control_client(config: &SdkConfig) -> aws_sdk_s3control::Client {
    let settings = aws_sdk_s3control::config::Builder::from(config).interceptor(Counting);
    let settings = match config.endpoint_url() {
        Some(url) => settings.endpoint_resolver(AsGiven(url.to_owned())),
        None => settings,
    };
    aws_sdk_s3control::Client::from_conf(settings.build())
}

/// An endpoint taken as it was given.
#[derive(Debug)]
struct AsGiven(String);

impl ResolveEndpoint for AsGiven {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(Ok(Endpoint::builder().url(self.0.clone()).build()))
    }
}
