//! Plain columns: no frames, so that a table can be read, copied and searched.

use comfy_table::{ContentArrangement, Table, presets::NOTHING};

/// Lays rows out under a header. With a `width` cells are folded to fit it, else each row is one line.
#[must_use]
pub fn table(header: &[&str], rows: Vec<Vec<String>>, width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING).force_no_tty();
    if let Some(width) = width {
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width);
    }
    table.set_header(header.to_vec());
    table.add_rows(rows);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let mut text = String::new();
    for line in table.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The text, or a dash where there is none.
#[must_use]
pub fn or_dash(text: Option<&str>) -> String {
    text.filter(|text| !text.is_empty())
        .unwrap_or("-")
        .to_owned()
}

/// The day of a time, in UTC.
#[must_use]
pub fn day(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%d").to_string()
}

/// A time to the second, in UTC.
#[must_use]
pub fn second(time: jiff::Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// `1 bucket`, `2 buckets`: a number with its noun.
#[must_use]
pub fn counted(number: u64, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<String>> {
        vec![
            vec!["a".to_owned(), "a rather long reason that folds".to_owned()],
            vec!["bcd".to_owned(), "short".to_owned()],
        ]
    }

    #[test]
    fn without_a_width_every_row_is_one_line() {
        insta::assert_snapshot!(table(&["ID", "WHY"], rows(), None), @r"
        ID   WHY
        a    a rather long reason that folds
        bcd  short
        ");
    }

    #[test]
    fn with_a_width_cells_are_folded() {
        let text = table(&["ID", "WHY"], rows(), Some(24));
        assert!(text.lines().count() > 3, "{text}");
        assert!(text.lines().all(|line| line.len() <= 24), "{text}");
    }
}
