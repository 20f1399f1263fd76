//! The script: which call gets which answer, and what was asked.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sts::config::{Credentials, SharedCredentialsProvider};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;

use crate::operation::Protocol;
use crate::{Answer, Answers, Request};

/// Which requests a script answers: an operation, and texts that the request must hold.
#[derive(Debug, Clone)]
pub struct Call {
    operation: String,
    texts: Vec<String>,
}

/// A call of `operation`: `GetBucketPolicy`, or `s3.GetPublicAccessBlock` where two services share the name.
#[must_use]
pub fn call(operation: &str) -> Call {
    Call {
        operation: operation.to_owned(),
        texts: Vec::new(),
    }
}

impl Call {
    /// Only requests that hold `text`; see [`Request::holds`].
    #[must_use]
    pub fn with(mut self, text: impl Into<String>) -> Self {
        self.texts.push(text.into());
        self
    }

    fn matches(&self, request: &Request) -> bool {
        let named = match self.operation.split_once('.') {
            Some((service, operation)) => {
                service == request.service && operation == request.operation
            }
            None => self.operation == request.operation,
        };
        named && self.texts.iter().all(|text| request.holds(text))
    }
}

impl From<&str> for Call {
    fn from(operation: &str) -> Self {
        call(operation)
    }
}

/// A script with its record of requests. Clones share both.
#[derive(Debug, Clone, Default)]
pub struct Replay {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    scripts: Vec<Script>,
    requests: Vec<Request>,
}

#[derive(Debug)]
struct Script {
    call: Call,
    answers: Vec<Answer>,
    given: usize,
}

impl Replay {
    /// An empty script: every call panics.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers a call.
    #[must_use]
    pub fn on(self, call: impl Into<Call>, answers: impl Into<Answers>) -> Self {
        self.state().scripts.push(Script {
            call: call.into(),
            answers: answers.into().0,
            given: 0,
        });
        self
    }

    /// Scripts `GetCallerIdentity`: the credentials of [`Replay::config`] belong to `account`, in partition `aws`.
    #[must_use]
    pub fn account(self, account: &str) -> Self {
        let arn = format!("arn:aws:iam::{account}:user/tester");
        let call = call("GetCallerIdentity").with(ACCESS_KEY);
        self.on(call, identity(account, &arn))
    }

    /// Scripts a role that can be assumed: its session has the access key `ASIA<account>` and is of `account`.
    #[must_use]
    pub fn role(self, account: &str, name: &str) -> Self {
        let arn = format!(":iam::{account}:role/{name}");
        let session = format!("arn:aws:sts::{account}:assumed-role/{name}/session");
        self.on(call("AssumeRole").with(arn), assumed(account, &session))
            .on(
                call("GetCallerIdentity").with(format!("ASIA{account}")),
                identity(account, &session),
            )
    }

    /// SDK configuration for `region` with static credentials and without retries.
    #[must_use]
    pub fn config(&self, region: &str) -> SdkConfig {
        self.configured(region, RetryConfig::disabled())
    }

    /// SDK configuration that attempts a call up to `attempts` times, without pauses.
    #[must_use]
    pub fn retrying(&self, region: &str, attempts: u32) -> SdkConfig {
        let retry = RetryConfig::standard()
            .with_max_attempts(attempts)
            .with_initial_backoff(Duration::ZERO)
            .with_max_backoff(Duration::ZERO);
        self.configured(region, retry)
    }

    /// All requests so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.state().requests.clone()
    }

    /// The operations asked for so far, in order.
    #[must_use]
    pub fn operations(&self) -> Vec<String> {
        self.requests()
            .into_iter()
            .map(|request| request.operation)
            .collect()
    }

    /// The requests of one operation so far, in order.
    #[must_use]
    pub fn requests_of(&self, operation: impl Into<Call>) -> Vec<Request> {
        let call = operation.into();
        self.requests()
            .into_iter()
            .filter(|request| call.matches(request))
            .collect()
    }

    fn configured(&self, region: &str, retry: RetryConfig) -> SdkConfig {
        let credentials = Credentials::new(ACCESS_KEY, "secret", None, None, "replay");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .retry_config(retry)
            .http_client(self.clone())
            .build()
    }

    /// Records a request and answers it.
    pub(crate) fn answer(&self, request: Request) -> Result<HttpResponse, ConnectorError> {
        let answer = self.state().take(&request);
        let Some(answer) = answer else {
            unscripted(&request)
        };
        let response = answer.respond(&request, Protocol::of(&request));
        self.state().requests.push(request);
        response
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The next answer of the narrowest script, of equal ones the last added.
    fn take(&mut self, request: &Request) -> Option<Answer> {
        let script = self
            .scripts
            .iter_mut()
            .filter(|script| script.call.matches(request))
            .max_by_key(|script| script.call.texts.len())?;
        let last = script.answers.len().saturating_sub(1);
        let answer = script.answers.get(script.given.min(last)).cloned();
        script.given += 1;
        answer
    }
}

#[expect(
    clippy::panic,
    reason = "an error would be taken for an answer of AWS; a test must not pass by accident"
)]
fn unscripted(request: &Request) -> ! {
    panic!(
        "no answer is scripted for `{}.{}`: {} {}{} {}",
        request.service,
        request.operation,
        request.method,
        request.host,
        request.path,
        request.body
    )
}

/// The access key of [`Replay::config`].
const ACCESS_KEY: &str = "AKIAREPLAY";

fn identity(account: &str, arn: &str) -> Answer {
    Answer::of(format!(
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>{arn}</Arn><UserId>REPLAY</UserId>\
         <Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
    ))
}

fn assumed(account: &str, arn: &str) -> Answer {
    Answer::of(format!(
        "<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><Arn>{arn}</Arn>\
         <AssumedRoleId>REPLAY:session</AssumedRoleId></AssumedRoleUser><Credentials>\
         <AccessKeyId>ASIA{account}</AccessKeyId><SecretAccessKey>assumed-secret</SecretAccessKey>\
         <SessionToken>assumed-token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>\
         </Credentials></AssumeRoleResult></AssumeRoleResponse>"
    ))
}
