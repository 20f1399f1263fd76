//! The glue between a handler and the Lambda runtime: logs, request parsing, error names, deadline.

mod log;

use lambda_runtime::{Diagnostic, LambdaEvent, Runtime, service_fn};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tracing::{Instrument, Span, error, field, info_span};

use crate::error::{chain, cut};
use crate::on_demand::{self, ApiEvent, Look};
use crate::{Deadline, Error, Named, metrics};

/// Runs a function: sets up its stage once, then answers one invocation after the other.
///
/// `LOG_LEVEL` (default `info`) sets the level of our own log lines. A stage that cannot be set up
/// fails each invocation with its error name and message, so that the state machine hears which
/// variable is missing rather than that a process ended.
///
/// # Errors
///
/// If the Lambda runtime API does not answer.
pub async fn run<Stage, Request, Response, SetupFailure, Failure>(
    setup: impl Future<Output = Result<Stage, SetupFailure>>,
    handle: impl AsyncFn(&Stage, Request, Deadline) -> Result<Response, Failure>,
) -> Result<(), lambda_runtime::Error>
where
    Request: DeserializeOwned,
    Response: Serialize,
    SetupFailure: Named,
    Failure: Named,
{
    let stage = start(setup).await;
    let (stage, handle) = (&stage, &handle);
    let service = service_fn(async move |event| {
        let answered = answer(stage, handle, event).await;
        tell_calls();
        answered
    });
    Runtime::new(service).run().await
}

/// Runs an auditor: as [`run`], and it also answers the events of API Gateway.
///
/// # Errors
///
/// If the Lambda runtime API does not answer.
pub async fn run_on_demand<Looker, Request, Response, SetupFailure, Failure>(
    setup: impl Future<Output = Result<Looker, SetupFailure>>,
    handle: impl AsyncFn(&Looker, Request, Deadline) -> Result<Response, Failure>,
) -> Result<(), lambda_runtime::Error>
where
    Looker: Look,
    Request: DeserializeOwned,
    Response: Serialize,
    SetupFailure: Named,
    Failure: Named,
{
    let stage = start(setup).await;
    let (stage, handle) = (&stage, &handle);
    let service = service_fn(async move |event| {
        let answered = answer_either(stage, handle, event).await;
        tell_calls();
        answered
    });
    Runtime::new(service).run().await
}

/// Answers an event of API Gateway, or the state machine.
async fn answer_either<Looker, Request, Response, Failure>(
    stage: &Result<Looker, Diagnostic>,
    handle: &impl AsyncFn(&Looker, Request, Deadline) -> Result<Response, Failure>,
    event: LambdaEvent<Value>,
) -> Result<Value, Diagnostic>
where
    Looker: Look,
    Request: DeserializeOwned,
    Response: Serialize,
    Failure: Named,
{
    let Some(asked) = ApiEvent::of(&event.payload) else {
        return answer(stage, handle, event).await;
    };
    let span = info_span!("request", request.id = asked.request_id());
    let response = Box::pin(on_demand::answer(stage, &asked))
        .instrument(span)
        .await;
    serde_json::to_value(response).map_err(|source| diagnose(&Error::UnwritableResponse { source }))
}

/// Starts logging, and sets up the stage.
async fn start<Stage, SetupFailure: Named>(
    setup: impl Future<Output = Result<Stage, SetupFailure>>,
) -> Result<Stage, Diagnostic> {
    match log::start() {
        Ok(()) => setup.await.map_err(|error| diagnose(&error)),
        Err(error) => Err(diagnose(&error)),
    }
}

/// Answers one invocation.
async fn answer<Stage, Request, Response, Failure>(
    stage: &Result<Stage, Diagnostic>,
    handle: &impl AsyncFn(&Stage, Request, Deadline) -> Result<Response, Failure>,
    event: LambdaEvent<Value>,
) -> Result<Value, Diagnostic>
where
    Request: DeserializeOwned,
    Response: Serialize,
    Failure: Named,
{
    let span = span_of(&event);
    let LambdaEvent { payload, context } = event;
    async {
        let stage = stage.as_ref().map_err(Clone::clone)?;
        let request = parse(payload).map_err(|error| diagnose(&error))?;
        let deadline = Deadline::of_invocation(context.deadline);
        // On the heap: the compiler gives up on the layout of so many nested futures.
        let response = Box::pin(handle(stage, request, deadline))
            .await
            .map_err(|error| diagnose(&error))?;
        serde_json::to_value(response)
            .map_err(|source| diagnose(&Error::UnwritableResponse { source }))
    }
    .instrument(span)
    .await
}

