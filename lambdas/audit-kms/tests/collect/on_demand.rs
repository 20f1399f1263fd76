//! Requests of API Gateway: one key observed and judged, nothing written, and every refusal told by its status.

use audit::Auditor;
use audit::on_demand::{ApiEvent, Route, answer};
use audit_kms::handler::Function;
use aws::AuditRole;
use controls::Parameters;
use lambda_runtime::Diagnostic;
use replay::{Answer, Replay, call};
use serde_json::{Value, json};

use crate::wire::{self, ACCOUNT, REGION, arn};

const EVENT: &str = include_str!("../../../../tests/api/event.json");
const KEY: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";
const ALIAS: &str = "alias/app";

fn function(replay: &Replay) -> Function {
    let role = AuditRole {
        name: "orgsweep-audit".to_owned(),
        external_id: None,
    };
    Function {
        auditor: Auditor::new(replay.config(REGION), role, "runs", Parameters::default()).unwrap(),
        page_size: 100,
        read_concurrency: 4,
    }
}

/// One customer key, reachable by id and alias, with a policy and a tag that must not be told.
fn account() -> Replay {
    let policy = json!({"Statement": [{"Sid": "Partner", "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::444455556666:root"}, "Action": "kms:Decrypt", "Resource": "*"}]});
    let replay = wire::region(&[KEY])
        .role(ACCOUNT, "orgsweep-audit")
        .on(
            "GetKeyPolicy",
            Answer::of(json!({"Policy": policy.to_string()})),
        )
        .on(
            "ListResourceTags",
            Answer::of(
                json!({"Tags": [{"TagKey": "owner", "TagValue": "a secret"}], "Truncated": false}),
            ),
        )
        .on(
            call("GetObject").with("latest/scope.json"),
            admitted(&[ACCOUNT]),
        )
        .on(
            call("DescribeKey").with("missing"),
            Answer::refused(400, "NotFoundException"),
        );
    replay.on(
        call("DescribeKey").with(ALIAS),
        wire::metadata(KEY, &json!({})),
    )
}

fn admitted(accounts: &[&str]) -> Answer {
    Answer::of(json!({
        "organization": {"organization_id": "o-a", "accounts": [ACCOUNT]},
        "accounts": accounts, "services": ["kms"],
        "regions": {"include": [REGION], "exclude": []},
    }))
}

async fn ask(replay: &Replay, route: Route, body: &Value) -> (u16, Value) {
    let mut event: Value = serde_json::from_str(EVENT).unwrap();
    event["routeKey"] = json!(route.key());
    event["body"] = json!(body.to_string());
    let stage: Result<Function, Diagnostic> = Ok(function(replay));
    let response = answer(&stage, &ApiEvent::of(&event).unwrap()).await;
    (
        response.status,
        serde_json::from_str(&response.body).unwrap(),
    )
}

fn body(key_id: &str) -> Value {
    json!({"key_id": key_id, "account_id": ACCOUNT, "region": REGION})
}

#[tokio::test]
async fn a_key_is_judged_and_nothing_is_written() {
    let replay = account();
    let (status, answer) = ask(&replay, Route::AuditKey, &body(KEY)).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["resource"], arn(KEY));
    assert_eq!(answer["request_id"], "BvKJ2jqTIAMEJXQ=");
    let rotation = answer["verdicts"].as_array().unwrap().iter();
    let rotation = rotation
        .clone()
        .find(|it| it["control"] == "KMS.4")
        .unwrap();
    assert_eq!(rotation["status"], "FAILED");
    assert!(rotation["remediation"]["text"].is_string());
    let failed = answer["counts"]["FAILED"].as_u64().unwrap();
    assert!(failed > 0 && answer["counts"]["PASSED"].as_u64().unwrap() > 0);
    assert!(replay.requests_of("PutObject").is_empty());
}

#[tokio::test]
async fn a_key_by_its_alias_is_the_key_itself_and_described_once() {
    let replay = account();
    let (status, answer) = ask(&replay, Route::AuditKey, &body(ALIAS)).await;
    assert_eq!((status, &answer["resource"]), (200, &json!(arn(KEY))));
    assert_eq!(replay.requests_of("DescribeKey").len(), 1);
}

