//! The Organization that a run sweeps: whom the controls may call a member of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::AccountId;

/// The Organization of a run. Written under [`crate::store_key::organization`] before anything is audited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Members {
    /// The Organization's id (`o-...`).
    pub organization_id: String,
    /// All its accounts: those that the run leaves out, too.
    pub accounts: BTreeSet<AccountId>,
}
