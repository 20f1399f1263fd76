//! What an invocation wrote, as a test reads it.

use replay::{Answer, Replay, call};
use serde_json::{Value, json};

/// The items of all transactions that were written.
pub(crate) fn transacted(replay: &Replay) -> Vec<Value> {
    let requests = replay.requests_of("TransactWriteItems");
    let items = requests.iter().flat_map(|request| {
        let body: Value = serde_json::from_str(&request.body).unwrap();
        body["TransactItems"].as_array().unwrap().clone()
    });
    items.collect()
}

/// The updates of findings that were written.
pub(crate) fn updates(replay: &Replay) -> Vec<Value> {
    let updates = transacted(replay).into_iter();
    let updates = updates.map(|item| item["Update"].clone());
    updates
        .filter(|update| update["ExpressionAttributeNames"]["#id"].is_string())
        .collect()
}

/// The update that wrote the finding at a place that holds `part`.
pub(crate) fn written(replay: &Replay, part: &str) -> Value {
    let at = |update: &Value| update["Key"]["place"]["S"].as_str().unwrap().contains(part);
    updates(replay).into_iter().find(at).unwrap()
}

/// The findings that were written, by their place, sorted.
pub(crate) fn findings(replay: &Replay) -> Vec<String> {
    let mut places: Vec<String> = updates(replay)
        .iter()
        .map(|update| update["Key"]["place"]["S"].as_str().unwrap().to_owned())
        .collect();
    places.sort();
    places
}

/// The looks at scopes that were noted: place and status.
pub(crate) fn looks(replay: &Replay) -> String {
    let requests = replay.requests_of(call("UpdateItem").with("looked_in"));
    let mut lines: Vec<String> = requests
        .iter()
        .map(|request| serde_json::from_str::<Value>(&request.body).unwrap())
        .map(|body| {
            let status = body["ExpressionAttributeValues"][":status"]["S"].as_str();
            format!(
                "{} {}",
                body["Key"]["place"]["S"].as_str().unwrap(),
                status.unwrap()
            )
        })
        .collect();
    lines.sort();
    lines.join("\n")
}

/// The imports, one line each: region, whose session, and the findings.
pub(crate) fn imports(replay: &Replay) -> String {
    let requests = replay.requests_of(call("BatchImportFindings"));
    let mut lines: Vec<String> = requests
        .iter()
        .map(|request| {
            let body: Value = serde_json::from_str(&request.body).unwrap();
            let findings = body["Findings"].as_array().unwrap();
            let ids: Vec<&str> = findings
                .iter()
                .map(|finding| finding["Id"].as_str().unwrap())
                .collect();
            format!(
                "{} {} {}",
                request.region,
                request.access_key,
                ids.join(" ")
            )
        })
        .collect();
    lines.sort();
    lines.join("\n")
}

/// The items that the findings table holds after what was written so far, for a `Query` of a scope.
pub(crate) fn stored(replay: &Replay, scope: &str) -> Answer {
    let items: Vec<Value> = updates(replay)
        .into_iter()
        .filter(|update| {
            update["Key"]["place"]["S"]
                .as_str()
                .unwrap()
                .starts_with(scope)
        })
        .map(|update| {
            let mut item = update["Key"].clone();
            for (name, value) in update["ExpressionAttributeValues"].as_object().unwrap() {
                item[name.trim_start_matches(':')] = value.clone();
            }
            item
        })
        .collect();
    Answer::of(json!({"Items": items, "Count": items.len(), "ScannedCount": items.len()}))
}
