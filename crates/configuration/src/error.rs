//! The one error of this crate.

use std::path::PathBuf;

use crate::Problem;

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file cannot be read.
    #[error("cannot read `{}`", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Keys or values cannot be used.
    #[error("`{}` cannot be used:{}", path.display(), lines(problems))]
    Unusable {
        /// The file.
        path: PathBuf,
        /// All that was found wrong, in the order of the file.
        problems: Vec<Problem>,
    },
    /// The folder that the functions read cannot be written.
    #[error("cannot write `{}`", path.display())]
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The folder to write to holds something already, which would be deployed too.
    #[error("`{}` is not empty", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// The configuration cannot be written as JSON.
    #[error("the configuration cannot be written as JSON")]
    Json {
        /// Why.
        source: serde_json::Error,
    },
}

fn lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| format!("\n  {problem}"))
        .collect();
    lines.concat()
}
