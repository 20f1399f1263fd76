//! Coverage: which accounts and regions a run saw, which it did not, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use compliance::{AccountId, Coverage, CoverageStatus, Region, Service};

use super::table::{counted, or_dash, table};

/// Names that are listed one by one; of more, the first and the number of the others are told.
const MOST_NAMES: usize = 4;
/// Notes that are told one by one.
const MOST_NOTES: usize = 4;

/// The ledger of a run: one line per account, then what was not seen in full and why, then what was
/// left out on purpose, then the notes: what Security Hub did not take, which custom policies were not used.
#[must_use]
pub fn in_words(rows: &[Coverage], width: Option<u16>) -> String {
    let mut text = accounts(rows, width);
    let parts = [
        ("Not seen, or not in full", holes(rows, width)),
        ("Left out on purpose", left_out(rows, width)),
        ("Notes", notes(rows)),
    ];
    for (heading, part) in parts {
        if !part.is_empty() {
            let _infallible = write!(text, "\n{heading}:\n\n{part}");
        }
    }
    text
}

/// How the scopes of an account ended.
#[derive(Default)]
struct Tally<'a> {
    name: &'a str,
    regions: BTreeSet<&'a str>,
    resources: u64,
    statuses: BTreeMap<CoverageStatus, u64>,
}

impl<'a> Tally<'a> {
    /// Counts a row. A region that was left out is no scope.
    fn add(&mut self, row: &'a Coverage) {
        self.name = &row.account_name;
        self.resources += row.resources;
        if row.service.is_some() || row.region.is_none() {
            *self.statuses.entry(row.status).or_default() += 1;
        }
        if matches!(
            row.status,
            CoverageStatus::Complete | CoverageStatus::Partial
        ) {
            self.regions.extend(row.region.as_ref().map(Region::as_str));
        }
    }

    /// What was left out on purpose does not make an account partial.
    fn overall(&self) -> CoverageStatus {
        let any = |status| self.statuses.contains_key(&status);
        let seen = any(CoverageStatus::Complete) || any(CoverageStatus::Partial);
        let lacking = any(CoverageStatus::Partial) || any(CoverageStatus::Failed);
        match (seen, lacking) {
            (true, false) => CoverageStatus::Complete,
            (true, true) => CoverageStatus::Partial,
            (false, true) => CoverageStatus::Failed,
            (false, false) => CoverageStatus::Skipped,
        }
    }

    fn line(&self, account: &AccountId) -> Vec<String> {
        let scopes: Vec<String> = self
            .statuses
            .iter()
            .map(|(status, count)| format!("{count} {}", status.as_str().to_lowercase()))
            .collect();
        vec![
            account.to_string(),
            or_dash(Some(self.name)),
            self.overall().as_str().to_owned(),
            scopes.join(", "),
            or_dash(Some(&names(&self.regions))),
            self.resources.to_string(),
        ]
    }
}

fn accounts(rows: &[Coverage], width: Option<u16>) -> String {
    let mut accounts: BTreeMap<&AccountId, Tally<'_>> = BTreeMap::new();
    for row in rows {
        accounts.entry(&row.account).or_default().add(row);
    }
    let header = [
        "ACCOUNT",
        "NAME",
        "COVERAGE",
        "SCOPES",
        "REGIONS SEEN",
        "RESOURCES",
    ];
    let lines = accounts.iter().map(|(account, tally)| tally.line(account));
    table(&header, lines.collect(), width)
}

