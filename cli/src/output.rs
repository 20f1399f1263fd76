//! The formats that a command can print in, and the printing of JSON.

use std::io::{IsTerminal, Write};

use serde::Serialize;

/// Formats of most commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Output {
    /// For people: plain columns.
    Table,
    /// For programs: one JSON document.
    Json,
}

/// Writes one JSON document, indented, with a final line break.
///
/// # Errors
///
/// If it cannot be written.
pub fn json(out: &mut dyn Write, document: &impl Serialize) -> anyhow::Result<()> {
    // As an I/O error again, so that a reader who has left is recognised.
    serde_json::to_writer_pretty(&mut *out, document).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// The width to fold tables to: the terminal's; `None` when standard output is not a terminal, so
/// that every row stays one line.
#[must_use]
pub fn width() -> Option<u16> {
    if std::io::stdout().is_terminal() {
        comfy_table::Table::new().width()
    } else {
        None
    }
}
