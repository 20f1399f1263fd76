//! The plan of an account, as text: one line for each scope.

use serde_json::{Value, json};

use super::*;

fn state(more: &Value) -> AccountState {
    let mut state = json!({
        "run": {"id": "20261120T140433000Z-1a2b3c4d", "started_at": "2026-11-20T14:04:33Z"},
        "account": "111122223333", "services": ["s3", "kms", "sg"],
    });
    for (name, value) in more.as_object().unwrap() {
        state[name] = value.clone();
    }
    serde_json::from_value(state).unwrap()
}

fn scopes(s3: bool, kms: bool, sg: bool) -> Value {
    json!({"partition": "aws", "regions": ["eu-west-1", "us-east-1"],
        "skipped_regions": [{"region": "af-south-1", "reason": "not opted in"}],
        "audit": {"s3": s3, "kms": kms, "sg": sg}})
}

fn denied() -> Value {
    json!({"Error": "AccessDenied",
        "Cause": "{\"errorType\":\"AccessDenied\",\"errorMessage\":\"`ListKeys` answered `AccessDeniedException`\"}"})
}

/// One line for each scope, in the order of the coverage.
fn table(state: &AccountState) -> String {
    let plan = Plan::of(state);
    let region = |region: &Option<Region>| region.as_ref().map_or("*".into(), ToString::to_string);
    let audited = plan.audited.iter().map(|audited| {
        let ended = audited
            .ended
            .as_ref()
            .map_or("all seen".into(), Failure::in_words);
        let (service, region) = (
            audited.scope.service.as_str(),
            region(&audited.scope.region),
        );
        format!("{service:<4} {region:<10} {} parts, {ended}", audited.parts)
    });
    let rows = plan.rows.iter().map(|row| {
        let service = row.service.map_or("*", Service::as_str);
        let (status, reason) = (row.status.as_str(), row.reason.as_deref().unwrap_or("-"));
        format!(
            "{service:<4} {:<10} {status}: {reason}",
            region(&row.region)
        )
    });
    audited.chain(rows).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_account_that_was_not_entered_is_one_row() {
    let failure = json!({"Error": "AssumeRoleDenied",
        "Cause": "{\"errorMessage\":\"the role `r` of account `111122223333` cannot be assumed\"}"});
    insta::assert_snapshot!(table(&state(&json!({"failure": failure}))), @"*    *          FAILED: AssumeRoleDenied: the role `r` of account `111122223333` cannot be assumed");
}

#[test]
fn every_way_an_audit_can_end() {
    let audits = json!({
        "s3": {"next": null, "parts": 3},
        "kms": [
            {"region": "eu-west-1", "progress": {"next": null, "parts": 0, "failure": denied()}},
            {"region": "us-east-1", "progress": {"next": "k9", "parts": 2, "failure": denied()}},
        ],
        "sg": [{"region": "eu-west-1", "progress": {"next": "sg-9", "parts": 1}}],
    });
    let state = state(&json!({"scopes": scopes(true, true, true), "audits": audits}));
    insta::assert_snapshot!(table(&state), @r"
    s3   *          3 parts, all seen
    kms  us-east-1  2 parts, AccessDenied: `ListKeys` answered `AccessDeniedException`
    sg   eu-west-1  1 parts, Unfinished
    *    af-south-1 SKIPPED: not opted in
    kms  eu-west-1  FAILED: AccessDenied: `ListKeys` answered `AccessDeniedException`
    sg   us-east-1  FAILED: NoReport
    ");
}

#[test]
fn the_join_is_told_how_each_audit_of_keys_ended() {
    let ended = |region: &str, parts: u32| json!({"region": region, "progress": {"next": null, "parts": parts}});
    let audits = json!({"s3": {"next": null, "parts": 1}, "sg": [],
        "kms": [ended("eu-west-1", 1), ended("us-east-1", 0)]});
    let plan = Plan::of(&state(
        &json!({"scopes": scopes(true, true, false), "audits": audits}),
    ));
    let codes: Vec<_> = plan
        .key_audits
        .values()
        .map(|ended| ended.clone().map_err(|e| e.code))
        .collect();
    assert_eq!(codes, [Ok(()), Err("NoReport".to_owned())]);
}

#[test]
fn services_that_were_not_wanted_are_skipped() {
    let audits = json!({"s3": {"next": null, "parts": 1}, "kms": [], "sg": []});
    let state = state(&json!({"scopes": scopes(true, false, false), "audits": audits}));
    insta::assert_snapshot!(table(&state), @r"
    s3   *          1 parts, all seen
    kms  *          SKIPPED: left out by the input
    sg   *          SKIPPED: left out by the input
    *    af-south-1 SKIPPED: not opted in
    ");
}

#[test]
fn audits_that_were_not_reached_fail_every_wanted_scope() {
    let failure = json!({"Error": "States.DataLimitExceeded", "Cause": ""});
    let state = state(&json!({"scopes": scopes(true, true, false), "failure": failure}));
    insta::assert_snapshot!(table(&state), @r"
    sg   *          SKIPPED: left out by the input
    *    af-south-1 SKIPPED: not opted in
    s3   *          FAILED: States.DataLimitExceeded
    kms  eu-west-1  FAILED: States.DataLimitExceeded
    kms  us-east-1  FAILED: States.DataLimitExceeded
    ");
}
