#![doc = include_str!("../README.md")]

mod account;
mod collect;
mod coverage;
pub mod error;
pub mod handler;
mod joined;
mod measured;
pub mod notification;
mod plan;
mod resolvable;
pub mod response;
mod run;
mod scores;
pub mod settings;
mod summary;
mod tell;

pub use error::Error;
pub use settings::{SecurityHub, Stage};
