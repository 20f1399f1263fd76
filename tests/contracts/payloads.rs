//! What a state hands to its function is what the function takes: every `Payload` of the definition,
//! filled in from a sample state, is read back by the function's own request type.

#![cfg(test)]

use compliance::payload::{
    AggregateRequest, AuditBucketsRequest, AuditKeysRequest, AuditSecurityGroupsRequest,
    EnumerateRequest,
};
use contracts::{definition, states};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Fills in a `Parameters` template: every `"name.$": "$.path"` becomes `"name": <value>`.
fn filled(template: &Value, state: &Value, context: &Value) -> Value {
    let Value::Object(fields) = template else {
        return template.clone();
    };
    let entries = fields
        .iter()
        .map(|(name, value)| match name.strip_suffix(".$") {
            Some(plain) => (
                plain.to_owned(),
                at(value.as_str().unwrap(), state, context),
            ),
            None => (name.clone(), filled(value, state, context)),
        });
    Value::Object(entries.collect())
}

fn at(path: &str, state: &Value, context: &Value) -> Value {
    let (document, path) = match path.strip_prefix("$$") {
        Some(rest) => (context, rest),
        None => (state, path.strip_prefix('$').unwrap()),
    };
    let pointer = path.replace('.', "/");
    document
        .pointer(&pointer)
        .unwrap_or_else(|| panic!("the sample has no `{path}`"))
        .clone()
}

fn request<T: DeserializeOwned>(name: &str, state: &Value) -> T {
    let machine = definition().unwrap();
    let found = states(&machine);
    let (_, task) = found.iter().find(|(state, _)| state == name).expect(name);
    let context = json!({"Execution": {
        "Id": "arn:aws:states:us-east-1:111122223333:execution:sweep:one",
        "StartTime": "2026-11-20T14:04:33.007Z",
    }});
    let payload = filled(&task["Parameters"]["Payload"], state, &context);
    serde_json::from_value(payload).unwrap_or_else(|error| panic!("`{name}`: {error}"))
}

fn run() -> Value {
    json!({"id": "20261120T140433007Z-1a2b3c4d", "started_at": "2026-11-20T14:04:33.007Z"})
}

fn scope() -> Value {
    json!({
        "run": run(), "account": "111122223333", "partition": "aws",
        "regions": ["eu-west-1"], "region": "eu-west-1",
        "reference_parts": 1, "progress": {"next": null, "parts": 0},
    })
}

#[test]
fn enumerate_takes_what_its_two_states_hand_over() {
    let accounts: EnumerateRequest = request(
        "EnumerateAccounts",
        &json!({"services": ["s3"], "regions": {"exclude": []}}),
    );
    assert!(matches!(accounts, EnumerateRequest::Accounts { .. }));
    let state =
        json!({"run": run(), "account": "111122223333", "regions": {}, "services": ["kms"]});
    let scopes: EnumerateRequest = request("EnumerateScopes", &state);
    assert!(matches!(scopes, EnumerateRequest::Scopes { .. }));
}

#[test]
fn the_auditors_take_what_their_states_hand_over() {
    let buckets: AuditBucketsRequest = request("AuditBuckets", &scope());
    let keys: AuditKeysRequest = request("AuditKeys", &scope());
    let groups: AuditSecurityGroupsRequest = request("AuditSecurityGroups", &scope());
    assert_eq!(buckets.account, keys.account);
    assert_eq!(keys.region, groups.region);
    assert_eq!(keys.reference_parts, 1);
}

#[test]
fn aggregate_takes_an_account_that_was_swept_and_one_that_was_not_entered() {
    let swept = json!({
        "run": run(), "account": "111122223333", "regions": {}, "services": ["s3", "kms", "sg"],
        "scopes": {"partition": "aws", "regions": ["eu-west-1"], "skipped_regions": [],
                   "audit": {"s3": true, "kms": true, "sg": true}},
        "audits": {
            "s3": {"next": null, "parts": 2},
            "kms": [{"region": "eu-west-1", "progress": {"next": null, "parts": 0,
                     "failure": {"Error": "AccessDenied", "Cause": "{}"}}}],
            "sg": [],
        },
        "failure": null,
    });
    let refused = json!({
        "run": run(), "account": "111122223333", "regions": {}, "services": ["s3"],
        "scopes": null, "audits": null,
        "failure": {"Error": "AssumeRoleDenied", "Cause": "{\"errorMessage\":\"no\"}"},
    });
    for state in [swept, refused] {
        let request: AggregateRequest = request("AggregateAccount", &state);
        assert!(matches!(request, AggregateRequest::Account { .. }));
    }
}

#[test]
fn aggregate_takes_a_run_with_and_without_a_failure_of_the_map() {
    let accounts = json!({"bucket": "b", "key": "k", "count": 2, "skipped": 0});
    for failure in [Value::Null, json!({"Error": "States.Timeout", "Cause": ""})] {
        let state = json!({"run": run(), "accounts": accounts, "failure": failure});
        let request: AggregateRequest = request("AggregateRun", &state);
        assert!(matches!(request, AggregateRequest::Run { .. }));
    }
}

#[test]
fn a_template_that_lacks_a_field_is_refused() {
    let mut state = scope();
    state["progress"] = json!({"next": null});
    let result = std::panic::catch_unwind(|| request::<AuditKeysRequest>("AuditKeys", &state));
    assert!(result.is_err());
}
