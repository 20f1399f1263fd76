//! The event of API Gateway, as far as it is read: payload format 2.0 of HTTP APIs
//! (API Gateway, "Create AWS Lambda proxy integrations for HTTP APIs").

use serde::Deserialize;
use serde_json::Value;

/// A request that came through API Gateway. Fields that nobody reads are not kept, headers above all.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ApiEvent {
    /// `POST /v1/health`, as the route was declared.
    #[serde(rename = "routeKey")]
    route_key: String,
    /// The body, if there is one.
    #[serde(default)]
    body: Option<String>,
    /// Whether the body is in Base64: API Gateway does that to all but text.
    #[serde(default, rename = "isBase64Encoded")]
    is_base64: bool,
    #[serde(rename = "requestContext")]
    context: Context,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Context {
    #[serde(rename = "requestId")]
    request_id: String,
}

impl ApiEvent {
    /// The request, if a payload is one. No payload of the state machine has a `routeKey`: its functions take no
    /// unknown fields.
    #[must_use]
    pub fn of(payload: &Value) -> Option<Self> {
        let is_event = payload.get("version")?.as_str() == Some("2.0");
        is_event.then(|| Self::deserialize(payload).ok()).flatten()
    }

    /// The route that was asked for.
    #[must_use]
    pub fn route(&self) -> &str {
        &self.route_key
    }

    /// The id under which API Gateway logs the request.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.context.request_id
    }

    /// The body as text; `None` if it was sent as something else.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        (!self.is_base64).then(|| self.body.as_deref().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_payload_of_the_state_machine_is_no_request() {
        for payload in [
            Value::Null,
            json!({"task": "run"}),
            json!({"version": "1.0", "routeKey": "POST /v1/health", "requestContext": {"requestId": "1"}}),
            json!({"version": "2.0"}),
        ] {
            assert_eq!(ApiEvent::of(&payload), None, "{payload}");
        }
    }

    #[test]
    fn a_binary_body_is_not_text_and_a_missing_one_is_empty() {
        let event = |changes: Value| {
            let mut event = json!({"version": "2.0", "routeKey": "POST /v1/health",
                "requestContext": {"requestId": "1"}});
            event
                .as_object_mut()
                .unwrap()
                .extend(changes.as_object().unwrap().clone());
            ApiEvent::of(&event).unwrap()
        };
        let binary = event(json!({"body": "e30=", "isBase64Encoded": true}));
        assert_eq!(binary.text(), None);
        assert_eq!(event(json!({})).text(), Some(""));
    }
}
