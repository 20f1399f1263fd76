//! Coverage: which accounts and regions a run saw, which it did not, and why.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use compliance::{AccountId, Coverage, CoverageStatus, Region, Service};

use super::table::{counted, or_dash, table};

/// The ledger of a run: one line per account, then every scope that was not seen in full.
#[must_use]
pub fn in_words(rows: &[Coverage], width: Option<u16>) -> String {
    let mut text = accounts(rows, width);
    let incomplete = incomplete(rows, width);
    if !incomplete.is_empty() {
        let _infallible = write!(text, "\nNot seen, or not in full:\n\n{incomplete}");
    }
    text
}

/// How many scopes of an account ended how.
#[derive(Default)]
struct Tally<'a> {
    regions: Vec<&'a str>,
    resources: u64,
    statuses: BTreeMap<CoverageStatus, u64>,
}

fn accounts(rows: &[Coverage], width: Option<u16>) -> String {
    let mut accounts: BTreeMap<&AccountId, Tally<'_>> = BTreeMap::new();
    for row in rows {
        let tally = accounts.entry(&row.account).or_default();
        tally.resources += row.resources;
        *tally.statuses.entry(row.status).or_default() += 1;
        let seen = matches!(
            row.status,
            CoverageStatus::Complete | CoverageStatus::Partial
        );
        tally
            .regions
            .extend(row.region.as_ref().filter(|_| seen).map(Region::as_str));
    }
    let lines = accounts
        .into_iter()
        .map(|(account, tally)| account_line(account, tally));
    let header = ["ACCOUNT", "COVERAGE", "SCOPES", "REGIONS SEEN", "RESOURCES"];
    table(&header, lines.collect(), width)
}

fn account_line(account: &AccountId, mut tally: Tally<'_>) -> Vec<String> {
    tally.regions.sort_unstable();
    tally.regions.dedup();
    let scopes: Vec<String> = tally
        .statuses
        .iter()
        .map(|(status, count)| format!("{count} {}", status.as_str().to_lowercase()))
        .collect();
    vec![
        account.to_string(),
        overall(&tally.statuses).as_str().to_owned(),
        scopes.join(", "),
        or_dash(Some(&tally.regions.join(", "))),
        tally.resources.to_string(),
    ]
}

/// What was left out on purpose does not make an account partial.
fn overall(statuses: &BTreeMap<CoverageStatus, u64>) -> CoverageStatus {
    let any = |status| statuses.contains_key(&status);
    let seen = any(CoverageStatus::Complete) || any(CoverageStatus::Partial);
    let lacking = any(CoverageStatus::Partial) || any(CoverageStatus::Failed);
    match (seen, lacking) {
        (true, false) => CoverageStatus::Complete,
        (true, true) => CoverageStatus::Partial,
        (false, true) => CoverageStatus::Failed,
        (false, false) => CoverageStatus::Skipped,
    }
}

fn incomplete(rows: &[Coverage], width: Option<u16>) -> String {
    let lines: Vec<Vec<String>> = rows
        .iter()
        .filter(|row| row.status != CoverageStatus::Complete || !row.notes.is_empty())
        .map(scope_line)
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    let header = ["ACCOUNT", "REGION", "SERVICE", "COVERAGE", "WHY"];
    table(&header, lines, width)
}

fn scope_line(row: &Coverage) -> Vec<String> {
    vec![
        row.account.to_string(),
        or_dash(row.region.as_ref().map(Region::as_str)),
        or_dash(row.service.map(Service::as_str)),
        row.status.as_str().to_owned(),
        why(row),
    ]
}

/// The reason, the first gap, and what Security Hub did not take.
fn why(row: &Coverage) -> String {
    let gap = row.gaps.first().map(|gap| {
        let resource = or_dash(gap.resource.as_deref());
        let first = format!("{} {} {}", gap.operation, gap.code, resource);
        format!(
            "{}, first: {}",
            counted(row.gap_count, "gap"),
            first.trim_end_matches(" -")
        )
    });
    let parts: Vec<String> = row
        .reason
        .iter()
        .cloned()
        .chain(gap)
        .chain(row.notes.iter().cloned())
        .collect();
    or_dash(Some(&parts.join("; ")))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use compliance::Gap;

    fn account(id: &str) -> AccountId {
        id.parse().unwrap()
    }

    fn seen(id: &str, region: Option<&str>, service: Service) -> Coverage {
        let region: Option<Region> = region.map(|region| region.parse().unwrap());
        let mut row = Coverage::unseen(
            account(id),
            region,
            Some(service),
            CoverageStatus::Complete,
            "",
        );
        row.reason = None;
        row.resources = 3;
        row
    }

    /// A complete account, a partial one, one that refused us and a suspended one.
    pub(crate) fn sample() -> Vec<Coverage> {
        let mut partial = seen("222222222222", Some("eu-west-1"), Service::Kms);
        partial.status = CoverageStatus::Partial;
        partial.gap_count = 2;
        partial.gaps = vec![Gap {
            account: account("222222222222"),
            region: partial.region.clone(),
            service: Some(Service::Kms),
            resource: Some("arn:aws:kms:eu-west-1:222222222222:key/k".to_owned()),
            operation: "GetKeyPolicy".to_owned(),
            code: "AccessDeniedException".to_owned(),
        }];
        vec![
            seen("111111111111", None, Service::S3),
            seen("111111111111", Some("eu-west-1"), Service::Sg),
            seen("111111111111", Some("us-east-1"), Service::Sg),
            partial,
            Coverage::unseen(
                account("333333333333"),
                None,
                None,
                CoverageStatus::Failed,
                "AssumeRoleDenied: the audit role cannot be assumed",
            ),
            Coverage::unseen(
                account("444444444444"),
                None,
                None,
                CoverageStatus::Skipped,
                "account is SUSPENDED",
            ),
        ]
    }

    #[test]
    fn every_account_has_a_line_and_every_hole_its_reason() {
        insta::assert_snapshot!(in_words(&sample(), None));
    }

    #[test]
    fn a_complete_run_lists_no_holes() {
        let rows = [seen("111111111111", None, Service::S3)];
        assert!(!in_words(&rows, None).contains("Not seen"));
    }
}
