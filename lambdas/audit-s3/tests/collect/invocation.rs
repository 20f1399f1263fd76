//! Whole invocations: the account entered, its buckets judged, the report written.

use audit::{Auditor, Deadline, Named};
use audit_s3::handler::Function;
use aws::AuditRole;
use compliance::payload::{AuditBucketsRequest, AuditResponse};
use compliance::{ErrorName, KeyReferences, Report};
use controls::Parameters;
use replay::{Answer, Replay, call};
use serde_json::json;

use crate::wire::{self, ACCOUNT};

const RUN: &str = "20261120T140433000Z-1a2b3c4d";

/// A deadline that is never met.
const LATER: u64 = u64::MAX;

fn function(replay: &Replay) -> Function {
    let role = AuditRole {
        name: "orgsweep-audit".to_owned(),
        external_id: Some("ticket".to_owned()),
    };
    let base = replay.config("eu-central-1");
    Function {
        auditor: Auditor::new(base, role, "runs", Parameters::default()).unwrap(),
        page_size: 1,
        read_concurrency: 4,
    }
}

fn request() -> AuditBucketsRequest {
    serde_json::from_value(json!({
        "run": {"id": RUN, "started_at": "2026-11-20T14:04:33Z"},
        "account": ACCOUNT, "partition": "aws", "regions": ["eu-west-1"],
        "progress": {"next": null, "parts": 0},
    }))
    .unwrap()
}

async fn invoke(replay: &Replay, deadline_ms: u64) -> Result<AuditResponse, audit::Error> {
    let deadline = Deadline::of_invocation(deadline_ms);
    function(replay).handle(request(), deadline).await
}

/// Two pages of one bucket each; `one` uses a KMS key.
fn two_pages() -> Replay {
    let encryption = "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>\
        <SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/app</KMSMasterKeyID>\
        </ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>";
    wire::account(&[])
        .role(ACCOUNT, "orgsweep-audit")
        .on(
            "ListBuckets",
            wire::listing(&[("one", "eu-west-1")], Some("more")),
        )
        .on(
            call("ListBuckets").with("continuation-token=more"),
            wire::listing(&[("two", "eu-west-1")], None),
        )
        .on(
            call("GetBucketEncryption").with("one"),
            Answer::of(encryption),
        )
        .on(
            call("GetObject").with("organization.json"),
            Answer::of(json!({"organization_id": "o-a", "accounts": [ACCOUNT]})),
        )
        .on("PutObject", Answer::empty())
}

#[tokio::test]
async fn every_page_becomes_a_part_with_its_key_references() {
    let replay = two_pages();
    let response = invoke(&replay, LATER).await.unwrap();
    let done = AuditResponse {
        next: None,
        parts: 2,
        resources: 3,
    };
    assert_eq!(response, done, "the account itself and two buckets");

    let written = replay.requests_of("PutObject");
    assert_eq!(written.len(), 4);
    let part = |kind: &str| {
        let request = written
            .iter()
            .find(|request| request.path.contains(kind))
            .unwrap();
        assert!(request.path.contains(RUN), "{}", request.path);
        request.body.clone()
    };
    let report: Report = serde_json::from_str(&part("s3/global/part-00000")).unwrap();
    assert_eq!(
        report.resources,
        [
            format!("AWS::::Account:{ACCOUNT}"),
            "arn:aws:s3:::one".to_owned()
        ]
    );
    assert!(report.gaps.is_empty(), "{:?}", report.gaps);
    assert!(
        !report.verdicts.is_empty(),
        "a bucket without a block has failures"
    );
    let references: KeyReferences =
        serde_json::from_str(&part("key-references/part-00000")).unwrap();
    let region = "eu-west-1".parse().unwrap();
    assert_eq!(references.regions[&region][0].reference, "alias/app");
    assert_eq!(references.regions[&region][0].buckets, ["arn:aws:s3:::one"]);
}

#[tokio::test]
async fn an_invocation_whose_time_is_up_hands_back_where_to_go_on() {
    let response = invoke(&two_pages(), 0).await.unwrap();
    let one_page = AuditResponse {
        next: Some("more".to_owned()),
        parts: 1,
        resources: 2,
    };
    assert_eq!(response, one_page);
}

#[tokio::test]
async fn the_account_is_entered_for_s3_alone_and_the_report_is_written_as_ourselves() {
    let replay = two_pages();
    invoke(&replay, LATER).await.unwrap();
    let entered = &replay.requests_of("AssumeRole")[0];
    assert!(entered.holds("ExternalId=ticket"));
    assert!(entered.holds(RUN), "the session carries the run");
    assert!(entered.holds("s3:GetBucketPolicy"));
    assert!(!entered.holds("kms:"), "{}", entered.body);
    let session = format!("ASIA{ACCOUNT}");
    for request in replay.requests() {
        let ours = ["GetObject", "PutObject"].contains(&request.operation.as_str());
        let reads = request.service != "sts" && !ours;
        let key = if reads {
            session.as_str()
        } else {
            "AKIAREPLAY"
        };
        if request.service != "sts" {
            assert_eq!(request.access_key, key, "{}", request.operation);
        }
    }
}

#[tokio::test]
async fn an_account_that_refuses_us_is_not_reported_on() {
    let replay = wire::account(&[]).on("AssumeRole", Answer::denied("AccessDenied"));
    let error = invoke(&replay, LATER).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::AssumeRoleDenied);
    assert!(error.to_string().contains(ACCOUNT), "{error}");
    assert!(replay.requests_of("PutObject").is_empty());
}
