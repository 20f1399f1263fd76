//! The Organization that a run sweeps: whom the controls may call a member of it, and what may be asked about.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::sweep::Filter;
use crate::{AccountId, Region, Service};

/// The Organization of a run. Written under [`crate::store_key::organization`] before anything is audited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Members {
    /// The Organization's id (`o-...`).
    pub organization_id: String,
    /// All its accounts: those that the run leaves out, too.
    pub accounts: BTreeSet<AccountId>,
}

/// What may be asked about on demand: the scope of the environment, as the run that started last found it.
/// Written under [`crate::store_key::admitted`]; until a run has written it, nothing may be asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Admitted {
    /// The Organization, for the judge.
    pub organization: Members,
    /// The active accounts in the environment's scope.
    pub accounts: BTreeSet<AccountId>,
    /// The regions in its scope.
    pub regions: Filter<Region>,
    /// The services in its scope.
    pub services: BTreeSet<Service>,
}

impl Admitted {
    /// Whether a resource of this service may be asked about; `region` is `None` for a bucket whose
    /// region is not known yet.
    #[must_use]
    pub fn admits(&self, account: &AccountId, region: Option<&Region>, service: Service) -> bool {
        self.accounts.contains(account)
            && self.services.contains(&service)
            && region.is_none_or(|region| self.regions.admits(region))
    }
}
