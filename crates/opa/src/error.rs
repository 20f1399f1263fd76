//! What can go wrong between orgsweep and an OPA server.

use std::path::PathBuf;

use compliance::Refusal;

/// A server that cannot be asked, or an answer that says nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address of the server cannot be used.
    #[error("`{address}` is not the address of an OPA server: {reason}")]
    Address {
        /// The address as it was given.
        address: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Two places for the bearer token.
    #[error("the token of the OPA server is to be read from a secret and from a file: name one")]
    TwoTokens,
    /// The name of a secret is no ARN of AWS Secrets Manager.
    #[error("`{arn}` is not the ARN of a secret")]
    SecretArn {
        /// The name as it was given.
        arn: String,
    },
    /// The HTTP client cannot be set up, such as without root certificates.
    #[error("cannot set up the HTTP client")]
    Client {
        /// Why.
        source: reqwest::Error,
    },
    /// The file of the token cannot be read.
    #[error("cannot read the token of the OPA server from `{}`", path.display())]
    TokenFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The secret with the token cannot be read.
    #[error("cannot read the token of the OPA server")]
    Secret {
        /// Why; it names the secret.
        source: aws::Error,
    },
    /// A request failed, or its answer is of no use.
    #[error("{operation} answered {code}{}", said(message))]
    Failed {
        /// What was asked, such as `POST v1/data/aws/s3_bucket/verdicts`.
        operation: String,
        /// What came of it: `Unreachable`, `TimedOut`, `NoResult`, `401 unauthorized`, ...
        code: String,
        /// What the server says about it; empty if nothing.
        message: String,
        /// The decision, if the server logs decisions.
        decision: Option<String>,
        /// Why there is no answer.
        source: Option<reqwest::Error>,
    },
}

impl Error {
    /// Operation and code, as verdicts and gaps carry them.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        let (operation, code) = match self {
            Self::Failed {
                operation, code, ..
            } => (operation.as_str(), code.as_str()),
            Self::Secret { source } => source
                .failed()
                .map_or(("GetSecretValue", source.name().as_str()), |failed| {
                    (failed.operation, failed.code.as_str())
                }),
            Self::TokenFile { .. } => ("ReadToken", "Unreadable"),
            Self::Address { .. }
            | Self::TwoTokens
            | Self::SecretArn { .. }
            | Self::Client { .. } => ("SetUp", "Unusable"),
        };
        Refusal {
            operation: operation.to_owned(),
            code: code.to_owned(),
        }
    }

    /// The decision that the server logged, if it said.
    #[must_use]
    pub fn decision(&self) -> Option<&str> {
        match self {
            Self::Failed { decision, .. } => decision.as_deref(),
            _ => None,
        }
    }

    /// Whether no answer came at all: then another question will not get one either.
    pub(crate) fn is_silence(&self) -> bool {
        matches!(
            self,
            Self::Failed {
                source: Some(_),
                ..
            }
        )
    }
}

fn said(message: &str) -> String {
    if message.is_empty() {
        String::new()
    } else {
        format!(": {message}")
    }
}
