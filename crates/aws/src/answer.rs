//! What an answer of AWS means, decided by its error code alone, never by its message.
//!
//! An error without a code gets one of ours: `TimedOut` (no answer in time), `Unreachable` (no connection),
//! `Unsent` (the request could not be made: without credentials, above all), `Unintelligible` (an answer that is not
//! in the protocol), and `Http<status>` (an error status without a code, as every `HEAD` gives).

use std::error::Error as StdError;

use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use compliance::Refusal;

use crate::Place;
use crate::error::{Cause, Error, Failed};

/// The answer to one read of one resource.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Answer<T> {
    /// What AWS answered.
    Known(T),
    /// It could not be read; the code says why.
    Refused(Refusal),
    /// The resource itself is gone.
    Vanished,
}

/// The resource itself is gone: it was deleted between being listed and being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the resource is gone")]
pub struct Gone;

impl<T> Answer<T> {
    /// The answer with its value changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Self::Known(value) => Answer::Known(change(value)),
            Self::Refused(refusal) => Answer::Refused(refusal),
            Self::Vanished => Answer::Vanished,
        }
    }

    /// The value or the refusal, as [`compliance::fact::read_or_note`] takes it.
    ///
    /// # Errors
    ///
    /// [`Gone`] when the resource vanished: `?` leaves the whole resource.
    pub fn found(self) -> Result<Result<T, Refusal>, Gone> {
        match self {
            Self::Known(value) => Ok(Ok(value)),
            Self::Refused(refusal) => Ok(Err(refusal)),
            Self::Vanished => Err(Gone),
        }
    }
}

/// What an error code means to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// We may not, or not with these credentials, or not in this region.
    Denied,
    /// Too many requests.
    Throttled,
    /// The resource is gone.
    Vanished,
}

/// The one table of codes. AWS documents them per service under "Common errors" and "Error codes".
const CODES: [(Meaning, &[&str]); 3] = [
    (
        Meaning::Denied,
        &[
            "AccessDenied",
            "AccessDeniedException",
            "AccountProblem",
            "AllAccessDisabled",
            "AuthFailure",
            "AuthorizationError",
            "AuthorizationErrorException",
            "ExpiredToken",
            "ExpiredTokenException",
            "Forbidden",
            "Http401",
            "Http403",
            "IncompleteSignature",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidToken",
            "MissingAuthenticationToken",
            "NotAuthorized",
            "NotSignedUp",
            "OptInRequired",
            "RegionDisabledException",
            "RequestExpired",
            "SignatureDoesNotMatch",
            "UnauthorizedAccess",
            "UnauthorizedOperation",
            "UnrecognizedClientException",
            "Unsent",
        ],
    ),
    (
        Meaning::Throttled,
        &[
            "BandwidthLimitExceeded",
            "EC2ThrottledException",
            "Http429",
            "LimitExceededException",
            "PriorRequestNotComplete",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "SlowDown",
            "ThrottledException",
            "Throttling",
            "ThrottlingException",
            "TooManyRequestsException",
            "TransactionInProgressException",
        ],
    ),
    (
        Meaning::Vanished,
        &[
            "InvalidGroup.NotFound",
            "InvalidGroupId.NotFound",
            "InvalidPrefixListID.NotFound",
            "InvalidPrefixListId.NotFound",
            "InvalidSecurityGroupID.NotFound",
            "InvalidVpcID.NotFound",
            "NoSuchAccessPoint",
            "NoSuchBucket",
            "NoSuchMultiRegionAccessPoint",
            "NotFound",
            "NotFoundException",
        ],
    ),
];

/// What a code means; `None` for all others, which are refusals of one fact and failures of a listing.
#[must_use]
pub fn meaning(code: &str) -> Option<Meaning> {
    CODES
        .iter()
        .find(|(_, codes)| codes.contains(&code))
        .map(|(meaning, _)| *meaning)
}

/// Takes the answer to the read of one fact of one resource. Whatever is neither a value nor the end
/// of the resource is a refusal: throttling that outlived the SDK's retries, timeouts and faults too.
pub fn read<T, E: ProvideErrorMetadata>(
    operation: &'static str,
    result: Result<T, SdkError<E>>,
) -> Answer<T> {
    let error = match result {
        Ok(value) => return Answer::Known(value),
        Err(error) => error,
    };
    let code = code_of(&error);
    if meaning(&code) == Some(Meaning::Vanished) {
        return Answer::Vanished;
    }
    Answer::Refused(Refusal {
        operation: operation.to_owned(),
        code,
    })
}

