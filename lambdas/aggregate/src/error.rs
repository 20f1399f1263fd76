//! What can go wrong in this function.

use audit::Named;
use compliance::ErrorName;

/// A failure of `aggregate`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An edge failed; it names what was attempted.
    #[error(transparent)]
    Aws(#[from] aws::Error),
    /// The configuration of the environment is broken; it names the file.
    #[error(transparent)]
    Configuration(#[from] audit::Error),
    /// The catalogue is broken; it names the policy.
    #[error(transparent)]
    Catalog(#[from] controls::Error),
}

impl Named for Error {
    fn name(&self) -> ErrorName {
        match self {
            Self::Aws(error) => error.name(),
            Self::Configuration(error) => error.name(),
            Self::Catalog(_) => ErrorName::PolicyBroken,
        }
    }
}
