//! An account in a replayed AWS: its reports in the run bucket, empty tables, Security Hub.

use std::collections::BTreeMap;

use aggregate::{Error, SecurityHub, Stage, handler};
use audit::{Deadline, Judge, RunParameters};
use aws::{AuditRole, FindingsTable, RunStore, RunsTable};
use compliance::payload::AggregateRequest;
use controls::{Catalog, Standards};
use replay::{Answer, Replay};
use serde_json::{Value, json};

pub(crate) const ACCOUNT: &str = "111122223333";
pub(crate) const RUN: &str = "20261120T140433000Z-1a2b3c4d";
const BUCKET: &str = "arn:aws:s3:::logs";
pub(crate) const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/k";

/// A script in which tables and Security Hub take everything and the run bucket holds `objects`.
pub(crate) fn replay(objects: BTreeMap<String, Value>) -> Replay {
    let get = move |request: &replay::Request| {
        let path = request.path.split('?').next().unwrap_or_default();
        let key = path
            .split_once("runs/")
            .map(|(_, rest)| format!("runs/{rest}"));
        match key.and_then(|key| objects.get(&key).cloned()) {
            Some(object) => Answer::of(object),
            None => Answer::refused(404, "NoSuchKey"),
        }
    };
    Replay::new()
        .account("999900001111")
        .role(ACCOUNT, "orgsweep-audit")
        .on("GetObject", Answer::computed(get))
        .on(
            "Query",
            Answer::of(json!({"Items": [], "Count": 0, "ScannedCount": 0})),
        )
        .on("UpdateItem", Answer::of("{}"))
        .on("TransactWriteItems", Answer::of("{}"))
        .on("PutObject", Answer::of(""))
        .on("PutItem", Answer::of("{}"))
        .on(
            "BatchWriteItem",
            Answer::of(json!({"UnprocessedItems": {}})),
        )
        .on(
            "BatchImportFindings",
            Answer::of(json!({"FailedCount": 0, "SuccessCount": 1, "FailedFindings": []})),
        )
}

pub(crate) fn stage(replay: &Replay, security_hub: SecurityHub) -> Stage {
    let base = replay.config("us-east-1");
    let catalog = Catalog::embedded().unwrap();
    Stage {
        role: AuditRole {
            name: "orgsweep-audit".into(),
            external_id: Some("secret".into()),
        },
        security_hub,
        standards: Standards::embedded(&catalog).unwrap(),
        catalog,
        judge: Judge::Embedded,
        parameters: RunParameters::default(),
        suppressions: compliance::Suppressions::default(),
        store: RunStore::new(&base, "run-bucket"),
        findings: FindingsTable::new(&base, "findings"),
        runs: RunsTable::new(&base, "runs"),
        mail: None,
        base,
    }
}

/// The answer as JSON.
pub(crate) async fn invoke(stage: &Stage, request: Value) -> Result<Value, Error> {
    let request: AggregateRequest = serde_json::from_value(request).unwrap();
    let response = handler::handle(stage, request, Deadline::none()).await?;
    Ok(serde_json::to_value(response).unwrap())
}

pub(crate) fn run() -> Value {
    json!({"id": RUN, "started_at": "2026-11-20T14:04:33Z"})
}

/// The request for the account: buckets and groups were seen, keys in one of two regions.
pub(crate) fn request() -> Value {
    let ended = |region: &str, parts: u32| json!({"region": region, "progress": {"next": null, "parts": parts}});
    let mut denied = ended("us-east-1", 0);
    denied["progress"]["failure"] = json!({"Error": "AccessDenied",
        "Cause": "{\"errorMessage\":\"`ListKeys` answered `AccessDeniedException`\"}"});
    json!({"task": "account", "state": {
        "run": run(), "account": ACCOUNT, "services": ["s3", "kms", "sg"],
        "scopes": {"partition": "aws", "regions": ["eu-west-1", "us-east-1"],
            "skipped_regions": [{"region": "af-south-1", "reason": "not opted in"}],
            "audit": {"s3": true, "kms": true, "sg": true}},
        "audits": {"s3": {"next": null, "parts": 2}, "kms": [ended("eu-west-1", 1), denied],
            "sg": [ended("eu-west-1", 1), ended("us-east-1", 1)]},
    }})
}

