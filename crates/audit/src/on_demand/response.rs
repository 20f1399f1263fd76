//! The answer, as API Gateway takes it from a function. Pure.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::refused::Refused;
use crate::error::{chain, cut};

/// The largest body, in bytes: a function answers with at most 6 MB (AWS Lambda, "Quotas", synchronous payload), and
/// the body is written as a string in a string.
const LARGEST: usize = 2_500_000;

/// Seconds after which another try may help.
const RETRY_AFTER: &str = "5";

/// A response in payload format 2.0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiResponse {
    /// The HTTP status.
    #[serde(rename = "statusCode")]
    pub status: u16,
    /// The headers.
    pub headers: BTreeMap<&'static str, &'static str>,
    /// The body: a JSON document.
    pub body: String,
}

impl ApiResponse {
    /// The answer to what was asked. An observation that is too large for an answer is left out and named.
    #[must_use]
    pub fn of(body: &Value) -> Self {
        let mut text = body.to_string();
        if text.len() > LARGEST {
            let mut shorter = body.clone();
            if let Some(shorter) = shorter.as_object_mut() {
                shorter.insert("observation".into(), Value::Null);
                shorter.insert("withheld".into(), json!(["observation"]));
            }
            text = shorter.to_string();
        }
        Self::with(200, text)
    }

    /// The answer to a request that is refused; causes are told, what AWS said is not.
    #[must_use]
    pub fn refused(refused: &Refused, request_id: &str) -> Self {
        let error = json!({"code": refused.code(), "message": cut(&message(refused))});
        let body = json!({"request_id": request_id, "error": error});
        let mut response = Self::with(refused.status(), body.to_string());
        if response.status == 503 {
            response.headers.insert("retry-after", RETRY_AFTER);
        }
        response
    }

    fn with(status: u16, body: String) -> Self {
        let headers = [
            ("content-type", "application/json"),
            ("cache-control", "no-store"),
        ];
        Self {
            status,
            headers: headers.into(),
            body,
        }
    }
}

/// What the caller is told: all of it about the request, of our own failures only the first line.
fn message(refused: &Refused) -> String {
    if refused.status() < 500 {
        chain(refused)
    } else {
        refused.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_observation_that_no_answer_can_hold_is_left_out_and_named() {
        let body = json!({"observation": "x".repeat(LARGEST), "verdicts": [1]});
        let answer: Value = serde_json::from_str(&ApiResponse::of(&body).body).unwrap();
        assert_eq!(
            answer,
            json!({"observation": null, "verdicts": [1], "withheld": ["observation"]})
        );
    }

    #[test]
    fn only_what_may_pass_tells_when_to_try_again() {
        let busy = ApiResponse::refused(&Refused::TimedOut, "one");
        assert_eq!((busy.status, busy.headers.get("retry-after")), (504, None));
        let refusal = compliance::Refusal {
            operation: "DescribeKey".to_owned(),
            code: "ThrottlingException".to_owned(),
        };
        let throttled = super::super::Unobserved::Refused(refusal).into();
        let answer = ApiResponse::refused(&throttled, "one");
        assert_eq!(answer.headers.get("retry-after"), Some(&"5"));
        insta::assert_snapshot!(answer.body, @r#"{"error":{"code":"TryAgain","message":"`DescribeKey` answered `ThrottlingException`"},"request_id":"one"}"#);
    }
}
