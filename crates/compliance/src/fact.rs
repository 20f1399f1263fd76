//! Facts: what was read, or why it could not be read.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One field of an observation: known, or absent because it was not read.
///
/// A known fact serialises as its value, so a configuration that does not exist is `null`
/// (`Fact<Option<T>>`). An unread fact is left out of the JSON; if the read was refused, the
/// observation's `unknown` map says why. Give every field of this type
/// `#[serde(default, skip_serializing_if = "Fact::is_unread")]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Fact<T> {
    /// The value that AWS answered.
    Known(T),
    /// Not read: refused, or not attempted.
    #[default]
    Unread,
}

impl<T> Fact<T> {
    /// Whether the field was not read.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        matches!(self, Self::Unread)
    }

    /// The value, if it was read.
    #[must_use]
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unread => None,
        }
    }
}

impl<T: Serialize> Serialize for Fact<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(value) => value.serialize(serializer),
            Self::Unread => serializer.serialize_none(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Fact<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::Known)
    }
}

/// Why a read was refused: which operation, and the error code that AWS gave.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// The API operation, such as `GetBucketPolicy`.
    pub operation: String,
    /// The error code, such as `AccessDenied`; never the message.
    pub code: String,
}

/// The fields of an observation that could not be read, by field name.
pub type Unknown = BTreeMap<String, Refusal>;

/// Takes the answer to one read: the value, or a note in `unknown` under the field's name.
pub fn read_or_note<T>(unknown: &mut Unknown, field: &str, answer: Result<T, Refusal>) -> Fact<T> {
    match answer {
        Ok(value) => Fact::Known(value),
        Err(refusal) => {
            unknown.insert(field.to_owned(), refusal);
            Fact::Unread
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Sample {
        #[serde(default, skip_serializing_if = "Fact::is_unread")]
        policy: Fact<Option<u8>>,
    }

    #[test]
    fn absent_null_and_known_are_three_different_things() {
        for (json, policy) in [
            ("{}", Fact::Unread),
            (r#"{"policy":null}"#, Fact::Known(None)),
            (r#"{"policy":7}"#, Fact::Known(Some(7))),
        ] {
            let sample: Sample = serde_json::from_str(json).unwrap();
            assert_eq!(sample, Sample { policy });
            assert_eq!(serde_json::to_string(&sample).unwrap(), json);
        }
    }

    #[test]
    fn a_refused_read_is_unread_and_named() {
        let mut unknown = Unknown::new();
        let refusal = Refusal {
            operation: "GetBucketAcl".into(),
            code: "AccessDenied".into(),
        };
        let fact: Fact<u8> = read_or_note(&mut unknown, "acl", Err(refusal.clone()));
        assert!(fact.is_unread());
        assert_eq!(unknown.get("acl"), Some(&refusal));
    }
}
