#![doc = include_str!("../README.md")]

mod answer;
mod connector;
mod operation;
mod request;
mod script;

pub use answer::{Answer, Answers};
pub use request::Request;
pub use script::{Call, Replay, call};
