//! Pages of an answer, and the token that leads to the next one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Items of an answer, and how to get those after them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<Token>,
    /// How many items come after, if that was counted.
    pub left_out: Option<LeftOut>,
}

impl<T> Page<T> {
    /// A page that is the whole answer.
    #[must_use]
    pub fn whole(items: Vec<T>) -> Self {
        Self {
            items,
            next: None,
            left_out: None,
        }
    }

    /// The page with its items changed.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(change).collect(),
            next: self.next,
            left_out: self.left_out,
        }
    }
}

/// How many items an answer leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// So many.
    pub count: u64,
    /// Or more: counting ended here.
    pub or_more: bool,
}

/// Where a page begins: after the item with this sort key and id. Opaque to whoever passes it on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Token(Position);

/// What a token holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Position {
    /// Which part of the answer.
    pub(crate) segment: usize,
    /// The sort key in it.
    pub(crate) sort: String,
    /// Tells items with one sort key apart.
    pub(crate) id: String,
}

/// A token that none of our answers held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a token of an answer: give the one that the last page ended with, whole")]
pub struct NotAToken;

impl Token {
    /// The token of an answer that is sorted by these two.
    #[must_use]
    pub fn after(sort: &str, id: &str) -> Self {
        Self::new(0, sort, id)
    }

    pub(crate) fn new(segment: usize, sort: impl Into<String>, id: impl Into<String>) -> Self {
        let (sort, id) = (sort.into(), id.into());
        Self(Position { segment, sort, id })
    }

    pub(crate) fn position(&self) -> &Position {
        &self.0
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { segment, sort, id } = &self.0;
        let text = format!("{segment}\n{sort}\n{id}");
        text.bytes().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl From<Token> for String {
    fn from(token: Token) -> Self {
        token.to_string()
    }
}

impl TryFrom<String> for Token {
    type Error = NotAToken;

    fn try_from(text: String) -> Result<Self, NotAToken> {
        text.parse()
    }
}

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let digits = text.as_bytes();
        let byte = |pair: &[u8]| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        };
        let bytes: Option<Vec<u8>> = digits.chunks(2).map(byte).collect();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let text = text.ok_or(NotAToken)?;
        let mut parts = text.splitn(3, '\n');
        let (segment, sort, id) = (parts.next(), parts.next(), parts.next());
        match (segment.and_then(|number| number.parse().ok()), sort, id) {
            (Some(segment), Some(sort), Some(id)) => Ok(Self::new(segment, sort, id)),
            _ => Err(NotAToken),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_back_to_where_it_was_given() {
        let token = Token::new(3, "1#2026-11-20T14:04:33.000Z#a", "111122223333/é");
        assert_eq!(token.to_string().parse(), Ok(token));
    }

    #[test]
    fn anything_else_is_no_token() {
        for text in ["", "zz", "123", "31", "310a31", "ff0a0a", "+1"] {
            assert_eq!(text.parse::<Token>(), Err(NotAToken), "{text}");
        }
    }
}
