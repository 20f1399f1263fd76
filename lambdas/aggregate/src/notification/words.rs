//! The phrases that text and HTML share, before either escapes them.

use std::collections::BTreeMap;

use compliance::{Finding, Severity, SuppressionNotice};

use super::change::{Change, percent, scopes, tenths};

/// Characters of a reason that are told.
const LONGEST_REASON: usize = 300;

/// Reasons for a run not to be complete that are told.
pub(super) const MOST_REASONS: usize = 5;

/// Suppressions that are told.
pub(super) const MOST_SUPPRESSIONS: usize = 10;

/// `Run ... ended PARTIAL.`
pub(super) fn headline(change: &Change<'_>) -> String {
    let summary = change.summary;
    format!("Run {} ended {}.", summary.run.id, summary.status.as_str())
}

/// `Coverage: 97.4 % of 312 scopes were seen completely (before: 99.1 %).`
pub(super) fn coverage(change: &Change<'_>) -> String {
    let now = percent(tenths(change.summary));
    let before = change.previous.map_or_else(String::new, |previous| {
        format!(" (before: {})", percent(tenths(previous)))
    });
    let scopes = scopes(change.summary);
    format!("{now} of {scopes} scopes were seen completely{before}.")
}

/// Counts by severity, the worst first: `1 CRITICAL, 13 MEDIUM`.
pub(super) fn counts(counts: &BTreeMap<Severity, u64>) -> String {
    let present = Severity::WORST_FIRST.into_iter().filter_map(|severity| {
        let count = counts.get(&severity).filter(|count| **count > 0)?;
        Some(format!("{count} {severity}"))
    });
    let present: Vec<String> = present.collect();
    if present.is_empty() {
        return "none".to_owned();
    }
    present.join(", ")
}

/// Where a finding is.
pub(super) fn place(finding: &Finding) -> String {
    let verdict = &finding.verdict;
    format!("account {}, {}", verdict.account, verdict.region)
}

/// A text, or its beginning and a mark.
pub(super) fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST_REASON {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LONGEST_REASON).collect();
    format!("{} ...", kept.trim_end())
}

/// `scratch-buckets until 2026-11-27, accepted by ...`
pub(super) fn suppression(notice: &SuppressionNotice) -> String {
    let SuppressionNotice { id, owner, expires } = notice;
    let day = expires.strftime("%Y-%m-%d");
    format!("{id} until {day}, accepted by {owner}")
}

/// How many of a list are not named.
pub(super) fn more(all: usize, most: usize) -> Option<String> {
    let more = all.saturating_sub(most);
    (more > 0).then(|| format!("and {more} more"))
}