/// Every scope that failed, then every one that is partial.
fn holes(rows: &[Coverage], width: Option<u16>) -> String {
    let of = |status| {
        rows.iter()
            .filter(move |row| row.status == status)
            .map(scope_line)
    };
    let lines = of(CoverageStatus::Failed).chain(of(CoverageStatus::Partial));
    unless_empty(
        &["ACCOUNT", "REGION", "SERVICE", "COVERAGE", "WHY"],
        lines.collect(),
        width,
    )
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

/// The reason, and the first resource of which something was not read.
pub(super) fn why(row: &Coverage) -> String {
    let gaps = (row.gap_count > 0).then(|| counted(row.gap_count, "gap"));
    let reason = row.reason.clone().or(gaps);
    let first = row.gaps.iter().find_map(|gap| gap.resource.as_ref());
    let first = first.map(|resource| format!("first: {resource}"));
    let parts: Vec<String> = reason.into_iter().chain(first).collect();
    or_dash(Some(&parts.join("; ")))
}

/// What was left out, one line per reason and set of regions.
fn left_out(rows: &[Coverage], width: Option<u16>) -> String {
    let mut regions: BTreeMap<(&str, &AccountId), BTreeSet<&str>> = BTreeMap::new();
    for row in rows
        .iter()
        .filter(|row| row.status == CoverageStatus::Skipped)
    {
        let reason = row.reason.as_deref().unwrap_or_default();
        let skipped = regions.entry((reason, &row.account)).or_default();
        skipped.extend(row.region.as_ref().map(Region::as_str));
    }
    let mut accounts: BTreeMap<(&str, BTreeSet<&str>), BTreeSet<&str>> = BTreeMap::new();
    for ((reason, account), regions) in regions {
        accounts
            .entry((reason, regions))
            .or_default()
            .insert(account.as_str());
    }
    let lines = accounts.into_iter().map(|((reason, regions), accounts)| {
        vec![
            names(&accounts),
            or_dash(Some(&names(&regions))),
            or_dash(Some(reason)),
        ]
    });
    unless_empty(&["ACCOUNT", "REGION", "WHY"], lines.collect(), width)
}

/// The first distinct notes, one per line, and how many there are besides.
fn notes(rows: &[Coverage]) -> String {
    let notes = rows.iter().flat_map(|row| &row.notes).map(String::as_str);
    let distinct: BTreeSet<&str> = notes.collect();
    let more = distinct.len().saturating_sub(MOST_NOTES);
    let rest = (more > 0)
        .then(|| format!("and {more} more; `orgsweep coverage --output json` has them all"));
    let shown = distinct.into_iter().take(MOST_NOTES).map(str::to_owned);
    shown.chain(rest).map(|line| line + "\n").collect()
}

fn unless_empty(header: &[&str], lines: Vec<Vec<String>>, width: Option<u16>) -> String {
    if lines.is_empty() {
        String::new()
    } else {
        table(header, lines, width)
    }
}

/// The names, or the first of them and how many there are besides.
fn names(all: &BTreeSet<&str>) -> String {
    let shown = if all.len() > MOST_NAMES { 2 } else { all.len() };
    let listed: Vec<&str> = all.iter().take(shown).copied().collect();
    let listed = listed.join(", ");
    match all.len() - shown {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
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
        row.account_name = format!("account-{}", &id[..1]);
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

    fn left_out(id: &str, region: &str) -> Coverage {
        let region = Some(region.parse().unwrap());
        Coverage::unseen(
            account(id),
            region,
            None,
            CoverageStatus::Skipped,
            "left out by the input",
        )
    }

    #[test]
    fn regions_that_are_left_out_everywhere_are_told_once() {
        let ids = ["111111111111", "222222222222"];
        let regions = [
            "us-west-1",
            "us-west-2",
            "us-east-2",
            "eu-north-1",
            "sa-east-1",
        ];
        let skipped = ids
            .iter()
            .flat_map(|id| regions.map(|region| left_out(id, region)));
        let mut rows: Vec<Coverage> = skipped.collect();
        let mut noted = seen("111111111111", None, Service::S3);
        noted.notes = (1..=6)
            .map(|region| format!("Security Hub in region {region} is not enabled"))
            .collect();
        rows.push(noted);
        insta::assert_snapshot!(in_words(&rows, None));
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