/// The report parts that `request` counts, by key.
pub(crate) fn reports() -> BTreeMap<String, Value> {
    let bucket = "AwsS3Bucket";
    let parts = [
        report(
            "s3",
            None,
            0,
            &[verdict("S3.8", BUCKET, bucket, "eu-west-1")],
            &json!({"key_uses": [key_use()]}),
        ),
        report(
            "s3",
            None,
            1,
            &[verdict("S3.8", "arn:aws:s3:::far", bucket, "us-east-1")],
            &json!({}),
        ),
        report(
            "kms",
            Some("eu-west-1"),
            0,
            &[verdict("KMS.4", KEY, "AwsKmsKey", "eu-west-1")],
            &json!({"keys": [disabled_key()]}),
        ),
        report("sg", Some("eu-west-1"), 0, &[], &json!({})),
        report("sg", Some("us-east-1"), 0, &[], &json!({})),
    ];
    let organization = json!({"organization_id": "o-a", "accounts": [ACCOUNT]});
    let key = format!("runs/{RUN}/organization.json");
    BTreeMap::from(parts)
        .into_iter()
        .chain([(key, organization)])
        .collect()
}

fn report(
    service: &str,
    region: Option<&str>,
    part: u32,
    verdicts: &[Value],
    more: &Value,
) -> (String, Value) {
    let place = region.unwrap_or("global");
    let key = format!("runs/{RUN}/accounts/{ACCOUNT}/{service}/{place}/part-{part:05}.json");
    let resources: Vec<&Value> = verdicts
        .iter()
        .map(|verdict| &verdict["resource"])
        .collect();
    let mut report = json!({"run": RUN, "account": ACCOUNT, "region": region, "service": service,
        "part": part, "resources": resources, "vanished": 0, "verdicts": verdicts, "passed": {}, "gaps": []});
    for (name, value) in more.as_object().unwrap() {
        report[name] = value.clone();
    }
    (key, report)
}

fn verdict(control: &str, resource: &str, resource_type: &str, region: &str) -> Value {
    json!({"control": control, "resource": resource, "resource_type": resource_type,
        "account": ACCOUNT, "region": region, "status": "FAILED", "severity": "HIGH", "reason": "it does not hold"})
}

fn key_use() -> Value {
    json!({"bucket": BUCKET, "account": ACCOUNT, "region": "eu-west-1", "reference": "alias/app",
        "algorithm": "aws:kms", "public": false, "accounts": [], "replicas": []})
}

fn disabled_key() -> Value {
    json!({"references": ["alias/app"], "region": "eu-west-1", "key_arn": KEY, "account": ACCOUNT,
        "foreign": false, "exists": true, "key_state": "Disabled", "deletion_date": null,
        "key_manager": "CUSTOMER", "key_rotation_enabled": true, "public": false, "accounts": []})
}

/// The coverage rows that were written, one line each, sorted.
pub(crate) fn coverage(replay: &Replay) -> String {
    let requests = replay.requests_of("BatchWriteItem");
    let mut lines: Vec<String> = requests
        .iter()
        .flat_map(|request| {
            let body: Value = serde_json::from_str(&request.body).unwrap();
            body["RequestItems"]["runs"].as_array().unwrap().clone()
        })
        .map(|put| put["PutRequest"]["Item"].clone())
        .filter(|item| item["pk"]["S"].as_str().unwrap().starts_with("RUN#"))
        .map(|item| row(&item))
        .collect();
    lines.sort();
    lines.join("\n")
}

fn row(item: &Value) -> String {
    let row = &item["document"]["M"];
    let place = item["sk"]["S"].as_str().unwrap();
    let text = |name: &str| row[name]["S"].as_str().unwrap_or("-").to_owned();
    let notes = row["notes"]["L"].as_array().cloned().unwrap_or_default();
    let notes: Vec<&str> = notes.iter().filter_map(|note| note["S"].as_str()).collect();
    format!(
        "{place:<34} {:<8} {} {}",
        text("status"),
        text("reason"),
        notes.join("; ")
    )
    .trim_end()
    .to_owned()
}