/// Tells how often AWS was called since the last time, in an invocation or while the stage was set up.
fn tell_calls() {
    metrics::emit(&metrics::of_calls(&aws::calls::take()));
}

/// The span of an invocation; every log line within it carries run, account and region.
fn span_of(event: &LambdaEvent<Value>) -> Span {
    let text = |pointers: [&str; 2]| {
        pointers
            .iter()
            .find_map(|pointer| event.payload.pointer(pointer)?.as_str())
    };
    let span = info_span!(
        "invocation",
        request.id = event.context.request_id,
        run.id = field::Empty,
        account.id = field::Empty,
        region = field::Empty,
    );
    span.record("run.id", text(["/run/id", "/state/run/id"]));
    span.record("account.id", text(["/account", "/state/account"]));
    span.record("region", text(["/region", "/state/region"]));
    span
}

/// Parses a request; the error names the field.
fn parse<Request: DeserializeOwned>(payload: Value) -> Result<Request, Error> {
    serde_json::from_value(payload).map_err(|source| Error::InvalidRequest { source })
}

/// Logs a failure, its whole chain once, and turns it into what the runtime reports.
fn diagnose(failure: &impl Named) -> Diagnostic {
    let message = chain(failure);
    let name = failure.name();
    error!(error.name = name.as_str(), "{message}");
    Diagnostic {
        error_type: name.as_str().to_owned(),
        error_message: cut(&message),
    }
}

#[cfg(test)]
mod tests {
    use compliance::ErrorName;
    use compliance::payload::AuditSecurityGroupsRequest;
    use lambda_runtime::Context;
    use serde_json::json;

    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot list the groups of `111122223333`")]
    struct Throttled(#[source] std::fmt::Error);

    impl Named for Throttled {
        fn name(&self) -> ErrorName {
            ErrorName::Throttled
        }
    }

    async fn invoke(payload: Value) -> Result<Value, Diagnostic> {
        let handle = async |(): &(), request: AuditSecurityGroupsRequest, _: Deadline| {
            if request.progress.parts == 0 {
                Ok(request.account)
            } else {
                Err(Throttled(std::fmt::Error))
            }
        };
        answer(
            &Ok(()),
            &handle,
            LambdaEvent::new(payload, Context::default()),
        )
        .await
    }

    fn request(parts: u32) -> Value {
        json!({
            "run": {"id": "20261120T140433000Z-1a2b3c4d", "started_at": "2026-11-20T14:04:33Z"},
            "account": "111122223333", "partition": "aws", "region": "eu-west-1",
            "progress": {"next": null, "parts": parts},
        })
    }

    #[tokio::test]
    async fn a_handler_is_given_the_request_and_answers() {
        assert_eq!(invoke(request(0)).await, Ok(json!("111122223333")));
    }

    #[tokio::test]
    async fn a_failure_carries_its_name_and_its_chain_once() {
        let diagnostic = invoke(request(1)).await.unwrap_err();
        assert_eq!(diagnostic.error_type, "Throttled");
        assert_eq!(
            diagnostic.error_message,
            "cannot list the groups of `111122223333`: an error occurred when formatting an argument"
        );
    }

    #[tokio::test]
    async fn an_unknown_field_of_the_request_is_an_invalid_request_that_names_it() {
        let mut payload = request(0);
        payload["colour"] = json!(1);
        let diagnostic = invoke(payload).await.unwrap_err();
        assert_eq!(diagnostic.error_type, "InvalidRequest");
        assert!(
            diagnostic.error_message.contains("`colour`"),
            "{diagnostic:?}"
        );
    }

    #[tokio::test]
    async fn a_stage_that_could_not_be_set_up_fails_every_invocation() {
        let handle = async |(): &(), (): (), _: Deadline| Ok::<(), Throttled>(());
        let failed = Err(diagnose(&Throttled(std::fmt::Error)));
        for _ in 0..2 {
            let event = LambdaEvent::new(Value::Null, Context::default());
            let diagnostic = answer(&failed, &handle, event).await.unwrap_err();
            assert_eq!(diagnostic.error_type, "Throttled");
        }
    }
}
