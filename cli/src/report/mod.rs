//! What the commands print, as pure functions from documents to text.

pub mod audit;
pub mod controls;
pub mod coverage;
pub mod findings;
pub mod policy;
pub mod preflight;
pub mod runs;
mod scope;
pub mod standards;
pub mod suppressions;
pub mod sweep;
pub mod table;
pub mod tested;
pub mod trend;
