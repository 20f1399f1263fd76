#![doc = include_str!("../README.md")]

pub mod collect;
pub mod handler;
mod key;
pub mod reference;

pub use collect::KeyCollector;
