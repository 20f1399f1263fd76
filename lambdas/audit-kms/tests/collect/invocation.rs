//! Whole invocations: references fetched, the account entered, its keys judged, the report written.

use audit::{Auditor, Deadline, Named};
use audit_kms::handler::Function;
use aws::AuditRole;
use compliance::payload::{AuditKeysRequest, AuditResponse};
use compliance::{ErrorName, Fact, Report};
use controls::Parameters;
use replay::{Answer, Replay, call};
use serde_json::{Value, json};

use crate::wire::{self, ACCOUNT, REGION, arn};

const RUN: &str = "20261120T140433000Z-1a2b3c4d";

fn function(replay: &Replay) -> Function {
    let role = AuditRole {
        name: "orgsweep-audit".to_owned(),
        external_id: None,
    };
    let base = replay.config("eu-central-1");
    Function {
        auditor: Auditor::new(base, role, "runs", Parameters::default()).unwrap(),
        page_size: 100,
        read_concurrency: 4,
    }
}

async fn invoke(replay: &Replay) -> Result<AuditResponse, audit::Error> {
    let request: AuditKeysRequest = serde_json::from_value(json!({
        "run": {"id": RUN, "started_at": "2026-11-20T14:04:33Z"},
        "account": ACCOUNT, "partition": "aws", "region": REGION, "reference_parts": 2,
        "progress": {"next": null, "parts": 0},
    }))
    .unwrap();
    function(replay)
        .handle(request, Deadline::of_invocation(u64::MAX))
        .await
}

/// A region with one key and an account that can be entered.
fn enterable() -> Replay {
    wire::region(&["1"])
        .role(ACCOUNT, "orgsweep-audit")
        .on(
            call("GetObject").with("organization.json"),
            Answer::of(json!({"organization_id": "o-a", "accounts": [ACCOUNT]})),
        )
        .on("PutObject", Answer::empty())
}

/// Scripts one part of the references.
fn with_part(replay: Replay, part: u32, regions: &Value) -> Replay {
    let key = format!("{RUN}/accounts/{ACCOUNT}/key-references/part-{part:05}.json");
    let body = json!({ "regions": regions });
    replay.on(call("GetObject").with(key), Answer::of(body))
}

#[tokio::test]
async fn the_references_of_the_region_are_joined_from_all_parts() {
    let one = json!({REGION: [{"reference": "1", "buckets": ["arn:aws:s3:::b"]}],
        "us-east-1": [{"reference": "elsewhere", "buckets": ["arn:aws:s3:::c"]}]});
    let two = json!({REGION: [{"reference": "1", "buckets": ["arn:aws:s3:::a"]}]});
    let replay = with_part(with_part(enterable(), 0, &one), 1, &two);
    let response = invoke(&replay).await.unwrap();
    assert_eq!(
        response,
        AuditResponse {
            next: None,
            parts: 1,
            resources: 1
        }
    );

    let written = replay.requests_of("PutObject");
    assert_eq!(written.len(), 1);
    assert!(
        written[0].path.contains("/kms/eu-west-1/part-00000.json"),
        "{}",
        written[0].path
    );
    let report: Report = serde_json::from_str(&written[0].body).unwrap();
    assert_eq!(report.resources, [arn("1")]);
    assert_eq!(report.keys.len(), 1);
    assert_eq!(report.keys[0].references, ["1"]);
    assert_eq!(report.keys[0].key_state, Fact::Known("Enabled".to_owned()));
    assert!(
        replay
            .requests()
            .iter()
            .all(|request| !request.holds("elsewhere"))
    );
    let entered = &replay.requests_of("AssumeRole")[0];
    assert!(
        entered.holds("kms:ListGrants") && !entered.holds("s3:"),
        "{}",
        entered.body
    );
}

#[tokio::test]
async fn without_a_part_of_the_references_nothing_is_audited() {
    let replay = with_part(enterable(), 0, &json!({})).on(
        call("GetObject").with("part-00001"),
        Answer::refused(404, "NoSuchKey"),
    );
    let error = invoke(&replay).await.unwrap_err();
    assert_eq!(error.name(), ErrorName::ReportUnreadable);
    assert!(error.to_string().contains("part-00001"), "{error}");
    assert!(replay.requests_of("ListKeys").is_empty());
    assert!(replay.requests_of("PutObject").is_empty());
}
