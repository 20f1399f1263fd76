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

/// The narrowest terminal that tables are folded to. A narrower one, or one that says it has no
/// columns at all, gets whole lines: cells of one letter help nobody.
const NARROWEST: u16 = 60;

/// The width to fold tables to: the terminal's; `None` when standard output is not a terminal, so
/// that every row stays one line.
#[must_use]
pub fn width() -> Option<u16> {
    let terminal = std::io::stdout().is_terminal();
    let width = terminal.then(|| comfy_table::Table::new().width());
    foldable(width.flatten())
}

fn foldable(width: Option<u16>) -> Option<u16> {
    width.filter(|width| *width >= NARROWEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_without_columns_gets_whole_lines() {
        assert_eq!(foldable(None), None);
        assert_eq!(foldable(Some(0)), None);
        assert_eq!(foldable(Some(80)), Some(80));
    }
}
