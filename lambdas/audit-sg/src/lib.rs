#![doc = include_str!("../README.md")]

pub mod collect;
pub mod convert;
pub mod handler;
pub mod index;
pub mod observe;
pub mod stage;

pub use collect::SecurityGroupCollector;
pub use stage::{Error, Stage};
