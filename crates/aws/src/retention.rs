//! How long the tables keep what is over.

use std::str::FromStr;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};

/// Days for which resolved findings, rows of runs and suppressions that are over are kept. DynamoDB deletes an item
/// within a few days after (DynamoDB, "Time to Live").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention(u16);

impl Retention {
    /// When something is deleted that was over at `end`: seconds since 1970.
    pub(crate) fn expiry(self, end: Timestamp) -> AttributeValue {
        let kept = SignedDuration::from_hours(24 * i64::from(self.0));
        let expiry = end.as_second().saturating_add(kept.as_secs());
        AttributeValue::N(expiry.to_string())
    }
}

/// 400 days: last year's run is still there to be compared with.
impl Default for Retention {
    fn default() -> Self {
        Self(400)
    }
}

/// A number of days that is none, or that keeps nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is not a retention: expected 1 to 3650 days")]
pub struct NotARetention {
    value: String,
}

impl FromStr for Retention {
    type Err = NotARetention;

    fn from_str(value: &str) -> Result<Self, NotARetention> {
        let days = value.parse().ok().filter(|days| (1..=3650).contains(days));
        days.map(Self).ok_or_else(|| NotARetention {
            value: value.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_is_kept_for_days() {
        let kept: Retention = "30".parse().unwrap();
        let end = Timestamp::from_second(1_000_000).unwrap();
        assert_eq!(kept.expiry(end), AttributeValue::N("3592000".into()));
        for bad in ["", "0", "3651", "-1", "a year"] {
            assert!(bad.parse::<Retention>().is_err(), "{bad}");
        }
    }
}
