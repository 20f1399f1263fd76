//! The errors of this crate, and the names under which the state machine knows them.

use std::error::Error as StdError;
use std::fmt;

use compliance::{AccountId, ErrorName};

use crate::Place;

/// What went wrong at an edge.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A required environment variable is missing or empty.
    #[error("the environment variable `{name}` is not set")]
    SettingMissing {
        /// The variable.
        name: &'static str,
    },
    /// An environment variable does not have the form it must have.
    #[error("the environment variable `{name}` cannot be used")]
    SettingUnusable {
        /// The variable.
        name: &'static str,
        /// What is wrong with its value.
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
    /// No region is configured to ask AWS in.
    #[error("no region is configured: set `AWS_REGION` or a profile with a region")]
    NoRegion,
    /// A role ARN that is not one.
    #[error("`{value}` is not the ARN of an IAM role")]
    RoleArn {
        /// What was given.
        value: String,
    },
    /// STS refused the role: it does not exist, does not trust us, or wants another external id.
    #[error(
        "the role `{role}` of account `{account}` cannot be assumed: `AssumeRole` answered `{code}`"
    )]
    AssumeRoleDenied {
        /// The account that was to be entered.
        account: AccountId,
        /// The ARN of the role.
        role: String,
        /// The error code.
        code: String,
        /// What AWS said.
        #[source]
        source: Option<Cause>,
    },
    /// The credentials lead to another account than the one that was asked for.
    #[error("the credentials asked for account `{asked}` are of account `{reached}`")]
    WrongAccount {
        /// The account that was asked for.
        asked: AccountId,
        /// The account that `GetCallerIdentity` named.
        reached: AccountId,
    },
    /// AWS refused an operation without which nothing can be seen.
    #[error(transparent)]
    Denied(Box<Failed>),
    /// AWS throttled us beyond the SDK's own retries.
    #[error(transparent)]
    Throttled(Box<Failed>),
    /// AWS answered with a fault of its own, or not at all.
    #[error(transparent)]
    Fault(Box<Failed>),
    /// AWS did not take a request as we made it.
    #[error(transparent)]
    Rejected(Box<Failed>),
    /// AWS answered something that is not in its documentation.
    #[error("the answer to `{operation}` cannot be understood: {problem}")]
    Malformed {
        /// The operation.
        operation: &'static str,
        /// What is missing or has another form than documented.
        problem: String,
    },
    /// A document that we wrote is missing or is not what we wrote.
    #[error("`{document}` cannot be read")]
    Unreadable {
        /// Where it lies: bucket and key, or table and item.
        document: String,
        /// Why.
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
    /// A document of ours cannot be written as JSON.
    #[error("`{document}` cannot be written as JSON")]
    Unwritable {
        /// Where it was to be written.
        document: String,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
}

impl Error {
    /// The name that the state machine retries or catches.
    #[must_use]
    pub fn name(&self) -> ErrorName {
        match self {
            Self::RoleArn { .. } | Self::NoRegion => ErrorName::InvalidRequest,
            Self::AssumeRoleDenied { .. } | Self::WrongAccount { .. } => {
                ErrorName::AssumeRoleDenied
            }
            Self::Denied(_) => ErrorName::AccessDenied,
            Self::Throttled(_) => ErrorName::Throttled,
            Self::Fault(_) => ErrorName::ServiceFault,
            Self::Unreadable { .. } => ErrorName::ReportUnreadable,
            Self::SettingMissing { .. }
            | Self::SettingUnusable { .. }
            | Self::Rejected(_)
            | Self::Malformed { .. }
            | Self::Unwritable { .. } => ErrorName::Internal,
        }
    }

    /// An answer that is not as documented.
    pub(crate) fn malformed(operation: &'static str, problem: impl fmt::Display) -> Self {
        Self::Malformed {
            operation,
            problem: problem.to_string(),
        }
    }

    /// What failed at AWS, if it is that.
    #[must_use]
    pub fn failed(&self) -> Option<&Failed> {
        match self {
            Self::Denied(failed)
            | Self::Throttled(failed)
            | Self::Fault(failed)
            | Self::Rejected(failed) => Some(failed),
            _ => None,
        }
    }
}

/// A call that failed: what was asked where, and the code of the answer.
#[derive(Debug)]
pub struct Failed {
    /// Where; `None` for our own tables and buckets, which the resource names.
    pub place: Option<Place>,
    /// Our own table, bucket or object, where there is no place.
    pub store: Option<String>,
    /// The API operation.
    pub operation: &'static str,
    /// The error code; see [`crate::answer`] for those that are ours.
    pub code: String,
    /// What AWS said.
    pub cause: Option<Cause>,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let did = if crate::answer::is_ours(&self.code) {
            "failed with"
        } else {
            "answered"
        };
        write!(f, "`{}` {did} `{}`", self.operation, self.code)?;
        match (&self.place, &self.store) {
            (Some(place), _) => write!(f, " ({place})"),
            (None, Some(store)) => write!(f, " (`{store}`)"),
            (None, None) => Ok(()),
        }
    }
}

impl StdError for Failed {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause
            .as_ref()
            .map(|cause| cause as &(dyn StdError + 'static))
    }
}

/// What AWS or the network said, for people only: no program decides by it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Cause(String);

impl Cause {
    /// Characters kept of a message; some hold an encoded authorization context of several KB.
    const MOST: usize = 400;

    /// The cause in words, if there are any.
    pub(crate) fn new(message: &str) -> Option<Self> {
        let cut: String = message.chars().take(Self::MOST).collect();
        (!cut.is_empty()).then_some(Self(cut))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_operation_code_and_place_once() {
        let account = "111122223333".parse().unwrap();
        let region = "eu-west-1".parse().unwrap();
        let error = Error::Denied(Box::new(Failed {
            place: Some(Place::region(&account, &region)),
            store: None,
            operation: "ListKeys",
            code: "AccessDeniedException".into(),
            cause: Cause::new("no identity-based policy allows it"),
        }));
        assert_eq!(
            error.to_string(),
            "`ListKeys` answered `AccessDeniedException` (account `111122223333`, region `eu-west-1`)"
        );
        assert_eq!(
            StdError::source(&error).unwrap().to_string(),
            "no identity-based policy allows it"
        );
        assert_eq!(error.name(), ErrorName::AccessDenied);
    }
}
