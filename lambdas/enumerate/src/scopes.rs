//! Which regions of an account are audited, and why the others are not. Pure.

use std::collections::BTreeSet;

use aws::regions::RegionStatus;
use compliance::payload::SkippedRegion;
use compliance::sweep::Filter;
use compliance::{AccountId, Region};

use crate::Error;

/// The regions of an account.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Regions {
    /// Those to audit, in the order given.
    pub wanted: Vec<Region>,
    /// Those left out, each with its reason.
    pub skipped: Vec<SkippedRegion>,
}

impl Regions {
    /// Sorts an account's regions by the input.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownRegion`] for a region to be included that the account does not know,
    /// [`Error::NoRegions`] when none is left.
    pub fn sorted(
        account: &AccountId,
        filter: &Filter<Region>,
        regions: Vec<RegionStatus>,
    ) -> Result<Self, Error> {
        let known: BTreeSet<&Region> = regions.iter().map(|status| &status.region).collect();
        if let Some(region) = filter.include.iter().find(|region| !known.contains(region)) {
            return Err(Error::UnknownRegion {
                account: account.clone(),
                region: region.clone(),
            });
        }
        let mut sorted = Self::default();
        for RegionStatus { region, enabled } in regions {
            let reason = if !filter.admits(&region) {
                "left out by the input"
            } else if !enabled {
                "the account has not opted in"
            } else {
                sorted.wanted.push(region);
                continue;
            };
            sorted.skipped.push(SkippedRegion {
                region,
                reason: reason.to_owned(),
            });
        }
        if sorted.wanted.is_empty() {
            return Err(Error::NoRegions {
                account: account.clone(),
            });
        }
        Ok(sorted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(filter: &str) -> Result<Regions, Error> {
        let regions = [
            ("eu-west-1", true),
            ("me-south-1", false),
            ("us-east-1", true),
        ]
        .into_iter()
        .map(|(region, enabled)| RegionStatus {
            region: region.parse().unwrap(),
            enabled,
        })
        .collect();
        let filter: Filter<Region> = serde_json::from_str(filter).unwrap();
        Regions::sorted(&"111122223333".parse().unwrap(), &filter, regions)
    }

    fn names(filter: &str) -> (Vec<String>, Vec<(String, String)>) {
        let regions = sorted(filter).unwrap();
        let skipped = regions.skipped.into_iter();
        (
            regions.wanted.into_iter().map(String::from).collect(),
            skipped
                .map(|skipped| (skipped.region.into(), skipped.reason))
                .collect(),
        )
    }

    #[test]
    fn enabled_regions_are_wanted_and_others_recorded() {
        let (wanted, skipped) = names("{}");
        assert_eq!(wanted, ["eu-west-1", "us-east-1"]);
        assert_eq!(
            skipped,
            [("me-south-1".into(), "the account has not opted in".into())]
        );
    }

    #[test]
    fn regions_are_included_and_excluded() {
        let (wanted, skipped) =
            names(r#"{"include":["eu-west-1","us-east-1"],"exclude":["us-east-1"]}"#);
        assert_eq!(wanted, ["eu-west-1"]);
        assert_eq!(skipped.len(), 2);
        assert!(
            skipped
                .iter()
                .all(|(_, reason)| reason == "left out by the input")
        );
    }

    #[test]
    fn no_region_and_an_unknown_region_are_errors() {
        let error = sorted(r#"{"include":["me-south-1"]}"#).unwrap_err();
        assert!(matches!(error, Error::NoRegions { .. }), "{error}");
        let error = sorted(r#"{"include":["eu-west-1","eu-west-9"]}"#).unwrap_err();
        assert!(error.to_string().contains("`eu-west-9`"), "{error}");
    }
}
