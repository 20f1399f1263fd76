//! What a scripted call is answered with, and the error bodies of the AWS protocols.

use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;

use crate::Request;
use crate::operation::Protocol;

/// One answer to one call.
#[derive(Clone)]
pub struct Answer {
    kind: Kind,
    headers: Vec<(&'static str, String)>,
}

#[derive(Clone)]
enum Kind {
    Body { status: u16, body: String },
    Refused { status: Option<u16>, code: String },
    TimedOut,
    Unreachable,
    Computed(Arc<dyn Fn(&Request) -> Answer + Send + Sync>),
}

impl Answer {
    /// Status 200 with a body: XML or JSON text, or a `serde_json::Value`.
    #[must_use]
    pub fn of(body: impl fmt::Display) -> Self {
        Self::with_status(200, body)
    }

    /// Status 200 without a body.
    #[must_use]
    pub fn empty() -> Self {
        Self::of("")
    }

    /// Any status with a body.
    #[must_use]
    pub fn with_status(status: u16, body: impl fmt::Display) -> Self {
        Self::from(Kind::Body {
            status,
            body: body.to_string(),
        })
    }

    /// A refusal with an error code, in the protocol of the service; the status that AWS gives to
    /// access denials there (403, or 400 for JSON protocols).
    #[must_use]
    pub fn denied(code: &str) -> Self {
        Self::from(Kind::Refused {
            status: None,
            code: code.to_owned(),
        })
    }

    /// A throttling answer: status 400 and a code such as `ThrottlingException`, `SlowDown` or `RequestLimitExceeded`.
    #[must_use]
    pub fn throttled(code: &str) -> Self {
        Self::refused(400, code)
    }

    /// A refusal with a status and an error code, in the protocol of the service.
    #[must_use]
    pub fn refused(status: u16, code: &str) -> Self {
        Self::from(Kind::Refused {
            status: Some(status),
            code: code.to_owned(),
        })
    }

    /// No answer in time.
    #[must_use]
    pub fn timed_out() -> Self {
        Self::from(Kind::TimedOut)
    }

    /// No connection.
    #[must_use]
    pub fn unreachable() -> Self {
        Self::from(Kind::Unreachable)
    }

    /// An answer that depends on the request.
    #[must_use]
    pub fn computed(answer: impl Fn(&Request) -> Self + Send + Sync + 'static) -> Self {
        Self::from(Kind::Computed(Arc::new(answer)))
    }

    /// The same answer with a response header, such as `x-amz-bucket-region`.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The response as the connector gives it to the SDK.
    pub(crate) fn respond(
        &self,
        request: &Request,
        protocol: Protocol,
    ) -> Result<HttpResponse, ConnectorError> {
        match &self.kind {
            Kind::Body { status, body } => Ok(self.response(*status, body.clone())),
            Kind::Refused { status, code } => {
                let status = status.unwrap_or_else(|| protocol.status_of_denial());
                let body = if request.method == "HEAD" {
                    String::new()
                } else {
                    protocol.error_body(code)
                };
                Ok(self.response(status, body))
            }
            Kind::TimedOut => Err(ConnectorError::timeout("replayed timeout".into())),
            Kind::Unreachable => Err(ConnectorError::io("replayed connection failure".into())),
            Kind::Computed(answer) => answer(request).respond(request, protocol),
        }
    }

    #[expect(
        clippy::expect_used,
        reason = "an impossible status is a defect of the test that scripted it"
    )]
    fn response(&self, status: u16, body: String) -> HttpResponse {
        let status = StatusCode::try_from(status).expect("an HTTP status between 100 and 999");
        let mut response = HttpResponse::new(status, SdkBody::from(body));
        for (name, value) in &self.headers {
            response.headers_mut().insert(*name, value.clone());
        }
        response
    }
}

impl From<Kind> for Answer {
    fn from(kind: Kind) -> Self {
        Self {
            kind,
            headers: Vec::new(),
        }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            Kind::Body { .. } => "Answer::of(..)",
            Kind::Refused { .. } => "Answer::refused(..)",
            Kind::TimedOut => "Answer::timed_out()",
            Kind::Unreachable => "Answer::unreachable()",
            Kind::Computed(_) => "Answer::computed(..)",
        })
    }
}

/// One answer for every call, or a list in order of which the last stays.
#[derive(Debug, Clone)]
pub struct Answers(pub(crate) Vec<Answer>);

impl From<Answer> for Answers {
    fn from(answer: Answer) -> Self {
        Self(vec![answer])
    }
}

impl<const N: usize> From<[Answer; N]> for Answers {
    fn from(answers: [Answer; N]) -> Self {
        Self(answers.into())
    }
}

impl From<Vec<Answer>> for Answers {
    fn from(answers: Vec<Answer>) -> Self {
        Self(answers)
    }
}
