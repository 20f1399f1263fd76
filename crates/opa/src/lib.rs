#![doc = include_str!("../README.md")]

pub mod address;
mod answer;
pub mod error;
pub mod server;
pub mod token;
mod transport;

pub use address::Address;
pub use error::Error;
pub use server::{Server, Verdicts};
pub use token::Token;
