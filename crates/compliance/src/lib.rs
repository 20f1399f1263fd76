#![doc = include_str!("../README.md")]

pub mod control;
pub mod coverage;
pub mod error;
pub mod error_name;
pub mod fact;
pub mod finding;
pub mod gap;
pub mod key_use;
pub mod names;
pub mod observation;
pub mod organization;
pub mod payload;
pub mod report;
pub mod run;
mod schema;
pub mod score;
pub mod store_key;
pub mod suppression;
pub mod sweep;
pub mod verdict;

pub use control::{Control, Remediation, ResourceType, Severity, Subject};
pub use coverage::{Coverage, CoverageStatus};
pub use error::Error;
pub use error_name::ErrorName;
pub use fact::{Fact, Refusal, Unknown};
pub use finding::{
    Finding, FindingChange, FindingChanges, FindingEvent, FindingId, FindingState, Resolution,
    SuppressedBy,
};
pub use gap::Gap;
pub use key_use::{KeyFacts, KeyReference, KeyUse};
pub use names::{AccountId, ControlId, Partition, Region, RunId, Service};
pub use observation::Observation;
pub use organization::{Admitted, Members};
pub use report::{KeyReferences, Report};
pub use run::{Run, RunStatus, RunSummary, SuppressionNotice, SuppressionNotices};
pub use score::{AccountScores, Score};
pub use suppression::{
    Suppression, SuppressionId, SuppressionRecord, SuppressionSource, SuppressionStatus,
    Suppressions,
};
pub use verdict::{KeyLink, Status, Verdict};
