#![doc = include_str!("../README.md")]

pub mod accounts;
mod collect;
mod error;
pub mod handler;
pub mod scopes;

pub use error::Error;
