//! The detail of the event `orgsweep Run Changed`; `docs/NOTIFICATIONS.md` documents its shape.

use compliance::FindingChange;
use serde_json::{Value, json};

use super::change::{Change, tenths};

/// Numbers for programs: no resource is named.
pub(super) fn detail(change: &Change<'_>) -> Value {
    let summary = change.summary;
    json!({
        "run": summary.run,
        "status": summary.status,
        "coverage": {
            "percent": percent(tenths(summary)),
            "previous_percent": change.previous.map(|previous| percent(tenths(previous))),
            "worse": change.is_coverage_worse(),
        },
        "findings": {
            "opened": change.by_severity(FindingChange::Opened),
            "reopened": change.by_severity(FindingChange::Reopened),
            "resolved": change.by_severity(FindingChange::Resolved),
        },
        "suppressions_expiring": change.expiring.len(),
    })
}

fn percent(tenths: u64) -> f64 {
    audit::metrics::number(tenths) / 10.0
}
