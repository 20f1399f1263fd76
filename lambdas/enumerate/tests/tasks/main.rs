//! Both tasks against scripted answers of AWS.

#![cfg(test)]

mod accounts;
mod scopes;

use audit::Deadline;
use aws::{AuditRole, RunStore};
use compliance::payload::EnumerateRequest;
use compliance::sweep::Sweep;
use enumerate::Error;
use enumerate::handler::Function;
use replay::Replay;
use serde_json::Value;

const MANAGEMENT: &str = "111111111111";
const MEMBER: &str = "222222222222";

/// What the function answers, as the state machine reads it, in an environment that sweeps everything.
async fn ask(replay: &Replay, request: Value) -> Result<Value, Error> {
    ask_within(replay, Sweep::default(), request).await
}

/// What the function answers in an environment with this scope.
async fn ask_within(replay: &Replay, scope: Sweep, request: Value) -> Result<Value, Error> {
    let base = replay.config("eu-west-1");
    let function = Function {
        store: RunStore::new(&base, "run-bucket"),
        role: AuditRole {
            name: "orgsweep-audit".into(),
            external_id: Some("id".into()),
        },
        concurrency: 25,
        scope,
        base,
    };
    let request: EnumerateRequest = serde_json::from_value(request).unwrap();
    let response = function.handle(request, Deadline::none()).await?;
    Ok(serde_json::to_value(response).unwrap())
}

#[tokio::test]
async fn a_missing_variable_of_the_environment_is_named() {
    let error = Function::from_environment().await.unwrap_err();
    assert!(error.to_string().contains("`RUN_BUCKET`"), "{error}");
}
