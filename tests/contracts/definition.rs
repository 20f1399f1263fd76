//! The definition agrees with the code and with its own documentation.

#![cfg(test)]

use std::collections::BTreeSet;

use compliance::ErrorName;
use contracts::{definition, root, states, text};
use serde_json::Value;

/// Names that AWS gives and the definition may name (Lambda developer guide, "Error handling" in Step
/// Functions; Step Functions, "Handling errors").
const AWS_NAMES: [&str; 10] = [
    "Lambda.AWSLambdaException",
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.SdkClientException",
    "Lambda.ServiceException",
    "Lambda.TooManyRequestsException",
    "Lambda.Unknown",
    "Runtime.ExitError",
    "Sandbox.Timedout",
    "States.ALL",
    "States.ItemReaderFailed",
];

/// The tasks that are functions of ours.
fn tasks(machine: &Value) -> Vec<(String, &Value)> {
    let is_function = |state: &Value| {
        state["Resource"]
            .as_str()
            .is_some_and(|it| it.ends_with(":lambda:invoke"))
    };
    states(machine)
        .into_iter()
        .filter(|(_, state)| is_function(state))
        .collect()
}

/// The tasks that tell people and programs.
fn notifying(machine: &Value) -> Vec<(String, &Value)> {
    let branches = machine["States"]["Notify"]["Branches"].as_array();
    let told = branches.into_iter().flatten().flat_map(states);
    told.filter(|(_, state)| state["Type"] == "Task").collect()
}

fn error_names(state: &Value, field: &str) -> BTreeSet<String> {
    let entries = state
        .get(field)
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    entries
        .flat_map(|entry| entry["ErrorEquals"].as_array().into_iter().flatten())
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

#[test]
fn every_error_name_in_the_definition_is_ours_or_awss() {
    let ours: BTreeSet<&str> = ErrorName::ALL.iter().map(|name| name.as_str()).collect();
    let machine = definition().unwrap();
    let mut seen = 0;
    for (state, body) in states(&machine) {
        for name in error_names(body, "Retry").union(&error_names(body, "Catch")) {
            seen += 1;
            assert!(
                ours.contains(name.as_str()) || AWS_NAMES.contains(&name.as_str()),
                "`{state}` names `{name}`, which nobody gives"
            );
        }
    }
    assert!(seen > 20, "only {seen} names were looked at");
}

#[test]
fn every_task_retries_exactly_the_retryable_names() {
    let machine = definition().unwrap();
    assert_eq!(tasks(&machine).len(), 7);
    for (state, body) in tasks(&machine) {
        let retried = error_names(body, "Retry");
        for name in ErrorName::ALL {
            assert_eq!(
                retried.contains(name.as_str()),
                name.is_retryable(),
                "`{state}`: `{name}`"
            );
        }
    }
}

#[test]
fn every_task_of_an_account_is_caught_but_its_aggregation() {
    let machine = definition().unwrap();
    let child = &machine["States"]["SweepAccounts"]["ItemProcessor"];
    for (state, body) in tasks(child) {
        let caught = error_names(body, "Catch").contains("States.ALL");
        assert_eq!(caught, state != "AggregateAccount", "`{state}`");
    }
    assert!(error_names(&machine["States"]["SweepAccounts"], "Catch").contains("States.ALL"));
}

#[test]
fn a_failure_to_notify_is_said_and_fails_nothing() {
    let machine = definition().unwrap();
    let notify = &machine["States"]["Notify"];
    assert_eq!(notify["ResultPath"], "$.notification");
    assert_eq!(notifying(&machine).len(), 3);
    for (name, task) in notifying(&machine) {
        assert_eq!(
            error_names(task, "Catch"),
            ["States.ALL".to_owned()].into(),
            "`{name}`"
        );
        let next = task["Catch"][0]["Next"].as_str().unwrap();
        let all = states(&machine);
        let (_, said) = all.iter().find(|(state, _)| state == next).unwrap();
        assert_eq!(
            (&said["Type"], &said["End"]),
            (&"Pass".into(), &true.into())
        );
        assert_eq!(said["Parameters"]["sent"], false);
        assert!(said["Parameters"].get("cause.$").is_some(), "`{name}`");
    }
}

#[test]
fn the_map_tolerates_every_failure_and_keeps_results_out_of_the_state() {
    let map = &definition().unwrap()["States"]["SweepAccounts"];
    assert_eq!(map["ToleratedFailurePercentage"], 100);
    assert_eq!(
        map["ItemProcessor"]["ProcessorConfig"]["ExecutionType"],
        "STANDARD"
    );
    assert!(map.get("ItemReader").is_some() && map.get("ResultWriter").is_some());
}

#[test]
fn every_substitution_is_the_partition_a_function_of_ours_or_whom_to_tell() {
    let body = text("statemachine/sweep.asl.json").unwrap();
    let found: BTreeSet<&str> = body
        .split("${")
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap())
        .collect();
    let mut wanted: BTreeSet<String> = std::fs::read_dir(root().join("lambdas"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|folder| format!("{}FunctionArn", camel(&folder)))
        .collect();
    wanted.extend(["Partition", "TopicArn", "EventBusName"].map(str::to_owned));
    assert_eq!(found, wanted.iter().map(String::as_str).collect());
    assert!(
        !body.contains("arn:aws:"),
        "the partition is written literally"
    );
}

fn camel(folder: &str) -> String {
    folder
        .split('-')
        .map(|part| part[..1].to_uppercase() + &part[1..])
        .collect()
}

#[test]
fn the_readme_has_a_row_for_every_state_that_does_something() {
    let readme = text("statemachine/README.md").unwrap();
    let machine = definition().unwrap();
    for (state, body) in states(&machine) {
        let silent = ["Pass", "Choice", "Parallel"].contains(&body["Type"].as_str().unwrap());
        let inner_map = body["Type"] == "Map" && state != "SweepAccounts";
        if !silent && !inner_map {
            assert!(
                readme.contains(&format!("\n| {state}")),
                "`{state}` has no row"
            );
        }
    }
}

#[test]
fn every_state_has_a_time_limit_that_outlives_its_function() {
    let machine = definition().unwrap();
    for (state, body) in tasks(&machine) {
        assert_eq!(
            body["TimeoutSeconds"], 910,
            "`{state}`: a function may run 900 seconds"
        );
    }
    assert!(machine["TimeoutSeconds"].as_u64().unwrap() >= 3600);
}
