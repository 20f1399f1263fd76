//! A key that cannot be used, where it stands and what is expected.

use std::fmt;

use serde::de::{Expected, Unexpected};

use crate::suggestion::did_you_mean;

/// Something in the file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1; `None` if the key is not in the file.
    pub line: Option<usize>,
    /// The way to the key, such as `parameters`, `trusted_accounts`, `[0]`.
    pub(crate) path: Vec<String>,
    /// What is wrong with it.
    pub what: String,
}

impl Problem {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self {
            line: None,
            path: Vec::new(),
            what: what.into(),
        }
    }

    /// The problem, seen from a level higher up: `step` leads to it, in this line unless a line is known.
    pub(crate) fn below(mut self, step: impl Into<String>, line: usize) -> Self {
        self.path.insert(0, step.into());
        self.line = self.line.or(Some(line));
        self
    }

    /// An unknown key among known ones.
    pub(crate) fn unknown_key(key: &str, known: &[&str]) -> Self {
        let suggestion = did_you_mean(key, known.iter().copied());
        Self::new(format!("is not a setting{suggestion}"))
    }

    /// The key as it is written in documents, such as `parameters.trusted_accounts[0]`.
    #[must_use]
    pub fn key(&self) -> String {
        let mut key = String::new();
        for step in &self.path {
            if !key.is_empty() && !step.starts_with('[') {
                key.push('.');
            }
            key.push_str(step);
        }
        key
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        match self.key() {
            key if key.is_empty() => f.write_str(&self.what),
            key => write!(f, "`{key}` {}", self.what),
        }
    }
}

impl std::error::Error for Problem {}

/// What Rust calls its types, in words.
fn in_words(expected: &dyn Expected) -> String {
    let words = expected.to_string();
    match words.as_str() {
        "a boolean" => "true or false".to_owned(),
        "a string" => "text".to_owned(),
        "a sequence" => "a list".to_owned(),
        "u16" => "a whole number from 0 to 65535".to_owned(),
        "u32" => "a whole number from 0 to 4294967295".to_owned(),
        words if words.starts_with("struct ") || words == "a map" => "settings".to_owned(),
        words if words.starts_with("enum ") || words.starts_with("variant of ") => {
            "a word".to_owned()
        }
        words => words.to_owned(),
    }
}

/// What stands there, in words.
fn found(unexpected: Unexpected<'_>) -> String {
    match unexpected {
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Signed(value) => format!("`{value}`"),
        Unexpected::Unsigned(value) => format!("`{value}`"),
        Unexpected::Float(value) => format!("`{value}`"),
        Unexpected::Str(value) => format!("`{value}`"),
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "settings".to_owned(),
        other => other.to_string(),
    }
}

impl serde::de::Error for Problem {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(format!("cannot be used: {message}"))
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = in_words(expected);
        let scalar = matches!(
            unexpected,
            Unexpected::Bool(_)
                | Unexpected::Signed(_)
                | Unexpected::Unsigned(_)
                | Unexpected::Float(_)
        );
        let hint = if scalar && expected == "text" {
            " in quotes"
        } else {
            ""
        };
        Self::new(format!(
            "must be {expected}{hint}, not {}",
            found(unexpected)
        ))
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!(
            "must be {}, not {}",
            in_words(expected),
            found(unexpected)
        ))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let suggestion = did_you_mean(variant, expected.iter().copied());
        Self::new(format!(
            "must be one of {}, not `{variant}`{suggestion}",
            expected.join(", ")
        ))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let mut problem = Self::unknown_key(field, expected);
        problem.path.push(field.to_owned());
        problem
    }

    fn missing_field(field: &'static str) -> Self {
        let mut problem = Self::new("is missing");
        problem.path.push(field.to_owned());
        problem
    }
}