#[tokio::test]
async fn what_a_policy_means_is_told_and_neither_the_policy_nor_a_tags_value() {
    let (status, answer) = ask(&account(), Route::KeyInfo, &body(KEY)).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["withheld"], json!(["key_policy", "tags"]));
    let told = &answer["observation"];
    assert_eq!(told["tag_keys"], json!(["owner"]));
    assert_eq!(told["key_state"], "Enabled");
    let exposed = &told["analysis"]["policy"]["accounts"];
    assert!(
        exposed.as_array().unwrap().contains(&json!("444455556666")),
        "{told}"
    );
    assert_eq!(answer.get("verdicts"), None);
    assert!(!answer.to_string().contains("a secret"));
    assert!(!answer.to_string().contains("\"Statement\""));
}

#[tokio::test]
async fn a_refused_fact_is_no_refused_request() {
    let replay = account().on("ListGrants", Answer::denied("AccessDeniedException"));
    let (status, answer) = ask(&replay, Route::AuditKey, &body(KEY)).await;
    assert_eq!(status, 200);
    assert_eq!(
        answer["observation"]["unknown"]["grants"],
        json!({"operation": "ListGrants", "code": "AccessDeniedException"})
    );
    assert!(answer["counts"]["NOT_AVAILABLE"].as_u64().unwrap() > 0);
}

#[tokio::test]
async fn every_refusal_has_its_status_and_its_reason() {
    let throttled = Answer::throttled("ThrottlingException");
    let denied = || Answer::denied("AccessDeniedException");
    let scope = || call("GetObject").with("latest/scope.json");
    let elsewhere = json!({"key_id": KEY, "account_id": ACCOUNT, "region": "us-east-1"});
    for (replay, body, status, said) in [
        (account(), json!({"key_id": KEY}), 400, "`account_id`"),
        (
            account().on(scope(), admitted(&[])),
            body(KEY),
            403,
            ACCOUNT,
        ),
        (account(), elsewhere, 403, "us-east-1"),
        (account(), body("alias/missing"), 404, "no such resource"),
        (
            account().on("DescribeKey", denied()),
            body("alias/x"),
            502,
            "DescribeKey",
        ),
        (
            account().on(
                call("AssumeRole")
                    .with(":role/orgsweep-audit")
                    .with(ACCOUNT),
                denied(),
            ),
            body(KEY),
            502,
            "AssumeRole",
        ),
        (
            account().on("DescribeKey", throttled),
            body("alias/x"),
            503,
            "ThrottlingException",
        ),
        (
            account().on(scope(), Answer::refused(404, "NoSuchKey")),
            body(KEY),
            503,
            "no run has listed",
        ),
    ] {
        let (found, answer) = ask(&replay, Route::AuditKey, &body).await;
        assert_eq!(found, status, "{answer}");
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(message.contains(said), "{message}");
    }
}

#[tokio::test]
async fn nobody_enters_an_account_that_may_not_be_asked_about() {
    let replay = account().on(call("GetObject").with("latest/scope.json"), admitted(&[]));
    ask(&replay, Route::KeyInfo, &body(KEY)).await;
    assert_eq!(replay.operations(), ["GetObject"]);
}

#[tokio::test]
async fn a_function_tells_whether_it_can_work() {
    let replay = Replay::new();
    let (status, answer) = ask(&replay, Route::Health, &json!({})).await;
    assert_eq!((status, &answer["status"]), (200, &json!("ok")));
    assert!(answer["controls"].as_u64().unwrap() > 100);
    let broken: Result<Function, Diagnostic> = Err(Diagnostic {
        error_type: "ConfigurationBroken".to_owned(),
        error_message: "a path".to_owned(),
    });
    let event: Value = serde_json::from_str(&EVENT.replace("audit-key", "health")).unwrap();
    let response = answer_of(&broken, &event).await;
    assert_eq!(response.0, 500);
    assert!(response.1.contains("ConfigurationBroken") && !response.1.contains("a path"));
}

async fn answer_of(stage: &Result<Function, Diagnostic>, event: &Value) -> (u16, String) {
    let response = answer(stage, &ApiEvent::of(event).unwrap()).await;
    (response.status, response.body)
}
