#![doc = include_str!("../README.md")]

pub mod acceptance;
pub mod account;
pub mod command;
pub mod emulator;
pub mod execution;
pub mod exit;
pub mod output;
pub mod policies;
pub mod preflight;
pub mod progress;
pub mod questions;
pub mod report;
pub mod tested;

pub use command::{Arguments, run};
pub use exit::Exit;
