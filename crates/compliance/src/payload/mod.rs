//! What travels through the state machine: pointers, counts and progress. Never findings, never credentials
//! (a state holds at most 256 KiB, and history is kept for 90 days: Step Functions, "Service quotas").

mod aggregate;
mod audit;
mod enumerate;

pub use aggregate::{AccountState, AggregateRequest, AuditOutcome, Audits, Failure, RegionOutcome};
pub use audit::{
    AuditBucketsRequest, AuditKeysRequest, AuditResponse, AuditSecurityGroupsRequest, Progress,
};
pub use enumerate::{
    AccountItem, AccountList, AccountsResponse, EnumerateRequest, Execution, ScopesResponse,
    SkippedRegion, Wanted,
};
