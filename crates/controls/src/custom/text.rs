//! What a custom policy may look like before the Rego parser sees it: the parser takes exponential time for nested
//! literals (measured with regorus 0.14.1: 14 levels 0.6 s, 20 levels 42 s), and no limit of the engine covers it.

use crate::error::Error;

/// The longest file, in bytes. The longest of ours has 2 KB, the longest test 4 KB.
pub const MAX_BYTES: usize = 128 * 1024;
/// How deep `[` and `{` may be nested; the deepest of ours are nested three deep. Eight levels take some 10 ms.
pub const MAX_NESTING: usize = 8;

/// How deep they may be nested in a test, which writes whole inputs: some 150 ms.
const MAX_TEST_NESTING: usize = 12;

/// Refuses a text that is too long or nested too deep.
pub(super) fn refuse(path: &str, text: &str) -> Result<(), Error> {
    refuse_beyond(MAX_NESTING, path, text)
}

/// The same for a test.
pub(super) fn refuse_test(path: &str, text: &str) -> Result<(), Error> {
    refuse_beyond(MAX_TEST_NESTING, path, text)
}

fn refuse_beyond(most: usize, path: &str, text: &str) -> Result<(), Error> {
    if text.len() > MAX_BYTES {
        return Err(Error::TooLong {
            path: path.to_owned(),
            bytes: text.len() as u64,
        });
    }
    match Brackets::of(text).find(|(_, depth)| *depth > most) {
        None => Ok(()),
        Some((line, _)) => Err(Error::TooDeep {
            path: path.to_owned(),
            most,
            line,
        }),
    }
}

/// The beginnings of rules: words that start a line outside of all brackets, strings and comments.
pub(crate) fn heads(text: &str) -> Vec<&str> {
    let mut heads = Vec::new();
    let mut depth = 0_usize;
    let mut line_before = 0;
    for token in Tokens::of(text) {
        let first = token.line != line_before;
        line_before = token.line;
        match token.what {
            '[' | '{' | '(' => depth += 1,
            ']' | '}' | ')' => depth = depth.saturating_sub(1),
            'a' if first && depth == 0 => heads.push(token.text),
            _ => {}
        }
    }
    heads
}

/// The line and the depth of every opening bracket.
struct Brackets<'a> {
    tokens: Tokens<'a>,
    depth: usize,
}

impl<'a> Brackets<'a> {
    fn of(text: &'a str) -> Self {
        let tokens = Tokens::of(text);
        Self { tokens, depth: 0 }
    }
}

impl Iterator for Brackets<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let token = self.tokens.next()?;
            match token.what {
                '[' | '{' => {
                    self.depth += 1;
                    return Some((token.line, self.depth));
                }
                ']' | '}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }
}

/// A word (`a`), a string (`"`) or any other character.
struct Token<'a> {
    what: char,
    text: &'a str,
    line: usize,
}

/// The tokens of a Rego text as far as brackets and the first words of lines depend on them.
struct Tokens<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Tokens<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            rest: text,
            line: 1,
        }
    }

    /// Takes the first `bytes` of the rest.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.line += taken.matches('\n').count();
        taken
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = self.rest.chars().next()?;
            let line = self.line;
            let (what, bytes) = match first {
                '#' => (None, comment(self.rest)),
                '"' => (Some('"'), string(self.rest)),
                '`' => (Some('"'), raw_string(self.rest)),
                _ if first.is_whitespace() => (None, first.len_utf8()),
                _ if is_of_a_word(first) => (Some('a'), word(self.rest)),
                _ => (Some(first), first.len_utf8()),
            };
            let text = self.take(bytes);
            if let Some(what) = what {
                return Some(Token { what, text, line });
            }
        }
    }
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn word(text: &str) -> usize {
    text.find(|c| !is_of_a_word(c)).unwrap_or(text.len())
}

fn comment(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// A string ends at its quote, or unfinished at the end of its line: so nothing behind it is hidden.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return at,
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

fn raw_string(text: &str) -> usize {
    let after = text.get(1..).unwrap_or_default();
    after.find('`').map_or(text.len(), |at| at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deepest(text: &str) -> usize {
        Brackets::of(text)
            .map(|(_, depth)| depth)
            .max()
            .unwrap_or(0)
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        assert_eq!(deepest("a := [\"[[[\\\"[\", `[[\n[`] # {{{"), 1);
        assert_eq!(deepest("a := [[{\"b\": {}}], []]"), 4);
    }

    #[test]
    fn an_unfinished_string_hides_nothing_on_the_next_line() {
        assert_eq!(deepest("a := \"\n[[["), 3);
    }

    #[test]
    fn what_is_nested_too_deep_is_named_with_its_line() {
        let text = format!("package p\n\nx := {}", "[".repeat(9));
        let error = refuse("s3/p.rego", &text).unwrap_err().to_string();
        assert!(error.contains("`s3/p.rego`"), "{error}");
        assert!(error.contains("line 3"), "{error}");
    }

    #[test]
    fn heads_are_the_first_words_of_rules_only() {
        let text = "package p\n\ntest_a if {\n\ttest_inner\n}\n\n# test_no\ntest_b := true\nx := `\ntest_raw`\n  test_c if { true }\n";
        assert_eq!(heads(text), ["package", "test_a", "test_b", "x", "test_c"]);
    }
}
