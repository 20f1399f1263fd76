//! What can go wrong in this function.

use audit::Named;
use compliance::sweep::OrganizationalUnitId;
use compliance::{AccountId, ErrorName, Region};

/// A failure of `enumerate`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An edge failed; it names what was attempted.
    #[error(transparent)]
    Aws(#[from] aws::Error),
    /// The configuration of the environment is broken; it names the file.
    #[error(transparent)]
    Configuration(#[from] audit::Error),
    /// No account is left after the filters.
    #[error("no account is in scope: all {listed} accounts of the Organization are left out")]
    NoAccounts {
        /// Accounts in the Organization.
        listed: usize,
    },
    /// An account is to be included that the Organization does not have.
    #[error("the account `{account}` is to be included, but it is not in the Organization")]
    UnknownAccount {
        /// The account.
        account: AccountId,
    },
    /// A unit is named that the Organization does not have.
    #[error("the organizational unit `{}` is not in the Organization", unit.as_str())]
    UnknownUnit {
        /// The unit.
        unit: OrganizationalUnitId,
        /// What AWS answered.
        source: aws::Error,
    },
    /// A region is to be included that the account's partition does not have.
    #[error(
        "the region `{region}` is to be included, but account `{account}` knows no such region"
    )]
    UnknownRegion {
        /// The account.
        account: AccountId,
        /// The region.
        region: Region,
    },
    /// No region is left after the filters.
    #[error("no region of account `{account}` is in scope: all are left out or not enabled")]
    NoRegions {
        /// The account.
        account: AccountId,
    },
}

impl Named for Error {
    fn name(&self) -> ErrorName {
        match self {
            Self::Aws(error) => error.name(),
            Self::Configuration(error) => error.name(),
            Self::NoAccounts { .. } => ErrorName::NoAccounts,
            Self::UnknownAccount { .. }
            | Self::UnknownUnit { .. }
            | Self::UnknownRegion { .. }
            | Self::NoRegions { .. } => ErrorName::InvalidRequest,
        }
    }
}
