//! When Security Hub is reminded of a finding that did not change. Pure.

use compliance::{Finding, Run};

use crate::tables;

/// Whether Security Hub does not know the finding, or would forget it before the next runs: it deletes
/// findings 90 days after their last update (Security Hub User Guide, "Reviewing finding details and
/// history"). The day is spread by id, so that not all findings are due in the same run.
pub(crate) fn is_due(run: &Run, finding: &Finding) -> bool {
    let Some(imported_at) = finding.imported_at else {
        return true;
    };
    let spread = i64::from(tables::shard(finding.id.as_str())) * SPREAD_HOURS;
    let age = run.started_at.duration_since(imported_at).as_hours();
    age >= REFRESH_HOURS + spread
}

/// A finding is imported again after 60 days, ...
const REFRESH_HOURS: i64 = 60 * 24;
/// ... and up to 18 days later: some 60 hours for each of the shards.
const SPREAD_HOURS: i64 = 60;
