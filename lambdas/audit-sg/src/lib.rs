#![doc = include_str!("../README.md")]

pub mod collect;
pub mod convert;
pub mod convert_network;
mod facts;
pub mod handler;
pub mod index;
pub mod observe;
pub mod surroundings;

pub use collect::SecurityGroupCollector;
