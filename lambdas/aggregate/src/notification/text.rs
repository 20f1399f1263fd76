//! The message as plain text.

use compliance::FindingChange;

use super::change::Change;
use super::words::{
    MOST_REASONS, MOST_SUPPRESSIONS, counts, coverage, cut, headline, more, place, suppression,
};

/// The message: coverage, new findings, the worst of them, resolved ones, suppressions that end.
pub(super) fn text(change: &Change<'_>) -> String {
    let mut lines = vec![headline(change), format!("Coverage: {}", coverage(change))];
    let reasons = &change.summary.reasons;
    lines.extend(
        reasons
            .iter()
            .take(MOST_REASONS)
            .map(|reason| format!("  {}", cut(reason))),
    );
    lines.extend(more(reasons.len(), MOST_REASONS).map(|more| format!("  {more}")));
    lines.push(String::new());
    lines.push(format!("New findings: {}", counts(&change.risen())));
    for finding in change.worst {
        let verdict = &finding.verdict;
        lines.push(format!(
            "  {} {} {}",
            verdict.severity, verdict.control, verdict.resource
        ));
        lines.push(format!("    {}: {}", place(finding), cut(&verdict.reason)));
    }
    let resolved = change.by_severity(FindingChange::Resolved);
    lines.push(format!("Resolved: {}", counts(&resolved)));
    if !change.expiring.is_empty() {
        lines.push("Suppressions that end soon:".to_owned());
    }
    let soon = change.expiring.iter().take(MOST_SUPPRESSIONS);
    lines.extend(soon.map(|it| format!("  {}", cut(&suppression(it)))));
    let rest = more(change.expiring.len(), MOST_SUPPRESSIONS);
    lines.extend(rest.map(|more| format!("  {more}")));
    lines.push(String::new());
    lines.push("`orgsweep findings` and `orgsweep coverage` tell the rest.".to_owned());
    lines.join("\n")
}
