#![doc = include_str!("../README.md")]

pub mod analysis;
pub mod answered;
pub mod catalog;
pub mod custom;
mod engine;
pub mod error;
pub mod exposure;
mod fields;
pub mod input;
mod link;
pub mod parameters;
mod program;
pub mod reach;
pub mod source;
pub mod standards;

pub use analysis::Admission;
pub use answered::question;
pub use catalog::Catalog;
pub use custom::{CustomFile, RefusedPolicy};
pub use engine::{is_of_a_broken_custom_policy, is_of_a_broken_policy};
pub use error::Error;
pub use input::input;
pub use parameters::Parameters;
pub use source::Source;
pub use standards::{Standard, Standards, Standings};
