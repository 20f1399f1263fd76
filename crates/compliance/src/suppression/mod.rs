//! Suppressions: failures that somebody accepts for a limited time, with a reason. Pure.

mod moment;
mod pattern;
mod record;
mod set;

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::moment::parse as parse_moment;
pub use self::pattern::Pattern;
pub use self::record::{SuppressionRecord, SuppressionSource, SuppressionStatus};
pub use self::set::Suppressions;
use crate::{ControlId, Error, Verdict};

/// The id of a suppression: 1 to 64 of `a-z`, `0-9` and `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SuppressionId(String);

impl SuppressionId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SuppressionId {
    type Error = Error;

    fn try_from(value: String) -> Result<Self, Error> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if (1..=64).contains(&value.len()) && value.bytes().all(plain) {
            Ok(Self(value))
        } else {
            Err(Error::SuppressionId { value })
        }
    }
}

impl FromStr for SuppressionId {
    type Err = Error;

    fn from_str(value: &str) -> Result<Self, Error> {
        Self::try_from(value.to_owned())
    }
}

impl From<SuppressionId> for String {
    fn from(id: SuppressionId) -> Self {
        id.0
    }
}

impl fmt::Display for SuppressionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An accepted failure. A value of this type keeps the rules: it says why and who, it ends within a year, and it
/// is about something in particular. The form is that of the key `suppressions` of a configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Draft", into = "Draft")]
#[schemars(with = "Draft")]
pub struct Suppression(Draft);

/// A suppression as it is written, before its rules are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Suppression")]
pub struct Draft {
    /// Its id, never used again.
    pub id: SuppressionId,
    /// Which controls.
    pub control: Pattern,
    /// Which accounts.
    pub account: Pattern,
    /// Which resources, by ARN (`AWS::::Account:<id>` for an account itself).
    pub resource: Pattern,
    /// Why the failure is accepted, at most 500 characters.
    #[schemars(length(max = 500), regex(pattern = r"\S"))]
    pub reason: String,
    /// Who answers for that, at most 128 characters.
    #[schemars(length(max = 128), regex(pattern = r"\S"))]
    pub owner: String,
    /// When it was made: a day (its start in UTC) or a time. It is not in force before.
    #[serde(with = "moment")]
    #[schemars(with = "moment::Written")]
    pub created: Timestamp,
    /// When it ends: a day (its start in UTC) or a time, at most a year after it was made.
    #[serde(with = "moment")]
    #[schemars(with = "moment::Written")]
    pub expires: Timestamp,
}

/// Characters of a reason.
const MOST_REASON: usize = 500;
/// Characters of an owner.
const MOST_OWNER: usize = 128;
/// ARNs of each kind of resource, with names that nobody writes.
const EVERY_KIND: [&str; 3] = [
    "arn:aws:s3:::\u{1}",
    "arn:aws:kms:\u{1}:\u{1}:key/\u{1}",
    "arn:aws:ec2:\u{1}:\u{1}:security-group/\u{1}",
];

impl TryFrom<Draft> for Suppression {
    type Error = Error;

    /// # Errors
    ///
    /// [`Error::Suppression`], naming the suppression and the rule that it breaks.
    fn try_from(draft: Draft) -> Result<Self, Error> {
        match draft.problem() {
            None => Ok(Self(draft)),
            Some(problem) => Err(Error::Suppression {
                id: draft.id.to_string(),
                problem,
            }),
        }
    }
}

impl From<Suppression> for Draft {
    fn from(suppression: Suppression) -> Self {
        suppression.0
    }
}

impl Draft {
    /// The first rule that it breaks.
    fn problem(&self) -> Option<String> {
        let text = |name: &str, text: &str, most: usize| {
            if text.trim().is_empty() {
                Some(format!("`{name}` is empty"))
            } else {
                (text.chars().count() > most)
                    .then(|| format!("`{name}` is longer than {most} characters"))
            }
        };
        text("reason", &self.reason, MOST_REASON)
            .or_else(|| text("owner", &self.owner, MOST_OWNER))
            .or_else(|| self.problem_of_patterns())
            .or_else(|| self.problem_of_time())
    }

    fn problem_of_patterns(&self) -> Option<String> {
        let Self {
            control,
            account,
            resource,
            ..
        } = self;
        let digits = account.as_str().bytes().filter(u8::is_ascii_digit).count();
        let stars = account.as_str().matches('*').count();
        if digits + stars != account.as_str().len() || digits > 12 || (stars == 0 && digits != 12) {
            return Some(format!(
                "`account` can match no account: `{account}` is not twelve digits, some of them `*`"
            ));
        }
        if !resource.is_everything() && EVERY_KIND.iter().all(|arn| resource.matches(arn)) {
            return Some(format!(
                "`resource` matches everything without saying so: write `*` for `{resource}`"
            ));
        }
        [control, account, resource]
            .iter()
            .all(|pattern| pattern.is_everything())
            .then(|| "it accepts everything: name a control, an account or a resource".to_owned())
    }

    fn problem_of_time(&self) -> Option<String> {
        let Self {
            created, expires, ..
        } = self;
        if expires <= created {
            return Some(format!(
                "it expires ({expires}) before it is made ({created})"
            ));
        }
        let latest = moment::a_year_after(*created)?;
        (*expires > latest).then(|| {
            format!("it expires {expires}, more than a year after it is made: at most {latest}")
        })
    }
}

impl Suppression {
    /// How long before its end a suppression is told.
    pub const NOTICE_HOURS: i64 = 14 * 24;

    /// What it says.
    #[must_use]
    pub fn says(&self) -> &Draft {
        &self.0
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &SuppressionId {
        &self.0.id
    }

    /// Whether it is about this verdict, whenever that was.
    #[must_use]
    pub fn matches(&self, verdict: &Verdict) -> bool {
        self.0.control.matches(verdict.control.as_str())
            && self.0.account.matches(verdict.account.as_str())
            && self.0.resource.matches(&verdict.resource)
    }

    /// Holds the control pattern against a catalogue.
    ///
    /// # Errors
    ///
    /// [`Error::Suppression`] if it names no control, or all of them without saying `*`.
    pub fn check_controls<'a>(
        &self,
        controls: impl Iterator<Item = &'a ControlId>,
    ) -> Result<(), Error> {
        let control = &self.0.control;
        let (matched, missed): (Vec<bool>, Vec<bool>) = controls
            .map(|id| control.matches(id.as_str()))
            .partition(|matches| *matches);
        let problem = if matched.is_empty() {
            format!("there is no control `{control}` in the catalogue")
        } else if missed.is_empty() && !control.is_everything() {
            format!("`control` matches everything without saying so: write `*` for `{control}`")
        } else {
            return Ok(());
        };
        Err(Error::Suppression {
            id: self.id().to_string(),
            problem,
        })
    }
}

#[cfg(test)]
#[path = "suppression_test.rs"]
mod tests;
