//! Summaries of made-up runs, as text.

use compliance::{Service, Severity};

use super::*;

fn run() -> Run {
    Run::of_execution("arn:x:a", Timestamp::from_second(1_795_183_473).unwrap())
}

fn item(account: &str) -> AccountItem {
    AccountItem {
        name: String::new(),
        account: account.parse().unwrap(),
    }
}

fn row(account: &str, service: Option<Service>, status: CoverageStatus, reason: &str) -> Coverage {
    let region = (service == Some(Service::Kms)).then(|| "eu-west-1".parse().unwrap());
    Coverage::unseen(account.parse().unwrap(), region, service, status, reason)
}

fn seen(account: &str, service: Service) -> Coverage {
    let mut row = row(account, Some(service), CoverageStatus::Complete, "");
    row.reason = None;
    row.resources = 5;
    row.passed = BTreeMap::from([("S3.8".parse().unwrap(), 4)]);
    row.failed = BTreeMap::from([("S3.8".parse().unwrap(), 1)]);
    row.failed_by_severity = BTreeMap::from([(Severity::High, 1)]);
    row
}

/// The whole ledger and its summary, as `aggregate` makes them.
fn summed_up(
    accounts: &[AccountItem],
    skipped: &[Coverage],
    failure: Option<&Failure>,
    mut rows: Vec<Coverage>,
) -> RunSummary {
    let run = run();
    let at = Timestamp::from_second(1_795_184_000).unwrap();
    let ended = Ended {
        run: &run,
        accounts,
        skipped,
        accepted: &Suppressions::default(),
        failure,
        at,
    };
    let covered = |rows: &[Coverage]| rows.iter().map(|row| row.account.clone()).collect();
    rows.extend(missing_rows(&ended, &covered(&rows)));
    let again = missing_rows(&ended, &covered(&rows));
    assert_eq!(again, [], "a repeated summary adds nothing");
    let mut accounts: BTreeMap<AccountId, Vec<Coverage>> = BTreeMap::new();
    for row in rows {
        accounts.entry(row.account.clone()).or_default().push(row);
    }
    let mut totals = Totals::default();
    for rows in accounts.into_values() {
        for row in &current(rows) {
            totals.add(row);
        }
    }
    totals.into_summary(&ended, Vec::new())
}

fn text(summary: &RunSummary) -> String {
    let head = format!(
        "{}: {} accounts, {} skipped; scopes {:?}; {} resources, {} passed, {:?} failed, {} not available",
        summary.status.as_str(),
        summary.accounts,
        summary.accounts_skipped,
        summary.scopes,
        summary.resources,
        summary.passed,
        summary.failed,
        summary.not_available,
    );
    std::iter::once(head)
        .chain(summary.reasons.clone())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_run_that_saw_everything_is_complete() {
    let rows = vec![
        seen("111122223333", Service::S3),
        seen("222233334444", Service::Kms),
    ];
    let accounts = [item("111122223333"), item("222233334444")];
    insta::assert_snapshot!(text(&summed_up(&accounts, &[], None, rows)), @r#"COMPLETE: 2 accounts, 0 skipped; scopes {"COMPLETE": 2}; 10 resources, 8 passed, {High: 2} failed, 0 not available"#);
}

#[test]
fn what_is_left_out_on_purpose_does_not_make_a_run_partial() {
    let skipped = [row(
        "999988887777",
        None,
        CoverageStatus::Skipped,
        "account is SUSPENDED",
    )];
    let rows = vec![
        seen("111122223333", Service::S3),
        row(
            "111122223333",
            Some(Service::Sg),
            CoverageStatus::Skipped,
            "left out by the input",
        ),
    ];
    let summary = summed_up(&[item("111122223333")], &skipped, None, rows);
    insta::assert_snapshot!(text(&summary), @r#"COMPLETE: 1 accounts, 1 skipped; scopes {"COMPLETE": 1, "SKIPPED": 2}; 5 resources, 4 passed, {High: 1} failed, 0 not available"#);
}

#[test]
fn what_was_not_seen_makes_a_run_partial_and_is_named() {
    let rows = vec![
        seen("111122223333", Service::S3),
        row(
            "111122223333",
            Some(Service::Kms),
            CoverageStatus::Partial,
            "not read: ListGrants AccessDenied (1)",
        ),
        row(
            "222233334444",
            None,
            CoverageStatus::Failed,
            "AssumeRoleDenied: the role cannot be assumed",
        ),
    ];
    let accounts = [
        item("111122223333"),
        item("222233334444"),
        item("333344445555"),
    ];
    insta::assert_snapshot!(text(&summed_up(&accounts, &[], None, rows)), @r#"
    PARTIAL: 3 accounts, 0 skipped; scopes {"COMPLETE": 1, "FAILED": 2, "PARTIAL": 1}; 5 resources, 4 passed, {High: 1} failed, 0 not available
    222233334444: FAILED (AssumeRoleDenied: the role cannot be assumed)
    333344445555: FAILED (not aggregated)
    111122223333 kms eu-west-1: PARTIAL (not read: ListGrants AccessDenied (1))
    "#);
}

#[test]
fn a_map_that_ended_early_is_told_and_its_accounts_are_failed() {
    let failure = Failure {
        error: "States.ItemReaderFailed".into(),
        cause: "access denied".into(),
    };
    let summary = summed_up(&[item("111122223333")], &[], Some(&failure), Vec::new());
    insta::assert_snapshot!(text(&summary), @r#"
    FAILED: 1 accounts, 0 skipped; scopes {"FAILED": 1}; 0 resources, 0 passed, {} failed, 0 not available
    the sweep of accounts ended early: States.ItemReaderFailed: access denied
    111122223333: FAILED (not aggregated: States.ItemReaderFailed: access denied)
    "#);
}

#[test]
fn a_run_in_which_everything_was_skipped_saw_nothing() {
    let rows = vec![row(
        "111122223333",
        None,
        CoverageStatus::Skipped,
        "left out by the input",
    )];
    let summary = summed_up(&[item("111122223333")], &[], None, rows);
    assert_eq!(summary.status, RunStatus::Failed);
    assert_eq!(summary.reasons, ["no scope was seen"]);
}

#[test]
fn many_reasons_are_cut_and_counted() {
    let accounts: Vec<AccountItem> = (0..30)
        .map(|n| item(&format!("1111222233{n:02}")))
        .collect();
    let summary = summed_up(&accounts, &[], None, Vec::new());
    assert_eq!(summary.reasons.len(), MOST_REASONS + 1);
    assert_eq!(
        summary.reasons[MOST_REASONS],
        "and 10 more; the coverage holds them all"
    );
}

#[test]
fn an_account_that_a_redrive_aggregated_is_no_longer_failed() {
    let rows = vec![
        row(
            "111122223333",
            None,
            CoverageStatus::Failed,
            "not aggregated",
        ),
        seen("111122223333", Service::S3),
    ];
    let summary = summed_up(&[item("111122223333")], &[], None, rows);
    assert_eq!(
        (summary.status, summary.reasons),
        (RunStatus::Complete, Vec::new())
    );
}
