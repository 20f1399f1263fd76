//! Why a request has no answer, and the HTTP status that says so.

use aws::answer::{Meaning, meaning};
use compliance::{AccountId, ErrorName, Refusal, Region, Service};

use crate::Error;

/// Why a resource was not observed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unobserved {
    /// The account has no such resource.
    #[error("there is no such resource in the account")]
    Missing,
    /// AWS refused to tell whether there is.
    #[error("`{}` answered `{}`", .0.operation, .0.code)]
    Refused(Refusal),
    /// A listing failed.
    #[error(transparent)]
    Aws(#[from] aws::Error),
}

/// Why a request is not answered with what was asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The function has no such route.
    #[error("there is no route `{0}`")]
    UnknownRoute(String),
    /// The body was sent as something else than text.
    #[error("the body must be JSON, with the header `Content-Type: application/json`")]
    NotText,
    /// The body is longer than any request can be.
    #[error("the body must not be longer than {0} bytes")]
    TooLong(usize),
    /// The body is not the documented one.
    #[error("the body is not what this route takes")]
    Body(#[source] serde_json::Error),
    /// A field holds no name of a resource: the field, its value, what was expected.
    #[error("`{0}` cannot be `{1}`: expected {2}")]
    NoName(&'static str, String, &'static str),
    /// An ARN names another account or region than the request, or no key.
    #[error("`{0}` is not the ARN of a key of the account and region that the request names")]
    Elsewhere(String),
    /// The resource may not be asked about.
    #[error(
        "account `{account}`{} is not in the scope of {service}",
        region.as_ref().map_or_else(String::new, |region| format!(", region `{region}`"))
    )]
    OutOfScope {
        /// The account.
        account: AccountId,
        /// The region, if it matters.
        region: Option<Region>,
        /// The service.
        service: Service,
    },
    /// No run has listed the accounts yet.
    #[error("no run has listed the accounts in scope yet: start one")]
    Unlisted(#[source] aws::Error),
    /// There is no observation.
    #[error(transparent)]
    Unobserved(#[from] Unobserved),
    /// The way to the resource failed.
    #[error(transparent)]
    Failed(#[from] Error),
    /// The function could not be set up; its log says why.
    #[error("the function cannot work: `{0}`")]
    Broken(String),
    /// The answer took too long.
    #[error("the answer took too long")]
    TimedOut,
}

/// Why the list of what may be asked about cannot be read: there is none, or the bucket did not answer.
pub(super) fn unlisted(error: aws::Error) -> Refused {
    match error {
        aws::Error::Unreadable { .. } => Refused::Unlisted(error),
        other => Refused::Failed(other.into()),
    }
}

impl Refused {
    /// The HTTP status: 4xx if the caller can mend it, 502 if AWS refused us, 503 and 504 if another try may help.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::UnknownRoute(_) | Self::Unobserved(Unobserved::Missing) => 404,
            Self::NotText => 415,
            Self::TooLong(_) => 413,
            Self::Body(_) | Self::NoName(..) | Self::Elsewhere(_) => 400,
            Self::OutOfScope { .. } => 403,
            Self::Unlisted(_) => 503,
            Self::TimedOut => 504,
            Self::Unobserved(Unobserved::Refused(refusal)) => match meaning(&refusal.code) {
                Some(Meaning::Throttled) => 503,
                _ => 502,
            },
            Self::Unobserved(Unobserved::Aws(error)) | Self::Failed(Error::Aws(error)) => {
                of_error(error)
            }
            Self::Broken(_) | Self::Failed(_) => 500,
        }
    }

    /// A name that programs may decide by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.status() {
            400 => "InvalidRequest",
            403 => "OutOfScope",
            404 => "NotFound",
            413 => "TooLong",
            415 => "UnsupportedMediaType",
            502 => "AwsRefused",
            503 => "TryAgain",
            504 => "TimedOut",
            _ => "Internal",
        }
    }
}

fn of_error(error: &aws::Error) -> u16 {
    if error
        .failed()
        .is_some_and(|failed| meaning(&failed.code) == Some(Meaning::Vanished))
    {
        return 404;
    }
    match error.name() {
        ErrorName::Throttled => 503,
        ErrorName::AssumeRoleDenied | ErrorName::AccessDenied | ErrorName::ServiceFault => 502,
        _ if error.failed().is_some() => 502,
        _ => 500,
    }
}
