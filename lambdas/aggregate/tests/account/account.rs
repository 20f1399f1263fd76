//! `task: account`.

use aggregate::SecurityHub;
use audit::Named;
use compliance::ErrorName;
use replay::{Answer, call};
use serde_json::json;

use crate::world::{ACCOUNT, KEY, RUN, coverage, invoke, replay, reports, request, run, stage};
use crate::written::{findings, imports, looks, transacted, written};

#[tokio::test]
async fn an_account_becomes_findings_and_coverage() {
    let replay = replay(reports());
    let answer = invoke(&stage(&replay, SecurityHub::Member), request())
        .await
        .unwrap();
    insta::assert_snapshot!(coverage(&replay), @r"
    111122223333#*#s3                  COMPLETE -
    111122223333#af-south-1#*          SKIPPED  not opted in
    111122223333#eu-west-1#kms         COMPLETE -
    111122223333#eu-west-1#sg          COMPLETE -
    111122223333#us-east-1#kms         FAILED   AccessDenied: `ListKeys` answered `AccessDeniedException`
    111122223333#us-east-1#sg          COMPLETE -
    ");
    insta::assert_snapshot!(findings(&replay).join("\n"), @r"
    eu-west-1#kms#arn:aws:kms:eu-west-1:111122223333:key/k#KMS.4
    global#s3#arn:aws:s3:::far#S3.8
    global#s3#arn:aws:s3:::logs#S3.8
    global#s3#arn:aws:s3:::logs#SK-001
    global#s3#arn:aws:s3:::logs#SK-007
    ");
    assert_eq!(
        answer["scopes"],
        json!({"COMPLETE": 4, "FAILED": 1, "SKIPPED": 1})
    );
    assert_eq!(answer["findings"]["opened"], findings(&replay).len());
    assert_eq!(answer["imported"], findings(&replay).len());
    insta::assert_snapshot!(looks(&replay), @r"
    scope#eu-west-1#kms COMPLETE
    scope#eu-west-1#sg COMPLETE
    scope#global#s3 COMPLETE
    scope#us-east-1#kms FAILED
    scope#us-east-1#sg COMPLETE
    ");
}

#[tokio::test]
async fn findings_are_imported_by_their_account_in_their_region() {
    let replay = replay(reports());
    invoke(&stage(&replay, SecurityHub::Member), request())
        .await
        .unwrap();
    insta::assert_snapshot!(imports(&replay), @r"
    eu-west-1 ASIA111122223333 111122223333/eu-west-1/KMS.4/arn:aws:kms:eu-west-1:111122223333:key/k
    eu-west-1 ASIA111122223333 111122223333/eu-west-1/S3.8/arn:aws:s3:::logs 111122223333/eu-west-1/SK-001/arn:aws:s3:::logs 111122223333/eu-west-1/SK-007/arn:aws:s3:::logs
    us-east-1 ASIA111122223333 111122223333/us-east-1/S3.8/arn:aws:s3:::far
    ");
}

#[tokio::test]
async fn a_bucket_with_a_disabled_key_is_linked_to_it() {
    let replay = replay(reports());
    invoke(&stage(&replay, SecurityHub::Off), request())
        .await
        .unwrap();
    let linked = written(&replay, "#SK-001");
    let value = |name: &str| linked["ExpressionAttributeValues"][name]["S"].clone();
    assert_eq!(value(":key"), KEY);
    assert_eq!(value(":kms_security_status"), "Disabled");
}

#[tokio::test]
async fn a_missing_part_fails_its_scope_and_leaves_its_findings_alone() {
    let mut objects = reports();
    objects.retain(|key, _| !key.ends_with("/s3/global/part-00001.json"));
    let replay = replay(objects);
    invoke(&stage(&replay, SecurityHub::Member), request())
        .await
        .unwrap();
    let coverage = coverage(&replay);
    let row = coverage.lines().find(|row| row.contains("#s3")).unwrap();
    assert!(
        row.contains("FAILED") && row.contains("/s3/global/part-00001.json"),
        "{row}"
    );
    assert!(
        findings(&replay)
            .iter()
            .all(|place| !place.contains("#s3#"))
    );
}

#[tokio::test]
async fn a_damaged_part_of_the_keys_leaves_the_keys_of_buckets_unread() {
    let mut objects = reports();
    let key = format!("runs/{RUN}/accounts/{ACCOUNT}/kms/eu-west-1/part-00000.json");
    objects.insert(key, json!({"run": RUN}));
    let replay = replay(objects);
    invoke(&stage(&replay, SecurityHub::Off), request())
        .await
        .unwrap();
    let coverage = coverage(&replay);
    let rows: Vec<&str> = coverage
        .lines()
        .filter(|row| row.contains("ReportUnreadable"))
        .collect();
    assert_eq!(rows.len(), 2, "{coverage}");
    assert!(
        coverage.contains("not read: DescribeKey ReportUnreadable (1)"),
        "{coverage}"
    );
}

#[tokio::test]
async fn the_report_of_another_scope_is_not_taken_for_its_own() {
    let mut objects = reports();
    let theirs = format!("runs/{RUN}/accounts/{ACCOUNT}/sg/us-east-1/part-00000.json");
    let mine = format!("runs/{RUN}/accounts/{ACCOUNT}/sg/eu-west-1/part-00000.json");
    objects.insert(theirs.clone(), objects[&mine].clone());
    let replay = replay(objects);
    invoke(&stage(&replay, SecurityHub::Off), request())
        .await
        .unwrap();
    let expected = format!("`{theirs}` is the report of something else");
    assert!(coverage(&replay).contains(&expected));
}

#[tokio::test]
async fn a_hub_that_is_not_enabled_is_a_note_and_no_error() {
    let closed = Answer::denied("InvalidAccessException");
    let replay = replay(reports()).on("BatchImportFindings", closed);
    let answer = invoke(&stage(&replay, SecurityHub::Member), request())
        .await
        .unwrap();
    assert_eq!(answer["imported"], 0);
    assert_eq!(answer["refused"], answer["findings"]["opened"]);
    let coverage = coverage(&replay);
    assert_eq!(answer["refused"], 5);
    for (region, findings) in [("eu-west-1", 3), ("us-east-1", 1), ("eu-west-1", 1)] {
        let hub = format!("Security Hub of account 111122223333 in {region}");
        let note = format!("{hub} is not enabled (findings: {findings})");
        assert!(coverage.contains(&note), "{coverage}");
    }
}

#[tokio::test]
async fn a_finding_that_security_hub_refuses_is_a_dead_letter_of_the_run() {
    let refusal = json!({"FailedCount": 1, "SuccessCount": 0, "FailedFindings": [
        {"Id": format!("{ACCOUNT}/us-east-1/S3.8/arn:aws:s3:::far"), "ErrorCode": "InvalidInput", "ErrorMessage": "no"}]});
    let replay = replay(reports()).on(
        call("BatchImportFindings").with("arn:aws:s3:::far"),
        Answer::of(refusal),
    );
    let answer = invoke(&stage(&replay, SecurityHub::Member), request())
        .await
        .unwrap();
    assert_eq!(answer["refused"], 1);
    let letter = &replay.requests_of(call("PutObject").with("refused-findings/step-00001.json"))[0];
    assert!(letter.holds(r#"us-east-1/S3.8/arn:aws:s3:::far":"InvalidInput""#));
    let noted = transacted(&replay).into_iter();
    let noted =
        noted.filter(|item| item["Update"]["UpdateExpression"] == "SET imported_at = :imported_at");
    assert_eq!(noted.count(), 0, "what is taken at once is written once");
    let imported = |resource| {
        written(&replay, resource)["ExpressionAttributeValues"][":imported_at"].is_object()
    };
    assert!(!imported("arn:aws:s3:::far") && imported("arn:aws:s3:::logs"));
}

#[tokio::test]
async fn a_role_that_cannot_be_assumed_is_a_note_and_tried_once() {
    let role = format!(":iam::{ACCOUNT}:role/orgsweep-audit");
    let replay = replay(reports()).on(
        call("AssumeRole").with(role),
        Answer::denied("AccessDenied"),
    );
    let answer = invoke(&stage(&replay, SecurityHub::Member), request())
        .await
        .unwrap();
    assert_eq!(answer["refused"], answer["findings"]["opened"]);
    assert_eq!(replay.requests_of("AssumeRole").len(), 1);
    let coverage = coverage(&replay);
    let noted = coverage
        .lines()
        .filter(|row| row.contains("AssumeRoleDenied"));
    assert_eq!(noted.count(), 2, "{coverage}");
}

#[tokio::test]
async fn a_throttled_hub_fails_the_invocation_after_the_coverage_is_written() {
    let throttled = Answer::throttled("ThrottlingException");
    let replay = replay(reports()).on("BatchImportFindings", throttled);
    let error = invoke(&stage(&replay, SecurityHub::Member), request())
        .await
        .unwrap_err();
    assert_eq!(error.name(), ErrorName::Throttled);
    assert!(coverage(&replay).contains("nothing was imported to Security Hub: Throttled"));
}

#[tokio::test]
async fn centrally_all_findings_go_to_the_own_account_and_region() {
    let replay = replay(reports());
    invoke(&stage(&replay, SecurityHub::Central), request())
        .await
        .unwrap();
    assert!(!replay.operations().contains(&"AssumeRole".to_owned()));
    assert!(
        imports(&replay)
            .lines()
            .all(|line| line.starts_with("us-east-1 AKIAREPLAY"))
    );
}

#[tokio::test]
async fn without_security_hub_no_account_is_entered() {
    let replay = replay(reports());
    invoke(&stage(&replay, SecurityHub::Off), request())
        .await
        .unwrap();
    let operations = replay.operations();
    assert!(
        !operations
            .iter()
            .any(|o| o == "AssumeRole" || o == "BatchImportFindings")
    );
}

#[tokio::test]
async fn an_account_that_was_not_entered_is_one_failed_row() {
    let replay = replay(reports());
    let refused = json!({"task": "account", "state": {"run": run(), "account": ACCOUNT,
        "services": ["s3"], "failure": {"Error": "AssumeRoleDenied", "Cause": "{\"errorMessage\":\"no\"}"}}});
    let answer = invoke(&stage(&replay, SecurityHub::Member), refused)
        .await
        .unwrap();
    insta::assert_snapshot!(coverage(&replay), @"111122223333#*#*                   FAILED   AssumeRoleDenied: no");
    assert_eq!(answer["scopes"], json!({"FAILED": 1}));
}
