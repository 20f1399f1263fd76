#![doc = include_str!("../README.md")]

pub mod deadline;
pub mod error;
pub mod lambda;
pub mod pace;
pub mod page;

pub use deadline::Deadline;
pub use error::{Error, Named};
pub use pace::{Family, Pace};
pub use page::{Collector, KeyResolution, Page, Resolved, Scope};
