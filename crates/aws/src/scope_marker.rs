//! The marker of a scope, in the findings table beside its findings: which run writes it, and when it was last seen.
//!
//! Its place is `scope#{region|global}#{service}`. `changed_in` and `run_started_at` name the newest run that writes
//! the scope: what [`crate::findings_write`] makes every write depend on. The other attributes tell how old the
//! scope's findings may be.

use compliance::{AccountId, CoverageStatus, Region, RunId, Service};
use jiff::Timestamp;

use crate::Error;
use crate::attribute::{Item, text};
use crate::finding_item::{self, Fields};
use crate::tables::FINDINGS;

/// The start of the places of an account's markers.
pub(crate) const MARKERS: &str = "scope#";

/// How a scope was last looked at.
///
/// The findings of a scope are as old as `complete_at` where `status` is not COMPLETE: nothing was resolved since,
/// and what the last look did not reach stands as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeMarker {
    /// The account.
    pub account: AccountId,
    /// The region; `None` for S3, whose scope is the account.
    pub region: Option<Region>,
    /// The service.
    pub service: Service,
    /// The newest run that wanted to see it.
    pub looked_in: RunId,
    /// The start of that run.
    pub looked_at: Timestamp,
    /// How much of it that run saw.
    pub status: CoverageStatus,
    /// The newest run that saw all of it; `None` if none ever has.
    pub complete_in: Option<RunId>,
    /// The start of that run.
    pub complete_at: Option<Timestamp>,
}

impl ScopeMarker {
    /// Since when the findings of the scope are stale: the last complete look, unless it is the newest look.
    ///
    /// The inner value is `None` for a scope that was never seen completely.
    #[must_use]
    pub fn stale_since(&self) -> Option<Option<Timestamp>> {
        (self.status != CoverageStatus::Complete).then_some(self.complete_at)
    }
}

/// The place of a scope's marker.
pub(crate) fn place(region: Option<&Region>, service: Service) -> String {
    let scope = finding_item::scope_prefix(region, service);
    format!("{MARKERS}{}", scope.trim_end_matches('#'))
}

/// The key of a scope's marker.
pub(crate) fn key(account: &AccountId, region: Option<&Region>, service: Service) -> Item {
    Item::from([
        (FINDINGS.key.partition.to_owned(), text(account.as_str())),
        (FINDINGS.key.sort.to_owned(), text(place(region, service))),
    ])
}

/// The marker of an item; `None` for one that no run has finished looking at.
///
/// # Errors
///
/// [`Error::Unreadable`] when an attribute is not what we write.
pub(crate) fn parse(item: &Item) -> Result<Option<ScopeMarker>, Error> {
    let fields = Fields(item);
    let Some(looked_in) = fields.optional("looked_in")? else {
        return Ok(None);
    };
    let place: String = fields.required(FINDINGS.key.sort)?;
    let mut names = place.split('#').skip(1);
    let region = names.next().filter(|region| *region != "global");
    let service = names.next().unwrap_or_default();
    Ok(Some(ScopeMarker {
        account: fields.required(FINDINGS.key.partition)?,
        region: region
            .map(|region| fields.read("region", region))
            .transpose()?,
        service: fields.read("service", service)?,
        looked_in,
        looked_at: fields.required("looked_at")?,
        status: fields.required("status")?,
        complete_in: fields.optional("complete_in")?,
        complete_at: fields.optional("complete_at")?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(place: &str, status: &str, complete: bool) -> Item {
        let mut item = Item::from([
            ("account".to_owned(), text("111122223333")),
            ("place".to_owned(), text(place)),
            ("looked_in".to_owned(), text("20261121T000000000Z-1a2b3c4d")),
            ("looked_at".to_owned(), text("2026-11-21T00:00:00.000Z")),
            ("status".to_owned(), text(status)),
        ]);
        if complete {
            item.insert(
                "complete_in".to_owned(),
                text("20261120T000000000Z-1a2b3c4d"),
            );
            item.insert("complete_at".to_owned(), text("2026-11-20T00:00:00.000Z"));
        }
        item
    }

    #[test]
    fn a_scope_that_was_seen_completely_is_not_stale() {
        let marker = parse(&item("scope#eu-west-1#kms", "COMPLETE", true))
            .unwrap()
            .unwrap();
        assert_eq!(marker.region, Some("eu-west-1".parse().unwrap()));
        assert_eq!((marker.service, marker.stale_since()), (Service::Kms, None));
    }

    #[test]
    fn a_scope_that_failed_is_stale_since_the_last_complete_look() {
        let marker = parse(&item("scope#global#s3", "FAILED", true))
            .unwrap()
            .unwrap();
        let complete = "2026-11-20T00:00:00Z".parse().unwrap();
        assert_eq!((marker.region.clone(), marker.service), (None, Service::S3));
        assert_eq!(marker.stale_since(), Some(Some(complete)));
        let never = parse(&item("scope#global#s3", "PARTIAL", false))
            .unwrap()
            .unwrap();
        assert_eq!(never.stale_since(), Some(None));
    }

    #[test]
    fn a_marker_that_nobody_finished_tells_nothing() {
        let mut begun = item("scope#global#s3", "COMPLETE", false);
        begun.remove("looked_in");
        assert_eq!(parse(&begun).unwrap(), None);
    }
}
