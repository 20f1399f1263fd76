#![doc = include_str!("../README.md")]

mod bucket;
pub mod collect;
pub mod handler;

pub use collect::BucketCollector;
