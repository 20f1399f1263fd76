//! The input of an execution: what to sweep. `{}` sweeps everything; a denial always wins.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{AccountId, Error, Region, Service};

/// Include and exclude lists; an empty include list includes all, and exclude wins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "FilterOf{T}")]
#[serde(
    deny_unknown_fields,
    default,
    bound(deserialize = "T: Ord + Deserialize<'de>")
)]
pub struct Filter<T: Ord> {
    /// Only these; all, if empty.
    pub include: BTreeSet<T>,
    /// Never these.
    pub exclude: BTreeSet<T>,
}

impl<T: Ord> Default for Filter<T> {
    fn default() -> Self {
        Self {
            include: BTreeSet::new(),
            exclude: BTreeSet::new(),
        }
    }
}

impl<T: Ord> Filter<T> {
    /// Whether the filter says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Whether `value` is in: not excluded, and included unless the include list is empty.
    #[must_use]
    pub fn admits(&self, value: &T) -> bool {
        !self.exclude.contains(value) && (self.include.is_empty() || self.include.contains(value))
    }
}

/// Account tags to include and exclude: tag key to values; an empty list of values means any value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TagFilter {
    /// Accounts that carry one of these tags; all, if empty.
    pub include: BTreeMap<String, BTreeSet<String>>,
    /// Accounts that carry one of these tags are left out.
    pub exclude: BTreeMap<String, BTreeSet<String>>,
}

impl TagFilter {
    /// Whether the filter says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }
}

/// The id of an organizational unit (`ou-ab12-cdefgh34`) or root (`r-ab12`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganizationalUnitId(String);

impl OrganizationalUnitId {
    /// The id as AWS writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for OrganizationalUnitId {
    type Error = Error;

    /// AWS Organizations API, `OrganizationalUnit.Id` and `Root.Id`: `^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$`, `^r-[0-9a-z]{4,32}$`.
    fn try_from(value: String) -> Result<Self, Error> {
        let plain = |s: &str, least: usize| {
            (least..=32).contains(&s.len())
                && s.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        let valid = match value.split('-').collect::<Vec<_>>().as_slice() {
            ["ou", root, unit] => plain(root, 4) && plain(unit, 8),
            ["r", root] => plain(root, 4),
            _ => false,
        };
        if valid {
            Ok(Self(value))
        } else {
            Err(Error::OrganizationalUnit { value })
        }
    }
}

impl From<OrganizationalUnitId> for String {
    fn from(id: OrganizationalUnitId) -> Self {
        id.0
    }
}

/// The input of an execution. Unknown fields are an error.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Sweep {
    /// Accounts.
    pub accounts: Filter<AccountId>,
    /// Organizational units, each with everything below it.
    pub organizational_units: Filter<OrganizationalUnitId>,
    /// Account tags.
    pub account_tags: TagFilter,
    /// Regions.
    pub regions: Filter<Region>,
    /// Services; all, if empty.
    pub services: BTreeSet<Service>,
}

impl Sweep {
    /// The services to audit, in order.
    #[must_use]
    pub fn services(&self) -> Vec<Service> {
        Service::ALL
            .into_iter()
            .filter(|s| self.services.is_empty() || self.services.contains(s))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_input_sweeps_everything() {
        let sweep: Sweep = serde_json::from_str("{}").unwrap();
        assert_eq!(sweep.services(), Service::ALL);
        assert!(sweep.accounts.admits(&"111122223333".parse().unwrap()));
    }

    #[test]
    fn exclude_wins_over_include() {
        let filter: Filter<u8> = Filter {
            include: [1, 2].into(),
            exclude: [2].into(),
        };
        assert!(filter.admits(&1));
        assert!(!filter.admits(&2));
        assert!(!filter.admits(&3));
    }

    #[test]
    fn an_unknown_field_is_named() {
        let error = serde_json::from_str::<Sweep>(r#"{"acounts":{}}"#)
            .unwrap_err()
            .to_string();
        assert!(error.contains("acounts"), "{error}");
    }

    #[test]
    fn a_malformed_id_is_named() {
        for (json, named) in [
            (
                r#"{"accounts":{"include":["123"]}}"#,
                "`123` is not an account id",
            ),
            (
                r#"{"regions":{"exclude":["mars"]}}"#,
                "`mars` is not a region",
            ),
            (
                r#"{"organizational_units":{"include":["ou-1"]}}"#,
                "`ou-1` is not an organizational unit",
            ),
            (r#"{"services":["rds"]}"#, "rds"),
        ] {
            let error = serde_json::from_str::<Sweep>(json).unwrap_err().to_string();
            assert!(error.contains(named), "{error}");
        }
    }
}
