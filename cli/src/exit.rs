//! How the program ends: one typed code per outcome, so that pipelines can tell them apart.

use std::process::ExitCode;

/// The outcome of a command. Wrong usage is clap's: it exits with 2 before a command runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// The command did what was asked.
    Success = 0,
    /// The command failed; standard error says why.
    Failure = 1,
    /// `--exit-code`: at least one verdict is FAILED.
    Failed = 3,
    /// `--exit-code`: no verdict is FAILED, but something was not seen.
    Gaps = 4,
    /// The execution that was watched did not succeed.
    NotSucceeded = 5,
    /// `preflight`: something that a run needs is not in place.
    NotReady = 6,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
