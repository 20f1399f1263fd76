//! What a suppression is about: names, with `*` for any run of characters.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Error;

/// A name in which `*` stands for any run of characters, also for none; everything else stands for itself, case
/// included. The whole name must match: `logs` is no other bucket than `logs`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern(String);

impl Pattern {
    /// Characters of a pattern: the longest ARN that we judge, of an object key's length, is far shorter.
    pub const MOST: usize = 512;

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it says `*`, and so matches every name.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.0 == "*"
    }

    /// Whether the whole name matches.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        let Some((start, rest)) = self.0.split_once('*') else {
            return self.0 == name;
        };
        let Some(mut name) = name.strip_prefix(start) else {
            return false;
        };
        let (between, end) = rest.rsplit_once('*').unwrap_or(("", rest));
        for part in between.split('*') {
            match name.split_once(part) {
                Some((_, after)) => name = after,
                None => return false,
            }
        }
        name.ends_with(end)
    }
}

impl TryFrom<String> for Pattern {
    type Error = Error;

    fn try_from(value: String) -> Result<Self, Error> {
        let problem = if value.trim().is_empty() {
            "it is empty; `*` matches everything"
        } else if value.trim() != value || value.chars().any(char::is_control) {
            "it has white space around it or control characters"
        } else if value.contains("**") {
            "`**` says no more than `*`"
        } else if value.chars().count() > Self::MOST {
            "it is longer than 512 characters"
        } else {
            return Ok(Self(value));
        };
        Err(Error::Pattern { value, problem })
    }
}

impl FromStr for Pattern {
    type Err = Error;

    fn from_str(value: &str) -> Result<Self, Error> {
        Self::try_from(value.to_owned())
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.0
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pattern(text: &str) -> Pattern {
        text.parse().unwrap()
    }

    #[test]
    fn a_star_stands_for_any_run_of_characters_and_nothing_else_does() {
        for (text, name, matches) in [
            ("*", "", true),
            ("*", "arn:aws:s3:::logs", true),
            ("logs", "logs", true),
            ("logs", "logs-2", false),
            ("logs", "my-logs", false),
            ("Logs", "logs", false),
            ("logs-*", "logs-", true),
            ("logs-*", "logs", false),
            ("*-logs", "a/b-logs", true),
            ("a*a", "a", false),
            ("a*a", "aa", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("*b*b*", "b", false),
            ("a?c", "abc", false),
            ("[a]", "a", false),
        ] {
            assert_eq!(pattern(text).matches(name), matches, "{text} {name}");
        }
    }

    #[test]
    fn a_pattern_that_says_nothing_is_refused() {
        for text in ["", " ", " a", "a ", "**", "a**b", "a\nb", &"x".repeat(513)] {
            let error = text.parse::<Pattern>().unwrap_err().to_string();
            assert!(error.contains("is not a pattern"), "{error}");
        }
    }

    /// Says the same in another way: the pattern's characters one by one, trying every length for a star.
    fn by_trying(pattern: &[char], name: &[char]) -> bool {
        match pattern.split_first() {
            None => name.is_empty(),
            Some(('*', rest)) => (0..=name.len()).any(|at| by_trying(rest, &name[at..])),
            Some((wanted, rest)) => name
                .split_first()
                .is_some_and(|(first, others)| first == wanted && by_trying(rest, others)),
        }
    }

    proptest! {
        #[test]
        fn matching_is_what_trying_everything_gives(text in "[ab*]{1,7}", name in "[ab]{0,8}") {
            prop_assume!(!text.contains("**"));
            let characters = |text: &str| text.chars().collect::<Vec<char>>();
            let tried = by_trying(&characters(&text), &characters(&name));
            prop_assert_eq!(pattern(&text).matches(&name), tried);
        }

        #[test]
        fn a_more_specific_pattern_never_matches_more(
            text in "[ab]{0,3}\\*[ab]{0,3}", specific in "[ab]{0,3}\\*?[ab]{0,3}", name in "[ab]{0,8}",
        ) {
            let narrower = text.replace('*', &specific);
            if !narrower.is_empty() && pattern(&narrower).matches(&name) {
                prop_assert!(pattern(&text).matches(&name), "{} {}", narrower, text);
            }
        }
    }
}
