//! What the commands print, as pure functions from documents to text.

pub mod audit;
pub mod controls;
pub mod coverage;
pub mod findings;
pub mod policy;
pub mod preflight;
pub mod runs;
pub mod standards;
pub mod sweep;
pub mod table;
pub mod tested;
