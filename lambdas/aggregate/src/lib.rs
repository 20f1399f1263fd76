#![doc = include_str!("../README.md")]

mod accepted;
mod account;
mod completion;
mod coverage;
mod custom;
pub mod error;
pub mod handler;
mod hub;
mod joined;
mod ledger;
mod measured;
pub mod notification;
mod parts;
mod plan;
mod publish;
mod reading;
mod register;
mod resolvable;
pub mod response;
mod run;
mod scores;
pub mod settings;
mod summary;
mod survey;
mod tell;

pub use error::Error;
pub use settings::{SecurityHub, Stage};
