//! Every call to AWS, counted by service and operation: an interceptor of all clients, read once per invocation.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    FinalizerInterceptorContextRef, InterceptorContext,
};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryReason,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::ErrorKind;

/// The calls of one operation. Each attempt counts: so do the quotas of AWS.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Calls {
    /// Attempts.
    pub made: u64,
    /// Attempts that AWS throttled.
    pub throttled: u64,
}

/// Service and operation as the SDK names them: `kms:DescribeKey`.
pub type Api = String;

/// A count of calls.
#[derive(Debug, Default)]
pub struct Counter(Mutex<BTreeMap<Api, Calls>>);

impl Counter {
    const fn new() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }

    fn add(&self, service: &str, operation: &str, throttled: bool) {
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let calls = calls
            .entry(format!("{}:{operation}", short(service)))
            .or_default();
        calls.made += 1;
        calls.throttled += u64::from(throttled);
    }

    fn take(&self) -> BTreeMap<Api, Calls> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The calls of this process.
static CALLS: Counter = Counter::new();

/// The calls since this was asked for last.
#[must_use]
pub fn take() -> BTreeMap<Api, Calls> {
    CALLS.take()
}

/// `S3 Control` as `s3control`: the SDK's service ids have capitals and blanks.
fn short(service: &str) -> String {
    service.to_lowercase().replace(' ', "")
}

/// Counts the attempts of a client in [`take`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Counting;

impl Intercept for Counting {
    fn name(&self) -> &'static str {
        "orgsweep::Counting"
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(called) = config.load::<Metadata>() {
            let throttled = is_throttled(context.inner(), components);
            CALLS.add(called.service(), called.name(), throttled);
        }
        Ok(())
    }
}

/// Whether the SDK itself takes the answer for throttling.
fn is_throttled(context: &InterceptorContext, components: &RuntimeComponents) -> bool {
    components.retry_classifiers().any(|classifier| {
        let action = classifier.classify_retry(context);
        matches!(
            action,
            RetryAction::RetryIndicated(RetryReason::RetryableError {
                kind: ErrorKind::ThrottlingError,
                ..
            })
        )
    })
}

/// A client of an SDK crate whose calls are counted.
///
/// ```
/// # let latest = aws_config::BehaviorVersion::latest();
/// # let config = aws_config::SdkConfig::builder().behavior_version(latest).build();
/// let client = aws::client!(aws_sdk_sts, &config);
/// ```
#[macro_export]
macro_rules! client {
    ($sdk:ident, $config:expr) => {
        $sdk::Client::from_conf(
            $sdk::config::Builder::from($config)
                .interceptor($crate::calls::Counting)
                .build(),
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_are_counted_by_api_until_they_are_taken() {
        let counter = Counter::default();
        counter.add("S3 Control", "GetPublicAccessBlock", false);
        counter.add("KMS", "DescribeKey", true);
        counter.add("KMS", "DescribeKey", false);
        let expected = [
            ("kms:DescribeKey", 2, 1),
            ("s3control:GetPublicAccessBlock", 1, 0),
        ];
        let expected =
            expected.map(|(api, made, throttled)| (api.to_owned(), Calls { made, throttled }));
        assert_eq!(counter.take(), expected.into());
        assert!(counter.take().is_empty());
    }
}
