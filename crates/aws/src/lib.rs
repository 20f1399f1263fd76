#![doc = include_str!("../README.md")]

pub mod answer;
pub mod asff;
mod attribute;
pub mod calls;
pub mod config;
mod delta;
mod error;
mod finding_item;
pub mod findings_table;
mod findings_write;
pub mod organization;
pub mod place;
mod purpose;
pub mod regions;
pub mod run_changes;
pub mod run_store;
pub mod runs_table;
pub mod secret;
pub mod security_hub;
pub mod session;
pub mod settings;
pub mod tables;

pub use config::{base_config, s3_client, s3control_client};
pub use error::{Cause, Error, Failed};
pub use findings_table::{Delta, FindingsTable, ScopeVerdicts, Written};
pub use organization::{MemberAccount, Organization};
pub use place::Place;
pub use run_store::RunStore;
pub use runs_table::RunsTable;
pub use session::{AuditRole, Purpose, Session};
