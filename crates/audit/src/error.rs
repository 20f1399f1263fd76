//! What can go wrong in an audit, and the name that the state machine reads.

use std::path::PathBuf;

use compliance::{AccountId, ErrorName, Service};

/// An error with a stable name for the state machine.
pub trait Named: std::error::Error + Send + Sync + 'static {
    /// The name that is given to the Lambda runtime as `errorType`.
    fn name(&self) -> ErrorName;
}

impl Named for aws::Error {
    fn name(&self) -> ErrorName {
        self.name()
    }
}

/// An error and its causes in one line, each once.
#[must_use]
pub fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |&error| error.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

/// Longest message that goes into the state of an execution or a row of the coverage, in bytes: it
/// stands there next to those of all other failures of the account.
const LONGEST_MESSAGE: usize = 1024;

/// A message, or its beginning and a mark if it is longer than 1 KB.
#[must_use]
pub fn cut(message: &str) -> String {
    const MARK: &str = " [cut]";
    if message.len() <= LONGEST_MESSAGE {
        return message.to_owned();
    }
    let end = message.floor_char_boundary(LONGEST_MESSAGE - MARK.len());
    let kept = message.get(..end).unwrap_or_default();
    format!("{kept}{MARK}")
}

/// A failure of the pipeline or of the Lambda glue.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An edge failed; it names what was attempted.
    #[error(transparent)]
    Aws(#[from] aws::Error),
    /// A policy of the catalogue is broken.
    #[error(transparent)]
    Catalog(#[from] controls::Error),
    /// The OPA server cannot be asked as it is configured.
    #[error(transparent)]
    Server(#[from] opa::Error),
    /// A file of the configuration of the environment is broken.
    #[error("`{}` does not hold what it should", path.display())]
    Configuration {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The folder of the custom policies cannot be listed.
    #[error("cannot list the custom policies in `{}`", path.display())]
    Policies {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The request is not what the function takes.
    #[error("the request is not what this function takes")]
    InvalidRequest {
        /// Which field, and why.
        source: serde_json::Error,
    },
    /// The response cannot be written as JSON.
    #[error("the response cannot be written as JSON")]
    UnwritableResponse {
        /// Why.
        source: serde_json::Error,
    },
    /// A collector handed back the `next` it was given.
    #[error("the listing of `{service}` in account `{account}` does not advance beyond `{next}`")]
    Stuck {
        /// The account.
        account: AccountId,
        /// The service.
        service: Service,
        /// Where it stands.
        next: String,
    },
}

impl Named for Error {
    fn name(&self) -> ErrorName {
        match self {
            Self::Aws(error) => error.name(),
            Self::Catalog(_) => ErrorName::PolicyBroken,
            Self::Configuration { .. } | Self::Policies { .. } | Self::Server(_) => {
                ErrorName::ConfigurationBroken
            }
            Self::InvalidRequest { .. } => ErrorName::InvalidRequest,
            Self::UnwritableResponse { .. } | Self::Stuck { .. } => ErrorName::Internal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_message_is_cut_at_a_character_and_marked() {
        let message = cut(&"ä".repeat(1000));
        assert!(message.len() <= LONGEST_MESSAGE);
        assert!(message.ends_with("ä [cut]"), "{message}");
        assert_eq!(cut("short"), "short");
    }
}
