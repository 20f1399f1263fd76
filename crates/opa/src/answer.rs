//! What an answer of the Data API means (OPA, "REST API", recorded from OPA 1.4.2). Pure.

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::Error;

/// Longest part of what a server says that goes into an error, in bytes.
const LONGEST_MESSAGE: usize = 200;

/// The answer to a question.
#[derive(Debug, Deserialize)]
struct Answer {
    result: Option<Value>,
    warning: Option<Notice>,
    decision_id: Option<String>,
}

/// How OPA puts warnings and errors.
#[derive(Debug, Default, Deserialize)]
struct Notice {
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    errors: Vec<Notice>,
    decision_id: Option<String>,
}

/// What the policies say by control, and the decision that the server logged.
#[derive(Debug, PartialEq)]
pub(crate) struct Given {
    pub(crate) verdicts: Map<String, Value>,
    pub(crate) decision: Option<String>,
}

/// Reads an answer to a question.
///
/// # Errors
///
/// [`Error::Failed`] for everything but 200 with an object as `result` and without a warning. 200 without a result is what OPA
/// answers of policies that it has not loaded.
pub(crate) fn read(operation: &str, status: StatusCode, body: &[u8]) -> Result<Given, Error> {
    if status != StatusCode::OK {
        return Err(refused(operation, status, body));
    }
    let failed = |code: &str, message: &str, decision| failed(operation, code, message, decision);
    let Ok(answer) = serde_json::from_slice::<Answer>(body) else {
        return Err(failed("WrongShape", "the answer is not one of OPA", None));
    };
    let decision = answer.decision_id;
    if let Some(warning) = answer.warning {
        return Err(failed(
            &or(&warning.code, "Warning"),
            &warning.message,
            decision,
        ));
    }
    match answer.result {
        Some(Value::Object(verdicts)) => Ok(Given { verdicts, decision }),
        Some(_) => Err(failed(
            "WrongShape",
            "the result is not an object",
            decision,
        )),
        None => {
            let message = "the server has no such document: are the policies loaded?";
            Err(failed("NoResult", message, decision))
        }
    }
}

/// The error that a status other than 200 makes: `401 unauthorized`, `500 eval_conflict_error`, `503`.
pub(crate) fn refused(operation: &str, status: StatusCode, body: &[u8]) -> Error {
    let notice: Notice = serde_json::from_slice(body).unwrap_or_default();
    let cause = notice.errors.first().unwrap_or(&notice);
    let code = format!("{} {}", status.as_u16(), cause.code);
    failed(
        operation,
        code.trim_end(),
        &cause.message,
        notice.decision_id.clone(),
    )
}

fn failed(operation: &str, code: &str, message: &str, decision: Option<String>) -> Error {
    Error::Failed {
        operation: operation.to_owned(),
        code: code.to_owned(),
        message: cut(message),
        decision,
        source: None,
    }
}

fn or(code: &str, otherwise: &str) -> String {
    if code.is_empty() { otherwise } else { code }.to_owned()
}

fn cut(message: &str) -> String {
    let end = message.floor_char_boundary(LONGEST_MESSAGE);
    message.get(..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Status, body, and what it means.
    fn meaning(status: u16, body: &str) -> String {
        let status = StatusCode::from_u16(status).unwrap();
        match read("POST x", status, body.as_bytes()) {
            Ok(Given { verdicts, decision }) => format!("{} verdicts {decision:?}", verdicts.len()),
            Err(error) => format!("{} {:?}", error.refusal().code, error.decision()),
        }
    }

    #[test]
    fn every_recorded_answer_is_understood() {
        let recorded = include_str!("../tests/recorded.json");
        let recorded: Vec<(String, u16, String)> = serde_json::from_str(recorded).unwrap();
        let lines: Vec<String> = recorded
            .iter()
            .map(|(what, status, body)| format!("{what}: {}", meaning(*status, body)))
            .collect();
        let expected = [
            "verdicts: 1 verdicts None",
            "verdicts, with decision logs: 1 verdicts Some(\"4ca636c1\")",
            "no policy applies: 0 verdicts None",
            "a deny document instead: WrongShape None",
            "unknown path, or bundle not loaded: NoResult None",
            "the same, with decision logs: NoResult Some(\"4ca636c1\")",
            "null: NoResult None",
            "body without `input`: api_usage_warning None",
            "malformed JSON, gzip without header or too large: 400 invalid_parameter None",
            "token wrong or missing: 401 unauthorized None",
            "undefined, version 0: 404 undefined_document None",
            "unknown URL: 404 None",
            "wrong method: 405 None",
            "evaluation conflict: 500 eval_conflict_error None",
            "builtin error: 500 eval_builtin_error Some(\"4ca636c1\")",
            "a bundle is not activated: 500 None",
            "a proxy before the server: 503 None",
            "a web page: WrongShape None",
            "nothing: WrongShape None",
        ];
        assert_eq!(lines, expected);
    }
}
