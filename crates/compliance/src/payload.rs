//! What travels through the state machine: pointers, counts and progress. Never findings, never credentials
//! (a state holds at most 256 KiB, and history is kept for 90 days: Step Functions, "Service quotas").

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

/// How far an audit has come: handed back until `next` is `null`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// Where to go on; `null` at the start and at the end.
    pub next: Option<String>,
    /// Report parts written so far.
    pub parts: u32,
}

/// Input of `audit-s3`: one account. Its regions bound which buckets are audited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditBucketsRequest {
    /// The run.
    pub run: Run,
    /// The account.
    pub account: AccountId,
    /// Its partition.
    pub partition: Partition,
    /// The regions whose buckets are audited.
    pub regions: Vec<Region>,
    /// How far the audit has come.
    pub progress: Progress,
}

/// Input of `audit-kms`: one account and region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditKeysRequest {
    /// The run.
    pub run: Run,
    /// The account.
    pub account: AccountId,
    /// Its partition.
    pub partition: Partition,
    /// The region.
    pub region: Region,
    /// How many parts of key references the S3 audit wrote.
    pub reference_parts: u32,
    /// How far the audit has come.
    pub progress: Progress,
}

/// Input of `audit-sg`: one account and region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditSecurityGroupsRequest {
    /// The run.
    pub run: Run,
    /// The account.
    pub account: AccountId,
    /// Its partition.
    pub partition: Partition,
    /// The region.
    pub region: Region,
    /// How far the audit has come.
    pub progress: Progress,
}

/// Output of every audit function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditResponse {
    /// Where to go on; `null` when the scope is done.
    pub next: Option<String>,
    /// Report parts written so far, in all invocations.
    pub parts: u32,
    /// Resources examined in this invocation.
    pub resources: u64,
}

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
    fn an_unknown_field_of_a_request_is_named() {
        let json = r#"{"task":"accounts","execution":{"id":"x","started_at":"2026-11-20T00:00:00Z"},"sweep":{},"colour":1}"#;
        let error = serde_json::from_str::<EnumerateRequest>(json)
            .unwrap_err()
            .to_string();
        assert!(error.contains("colour"), "{error}");
    }

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
