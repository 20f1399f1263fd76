#![doc = include_str!("../README.md")]

pub mod arn;
pub mod auditor;
pub mod config_dir;
pub mod deadline;
pub mod error;
pub mod join;
pub mod judge;
mod key_facts;
pub mod key_use;
pub mod lambda;
pub mod metrics;
pub mod on_demand;
pub mod pace;
pub mod page;
pub mod pipeline;
pub mod policy_folder;
pub mod report;
pub mod run_parameters;

pub use arn::Arn;
pub use auditor::Auditor;
pub use deadline::Deadline;
pub use error::{Error, Named};
pub use join::{KeyAudits, bucket_keys};
pub use judge::{Judge, Judged};
pub use key_use::key_references;
pub use pace::{Family, Pace};
pub use page::{Collector, KeyResolution, Page, Resolved, Scope};
pub use pipeline::{AuditedScope, Stage, audit_all, audit_scope};
pub use run_parameters::RunParameters;
