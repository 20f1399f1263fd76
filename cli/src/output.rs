//! The formats that a command can print in, and the printing of JSON.

use std::io::{IsTerminal, Write};

use aws::Page;
use serde::Serialize;

use crate::report::table::table;

/// Formats of most commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Output {
    /// For people: plain columns.
    Table,
    /// For programs: one JSON document.
    Json,
}

/// Formats of the answers to questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Answer {
    /// For people: plain columns.
    Table,
    /// For programs: one JSON document.
    Json,
    /// For spreadsheets: one line per row, under a header.
    Csv,
}

/// Something that is one row of an answer.
pub trait Row: Serialize {
    /// The names of its columns, in upper case.
    const HEADER: &'static [&'static str];

    /// Its cells.
    fn cells(&self) -> Vec<String>;
}

/// Writes a page of an answer. How many rows come after it, and how to get them, is in the JSON document, and on
/// standard error otherwise, so that what is read by a program stays clean.
///
/// # Errors
///
/// If it cannot be written.
pub fn page<T: Row>(out: &mut dyn Write, answer: Answer, page: &Page<T>) -> anyhow::Result<()> {
    match answer {
        Answer::Json => return json(out, page),
        Answer::Csv => write!(out, "{}", csv(T::HEADER, page.items.iter().map(Row::cells)))?,
        Answer::Table => {
            let rows = page.items.iter().map(Row::cells).collect();
            write!(out, "{}", table(T::HEADER, rows, width()))?;
        }
    }
    if let Some(more) = more(page) {
        writeln!(std::io::stderr(), "{more}")?;
    }
    Ok(())
}

/// What a page leaves out, in words.
fn more<T>(page: &Page<T>) -> Option<String> {
    let next = page.next.as_ref()?;
    let count = page.left_out.map_or_else(String::new, |left_out| {
        let or_more = if left_out.or_more { " or more" } else { "" };
        format!("{}{or_more} ", left_out.count)
    });
    Some(format!("{count}more with `--token {next}`"))
}

/// Rows as CSV (RFC 4180, lines end with a line feed), under the header in lower case.
#[must_use]
pub fn csv(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let header = header
        .iter()
        .map(|name| name.to_lowercase().replace(' ', "_"));
    let mut text = header.collect::<Vec<String>>().join(",") + "\n";
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text += &(cells.join(",") + "\n");
    }
    text
}

/// A cell of CSV, in quotes where it must be. A text that a spreadsheet would take for a formula is led by an
/// apostrophe; the dash that stands for nothing is none.
fn quoted(text: &str) -> String {
    let text = if text == "-" { "" } else { text };
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula || text.contains(['"', ',', '\n', '\r']) {
        let apostrophe = if formula { "'" } else { "" };
        format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
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
    fn a_cell_with_a_comma_a_quote_or_a_formula_stays_one_cell_and_no_formula() {
        let row = ["plain", "a, b", "say \"a\"", "=cmd()", "-", "-1"].map(str::to_owned);
        insta::assert_snapshot!(csv(&["LAST SEEN", "A", "B", "C", "D", "E"], std::iter::once(row.into())), @r#"
        last_seen,a,b,c,d,e
        plain,"a, b","say ""a""","'=cmd()",,"'-1"
        "#);
    }

    #[test]
    fn what_a_page_leaves_out_is_said_with_the_way_to_it() {
        let mut page = Page::whole(vec![1]);
        assert_eq!(more(&page), None);
        page.next = Some("310a610a62".parse().unwrap());
        page.left_out = Some(aws::LeftOut {
            count: 7,
            or_more: true,
        });
        assert_eq!(
            more(&page).unwrap(),
            "7 or more more with `--token 310a610a62`"
        );
    }

    #[test]
    fn a_terminal_without_columns_gets_whole_lines() {
        assert_eq!(foldable(None), None);
        assert_eq!(foldable(Some(0)), None);
        assert_eq!(foldable(Some(80)), Some(80));
    }
}
