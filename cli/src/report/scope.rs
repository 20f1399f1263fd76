//! Scopes one by one, as `orgsweep coverage` prints them a page at a time.

use std::collections::BTreeMap;

use compliance::{Coverage, Region, Service};

use super::coverage::why;
use super::table::or_dash;
use crate::output::Row;

impl Row for Coverage {
    const HEADER: &'static [&'static str] = &[
        "ACCOUNT",
        "NAME",
        "REGION",
        "SERVICE",
        "COVERAGE",
        "RESOURCES",
        "PASSED",
        "FAILED",
        "SUPPRESSED",
        "NOT AVAILABLE",
        "GAPS",
        "WHY",
    ];

    fn cells(&self) -> Vec<String> {
        let sum = |counts: &BTreeMap<_, u64>| counts.values().sum::<u64>().to_string();
        vec![
            self.account.to_string(),
            or_dash(Some(&self.account_name)),
            or_dash(self.region.as_ref().map(Region::as_str)),
            or_dash(self.service.map(Service::as_str)),
            self.status.as_str().to_owned(),
            self.resources.to_string(),
            sum(&self.passed),
            sum(&self.failed),
            sum(&self.suppressed),
            sum(&self.not_available),
            self.gap_count.to_string(),
            why(self),
        ]
    }
}
