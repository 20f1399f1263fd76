#![doc = include_str!("../README.md")]

mod account;
mod collect;
mod coverage;
pub mod error;
pub mod handler;
mod joined;
mod plan;
mod resolvable;
pub mod response;
mod run;
mod scores;
pub mod settings;
mod summary;

pub use error::Error;
pub use settings::{SecurityHub, Stage};
