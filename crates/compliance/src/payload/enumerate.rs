//! Payloads of `enumerate`: accounts in scope, and the scopes of one account.

use serde::{Deserialize, Serialize};

use crate::sweep::{Filter, Sweep};
use crate::{AccountId, Partition, Region, Run, Service};

/// Input of `enumerate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case", deny_unknown_fields)]
pub enum EnumerateRequest {
    /// List the accounts in scope.
    Accounts {
        /// The execution, from the context object.
        execution: Execution,
        /// The input of the execution.
        sweep: Sweep,
    },
    /// Enter one account and list its regions.
    Scopes {
        /// The run.
        run: Run,
        /// The account to enter.
        account: AccountId,
        /// Which of its regions are wanted.
        regions: Filter<Region>,
        /// Which services are wanted.
        services: Vec<Service>,
    },
}

/// The execution that a run is, from the state machine's context object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Execution {
    /// `$$.Execution.Id`: the ARN.
    pub id: String,
    /// `$$.Execution.StartTime`, RFC 3339.
    pub started_at: jiff::Timestamp,
}

/// Output of `enumerate` with `task: accounts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountsResponse {
    /// The run that starts here.
    pub run: Run,
    /// Where the accounts are listed.
    pub accounts: AccountList,
    /// Wanted regions, handed on to every account.
    pub regions: Filter<Region>,
    /// Wanted services, handed on to every account.
    pub services: Vec<Service>,
    /// How many accounts are swept at a time (`MaxConcurrencyPath`).
    pub concurrency: u32,
}

/// The list of accounts in the run bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountList {
    /// The run bucket.
    pub bucket: String,
    /// The object: a JSON array of [`AccountItem`].
    pub key: String,
    /// Accounts in scope.
    pub count: u64,
    /// Accounts left out.
    pub skipped: u64,
}

/// One item of the Distributed Map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountItem {
    /// The account.
    pub account: AccountId,
    /// Its name in the Organization; empty if it has none.
    #[serde(default)]
    pub name: String,
}

/// Output of `enumerate` with `task: scopes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopesResponse {
    /// The account's partition, from the caller's identity.
    pub partition: Partition,
    /// Enabled and wanted regions, sorted.
    pub regions: Vec<Region>,
    /// Regions left out, each with its reason.
    pub skipped_regions: Vec<SkippedRegion>,
    /// Which audits to run.
    pub audit: Wanted,
}

/// A region that is not audited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkippedRegion {
    /// The region.
    pub region: Region,
    /// Why: not opted in, or left out by the input.
    pub reason: String,
}

/// One switch per service, as the state machine's choices read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Audit buckets.
    pub s3: bool,
    /// Audit keys.
    pub kms: bool,
    /// Audit security groups.
    pub sg: bool,
}

impl Wanted {
    /// The switches for a list of services.
    #[must_use]
    pub fn of(services: &[Service]) -> Self {
        let wanted = |service| services.contains(&service);
        Self {
            s3: wanted(Service::S3),
            kms: wanted(Service::Kms),
            sg: wanted(Service::Sg),
        }
    }

    /// Whether a service is to be audited.
    #[must_use]
    pub fn includes(self, service: Service) -> bool {
        match service {
            Service::S3 => self.s3,
            Service::Kms => self.kms,
            Service::Sg => self.sg,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_field_of_a_request_is_named() {
        let json = r#"{"task":"accounts","execution":{"id":"x","started_at":"2026-11-20T00:00:00Z"},"sweep":{},"colour":1}"#;
        let error = serde_json::from_str::<EnumerateRequest>(json)
            .unwrap_err()
            .to_string();
        assert!(error.contains("colour"), "{error}");
    }
}
