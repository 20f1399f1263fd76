//! Where something was asked of AWS, so that a failure can be told.

use std::fmt;

use compliance::{AccountId, Region};

/// An account, and as far as they apply a region and a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The account whose data was asked for.
    pub account: AccountId,
    /// The region that was asked, unless the operation has none.
    pub region: Option<Region>,
    /// The resource, by ARN or name, if it was about one.
    pub resource: Option<String>,
}

impl Place {
    /// A whole account.
    #[must_use]
    pub fn account(account: &AccountId) -> Self {
        Self {
            account: account.clone(),
            region: None,
            resource: None,
        }
    }

    /// A region of an account.
    #[must_use]
    pub fn region(account: &AccountId, region: &Region) -> Self {
        Self {
            region: Some(region.clone()),
            ..Self::account(account)
        }
    }

    /// The same place, narrowed to a resource.
    #[must_use]
    pub fn resource(self, resource: impl Into<String>) -> Self {
        Self {
            resource: Some(resource.into()),
            ..self
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "account `{}`", self.account)?;
        if let Some(region) = &self.region {
            write!(f, ", region `{region}`")?;
        }
        if let Some(resource) = &self.resource {
            write!(f, ", resource `{resource}`")?;
        }
        Ok(())
    }
}
