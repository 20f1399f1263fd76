//! The regions of an account: which it can use, and which it never opted into.

use compliance::Region;

use crate::{Error, Place, Session, answer};

/// A region as one account sees it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RegionStatus {
    /// The region.
    pub region: Region,
    /// Whether the account can use it.
    pub enabled: bool,
}

const OPERATION: &str = "DescribeRegions";

/// All regions of the session's account and partition, sorted. A region without an opt-in status
/// counts as enabled: were it not, its audit fails in plain sight, while a skipped one would be forgotten.
///
/// # Errors
///
/// `DescribeRegions` failed, or named something that is no region.
pub async fn of_account(session: &Session) -> Result<Vec<RegionStatus>, Error> {
    let result = crate::client!(aws_sdk_ec2, session.config())
        .describe_regions()
        .all_regions(true)
        .send()
        .await;
    let answered = answer::listed(OPERATION, &Place::account(&session.account), result)?;
    let mut regions = answered
        .regions()
        .iter()
        .map(|region| {
            let name = region.region_name().unwrap_or_default();
            Ok(RegionStatus {
                region: name
                    .parse()
                    .map_err(|error: compliance::Error| Error::malformed(OPERATION, error))?,
                enabled: region.opt_in_status() != Some("not-opted-in"),
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    regions.sort();
    Ok(regions)
}
