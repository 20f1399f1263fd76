#![doc = include_str!("../README.md")]

pub mod collect;
pub mod convert;
pub mod handler;
pub mod index;
pub mod observe;

pub use collect::SecurityGroupCollector;
