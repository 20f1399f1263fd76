//! The binary itself, against a Lambda runtime API of one invocation.

#![cfg(test)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// What a function did with an invocation.
struct Told {
    /// The path of the runtime API that it answered on.
    path: String,
    /// What it answered.
    body: Value,
    /// What it logged.
    log: String,
}

/// Gives the function one invocation and waits for its answer.
fn invoke(environment: &[(&str, &str)], payload: &str) -> Told {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut function = start(&listener.local_addr().unwrap().to_string(), environment);
    let (next, _, connection) = request(&listener);
    assert!(next.ends_with("/runtime/invocation/next"), "{next}");
    let headers = "Lambda-Runtime-Aws-Request-Id: r1\r\nLambda-Runtime-Deadline-Ms: 4102444800000";
    respond(connection, &format!("200 OK\r\n{headers}"), payload);
    let (path, body, connection) = request(&listener);
    respond(connection, "202 Accepted", "{}");
    function.kill().unwrap();
    let output = function.wait_with_output().unwrap();
    Told {
        path,
        body: serde_json::from_str(&body).unwrap(),
        log: String::from_utf8(output.stdout).unwrap(),
    }
}

fn start(api: &str, environment: &[(&str, &str)]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_aggregate"))
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", api)
        .env("AWS_LAMBDA_FUNCTION_NAME", "aggregate")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
        .env("AWS_REGION", "eu-west-1")
        .envs(environment.iter().copied())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The next request: its path, its body, and the connection to answer on.
fn request(listener: &TcpListener) -> (String, String, TcpStream) {
    let (connection, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let path = line.split(' ').nth(1).unwrap().to_owned();
    let mut length = 0;
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    (path, String::from_utf8(body).unwrap(), connection)
}

fn respond(mut connection: TcpStream, head: &str, body: &str) {
    let length = body.len();
    write!(
        connection,
        "HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
}

const SETTINGS: [(&str, &str); 4] = [
    ("RUN_BUCKET", "runs"),
    ("FINDINGS_TABLE", "findings"),
    ("RUNS_TABLE", "runs"),
    ("AUDIT_ROLE_NAME", "orgsweep-audit"),
];

#[test]
fn a_missing_variable_is_named_to_the_invoker() {
    for (missing, _) in SETTINGS {
        let others: Vec<_> = SETTINGS
            .into_iter()
            .filter(|(name, _)| *name != missing)
            .collect();
        let Told {
            path,
            body: failure,
            ..
        } = invoke(&others, "{}");
        assert!(path.ends_with("/runtime/invocation/r1/error"), "{path}");
        assert_eq!(failure["errorType"], "Internal");
        let message = failure["errorMessage"].as_str().unwrap();
        assert!(message.contains(&format!("`{missing}`")), "{message}");
    }
}

#[test]
fn an_unusable_variable_is_named_with_its_reason() {
    for (name, value) in [("SECURITY_HUB", "everywhere"), ("LOG_LEVEL", "loud")] {
        let mut settings = SETTINGS.to_vec();
        settings.push((name, value));
        let failure = invoke(&settings, "{}").body;
        let message = failure["errorMessage"].as_str().unwrap();
        assert!(message.contains(&format!("`{name}`")), "{message}");
    }
}

#[test]
fn a_malformed_request_is_invalid_and_named() {
    let failure = invoke(&SETTINGS, r#"{"task":"run","colour":1}"#).body;
    assert_eq!(failure["errorType"], "InvalidRequest");
    assert!(
        failure["errorMessage"]
            .as_str()
            .unwrap()
            .contains("`colour`"),
        "{failure}"
    );
}

#[test]
fn a_failure_is_logged_once_as_json_with_its_run_account_and_region() {
    let payload =
        r#"{"task":"run","run":{"id":"R"},"account":"A","region":"eu-west-1","colour":1}"#;
    let log = invoke(&SETTINGS, payload).log;
    assert_eq!(log.lines().count(), 1, "{log}");
    let line: Value = serde_json::from_str(&log).unwrap();
    let expected = json!({"name": "invocation", "request.id": "r1", "run.id": "R",
        "account.id": "A", "region": "eu-west-1"});
    assert_eq!(line["span"], expected);
    assert_eq!(
        (&line["level"], &line["error.name"]),
        (&json!("ERROR"), &json!("InvalidRequest"))
    );
    assert!(line.get("timestamp").is_none(), "{log}");
}
