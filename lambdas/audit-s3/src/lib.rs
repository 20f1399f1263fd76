#![doc = include_str!("../README.md")]

mod access_point;
mod account;
mod bucket;
pub mod collect;
pub mod handler;

pub use collect::BucketCollector;
