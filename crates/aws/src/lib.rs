#![doc = include_str!("../README.md")]

pub mod answer;
pub mod config;
mod error;
pub mod place;
mod purpose;
pub mod regions;
pub mod run_store;
pub mod session;
pub mod settings;

pub use config::{base_config, s3_client, s3control_client};
pub use error::{Cause, Error, Failed};
pub use place::Place;
pub use run_store::RunStore;
pub use session::{AuditRole, Purpose, Session};
