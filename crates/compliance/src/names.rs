//! Validated names: a value of one of these types has the form that AWS documents for it.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Error;

/// Defines a string that was validated when it was made.
macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $valid:path) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as AWS writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = Error;

            fn try_from(value: String) -> Result<Self, Error> {
                if $valid(&value) { Ok(Self(value)) } else { Err(Error::$name { value }) }
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(value: &str) -> Result<Self, Error> {
                Self::try_from(value.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(
    /// An AWS account id: twelve digits (AWS Account Management, "View AWS account identifiers").
    AccountId,
    is_account_id
);
name!(
    /// A region code such as `eu-west-1` or `us-gov-west-1`.
    Region,
    is_region
);
name!(
    /// A partition: `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`, ... Taken from the caller's identity, never assumed.
    Partition,
    is_partition
);
name!(
    /// The id of a control: Security Hub's where the statement is the same (`S3.8`), else ours (`SK-001`).
    ControlId,
    is_control_id
);
name!(
    /// The id of a run; its text sorts by the start time of the run.
    RunId,
    is_run_id
);

fn is_account_id(value: &str) -> bool {
    value.len() == 12 && value.bytes().all(|b| b.is_ascii_digit())
}

fn is_region(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    let word = |s: &&str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase());
    match parts.as_slice() {
        [words @ .., number] => {
            words.len() >= 2
                && words.iter().all(word)
                && !number.is_empty()
                && number.bytes().all(|b| b.is_ascii_digit())
        }
        [] => false,
    }
}

fn is_partition(value: &str) -> bool {
    value == "aws"
        || value.strip_prefix("aws-").is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        })
}

fn is_control_id(value: &str) -> bool {
    let Some((prefix, number)) = value.split_once(['.', '-']) else {
        return false;
    };
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-' || b == b'.';
    value.len() <= 64
        && prefix.starts_with(|c: char| c.is_ascii_alphabetic())
        && prefix
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !number.is_empty()
        && number.bytes().all(plain)
}

fn is_run_id(value: &str) -> bool {
    let Some((time, suffix)) = value.split_once('-') else {
        return false;
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let Some((date, clock)) = time.split_once('T') else {
        return false;
    };
    let clock = clock.strip_suffix('Z').unwrap_or_default();
    date.len() == 8
        && clock.len() == 9
        && digits(date)
        && digits(clock)
        && suffix.len() == 8
        && suffix.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A service whose resources orgsweep audits; with account and region it makes a scope.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// S3: one scope per account, because buckets are listed once.
    S3,
    /// KMS keys: one scope per account and region.
    Kms,
    /// EC2 security groups: one scope per account and region.
    Sg,
}

impl Service {
    /// All services, in the order in which a run audits them.
    pub const ALL: [Self; 3] = [Self::S3, Self::Kms, Self::Sg];

    /// The name used in inputs, keys and reports: `s3`, `kms`, `sg`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Kms => "kms",
            Self::Sg => "sg",
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Service {
    type Err = Error;

    fn from_str(value: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|service| service.as_str() == value)
            .ok_or_else(|| Error::Service {
                value: value.to_owned(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_id_is_twelve_digits() {
        assert!("012345678901".parse::<AccountId>().is_ok());
        for bad in [
            "",
            "12345678901",
            "1234567890123",
            "12345678901a",
            "١٢٣٤٥٦٧٨٩٠١٢",
        ] {
            assert!(bad.parse::<AccountId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn regions_of_every_partition_are_names() {
        for good in [
            "eu-west-1",
            "us-gov-west-1",
            "cn-north-1",
            "us-iso-east-1",
            "eusc-de-east-1",
        ] {
            assert!(good.parse::<Region>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "global",
            "us-east",
            "US-EAST-1",
            "us-east-1a",
            "us--east-1",
        ] {
            assert!(bad.parse::<Region>().is_err(), "{bad}");
        }
    }

    #[test]
    fn control_ids_follow_security_hub_or_our_own_form() {
        for good in ["S3.8", "EC2.53", "SK-001", "SG-P01", "ACME.7"] {
            assert!(good.parse::<ControlId>().is_ok(), "{good}");
        }
        for bad in ["", "S3", "S3.", ".8", "S3.8/x", "S3#8"] {
            assert!(bad.parse::<ControlId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_bad_name_is_refused_when_it_is_read_from_json() {
        let error = serde_json::from_str::<AccountId>("\"abc\"")
            .unwrap_err()
            .to_string();
        assert!(error.contains("`abc` is not an account id"), "{error}");
    }
}
