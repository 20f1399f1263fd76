//! Payloads of the auditors: where to look, and how far they have come.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Partition, Region, Run};

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
