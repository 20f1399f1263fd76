//! Payloads of `aggregate`: how the audits of an account ended, and the end of the run.

use serde::{Deserialize, Serialize};

use super::{AccountList, ScopesResponse};
use crate::{AccountId, Region, Run, Service};

/// A failure as Step Functions' `Catch` hands it on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The error name.
    #[serde(rename = "Error")]
    pub error: String,
    /// The cause: for our functions a JSON document with `errorMessage`.
    #[serde(rename = "Cause", default)]
    pub cause: String,
}

impl Failure {
    /// Error name and message in one line; the message is taken out of the Lambda runtime's JSON.
    #[must_use]
    pub fn in_words(&self) -> String {
        let message = serde_json::from_str::<serde_json::Value>(&self.cause)
            .ok()
            .and_then(|cause| cause.get("errorMessage")?.as_str().map(str::to_owned))
            .unwrap_or_else(|| self.cause.clone());
        if message.is_empty() {
            self.error.clone()
        } else {
            format!("{}: {message}", self.error)
        }
    }
}

/// How one audit ended: its progress, and the failure that ended it if one did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditOutcome {
    /// Where it would have gone on.
    pub next: Option<String>,
    /// Report parts written.
    pub parts: u32,
    /// What ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

/// How the audit of one region ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionOutcome {
    /// The region.
    pub region: Region,
    /// How its audit ended.
    pub progress: AuditOutcome,
}

/// How the audits of one account ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audits {
    /// S3, once per account.
    pub s3: AuditOutcome,
    /// KMS, per region.
    pub kms: Vec<RegionOutcome>,
    /// Security groups, per region.
    pub sg: Vec<RegionOutcome>,
}

/// The state of one account's child execution when its audits have ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountState {
    /// The run.
    pub run: Run,
    /// The account.
    pub account: AccountId,
    /// Its name in the Organization.
    #[serde(default)]
    pub name: String,
    /// Wanted services.
    pub services: Vec<Service>,
    /// What `enumerate` found; absent if it failed.
    #[serde(default)]
    pub scopes: Option<ScopesResponse>,
    /// How the audits ended; absent if they were not reached.
    #[serde(default)]
    pub audits: Option<Audits>,
    /// What kept the account from being entered or its audits from being run.
    #[serde(default)]
    pub failure: Option<Failure>,
}

/// Input of `aggregate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case", deny_unknown_fields)]
pub enum AggregateRequest {
    /// Turn one account's reports into findings and coverage.
    Account {
        /// The child execution's state.
        state: Box<AccountState>,
    },
    /// Sum up the run.
    Run {
        /// The run.
        run: Run,
        /// The accounts that were in scope.
        accounts: AccountList,
        /// What ended the Map, if something did.
        #[serde(default)]
        failure: Option<Failure>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_by_name_and_message() {
        let cause =
            r#"{"errorType":"AssumeRoleDenied","errorMessage":"cannot assume the audit role"}"#;
        let failure = Failure {
            error: "AssumeRoleDenied".into(),
            cause: cause.into(),
        };
        assert_eq!(
            failure.in_words(),
            "AssumeRoleDenied: cannot assume the audit role"
        );
        let timeout = Failure {
            error: "States.Timeout".into(),
            cause: String::new(),
        };
        assert_eq!(timeout.in_words(), "States.Timeout");
    }
}