/// Like [`read`], where some codes say that there is no such configuration (`NoSuchBucketPolicy`).
pub fn read_or_absent<T, E: ProvideErrorMetadata>(
    operation: &'static str,
    result: Result<T, SdkError<E>>,
    absent_codes: &[&str],
) -> Answer<Option<T>> {
    match result {
        Err(error) if absent_codes.contains(&code_of(&error).as_str()) => Answer::Known(None),
        other => read(operation, other).map(Some),
    }
}

/// Takes the answer to a call without which nothing of a scope can be seen.
///
/// # Errors
///
/// [`Error::Denied`], [`Error::Throttled`], [`Error::Fault`] (5xx, timeouts, no connection) or
/// [`Error::Rejected`] (any other code), each with place, operation and code.
pub fn listed<T, E: ProvideErrorMetadata>(
    operation: &'static str,
    place: &Place,
    result: Result<T, SdkError<E>>,
) -> Result<T, Error> {
    result.map_err(|error| failure(operation, Some(place), None, &error))
}

/// Takes the answer to a call on one of our own tables or buckets.
pub(crate) fn stored<T, E: ProvideErrorMetadata>(
    operation: &'static str,
    store: &str,
    result: Result<T, SdkError<E>>,
) -> Result<T, Error> {
    result.map_err(|error| failure(operation, None, Some(store), &error))
}

fn failure<E: ProvideErrorMetadata>(
    operation: &'static str,
    place: Option<&Place>,
    store: Option<&str>,
    error: &SdkError<E>,
) -> Error {
    let failed = Box::new(Failed {
        place: place.cloned(),
        store: store.map(str::to_owned),
        operation,
        code: code_of(error),
        cause: cause_of(error),
    });
    match meaning(&failed.code) {
        Some(Meaning::Denied) => Error::Denied(failed),
        Some(Meaning::Throttled) => Error::Throttled(failed),
        _ if is_fault(error) => Error::Fault(failed),
        _ => Error::Rejected(failed),
    }
}

/// The codes of ours for calls that AWS did not answer.
const OURS: [&str; 4] = ["TimedOut", "Unintelligible", "Unreachable", "Unsent"];

/// Whether AWS did not answer, so that the code is one of ours.
pub(crate) fn is_ours(code: &str) -> bool {
    OURS.contains(&code)
}

/// The code of an error: AWS's, or one of ours (see the module's documentation).
#[must_use]
pub fn code_of<E: ProvideErrorMetadata>(error: &SdkError<E>) -> String {
    let ours = match error {
        SdkError::ServiceError(service) => {
            return service.err().code().map_or_else(
                || format!("Http{}", service.raw().status().as_u16()),
                str::to_owned,
            );
        }
        SdkError::TimeoutError(_) => "TimedOut",
        SdkError::DispatchFailure(dispatch) if dispatch.is_timeout() => "TimedOut",
        SdkError::DispatchFailure(dispatch) if dispatch.is_io() => "Unreachable",
        SdkError::DispatchFailure(_) | SdkError::ConstructionFailure(_) => "Unsent",
        _ => "Unintelligible",
    };
    ours.to_owned()
}

/// What AWS said, for people.
pub(crate) fn cause_of<E: ProvideErrorMetadata>(error: &SdkError<E>) -> Option<Cause> {
    match error {
        SdkError::ServiceError(service) => service.err().message().and_then(Cause::new),
        SdkError::DispatchFailure(dispatch) => dispatch
            .as_connector_error()
            .and_then(|error| Cause::new(&in_words(error))),
        _ => None,
    }
}

/// An error and its causes in one line.
fn in_words(error: &dyn StdError) -> String {
    std::iter::successors(Some(error), |&error| error.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

/// Whether the failure is AWS's or the network's, so that trying again may help.
fn is_fault<E>(error: &SdkError<E>) -> bool {
    match error {
        SdkError::ServiceError(service) => service.raw().status().is_server_error(),
        SdkError::ConstructionFailure(_) => false,
        _ => true,
    }
}
