//! Answers about one resource, on demand: the way in is API Gateway, whose event a function recognises beside the
//! payload of the state machine. The resource is observed and judged as a run does it, and nothing is written.
//!
//! `event` and `request` are the pure way in, `document` and `response` the pure way out; this module asks in between.

mod document;
mod event;
mod refused;
mod request;
mod response;

use std::future::Future;
use std::time::Duration;

use aws::Session;
use compliance::{AccountId, Admitted, Observation, Region, Run, Service, store_key};
use controls::Parameters;
use jiff::Timestamp;
use lambda_runtime::Diagnostic;
use serde_json::{Value, json};
use tracing::info;

pub use event::ApiEvent;
pub use refused::{Refused, Unobserved};
pub use request::{Asked, Question, Route, Target, parse};
pub use response::ApiResponse;

use crate::{Auditor, Scope, Stage};

/// The longest an answer may take: API Gateway gives up after 30 seconds (API Gateway, "Quotas for configuring and
/// running an HTTP API", integration timeout).
const LONGEST: Duration = Duration::from_secs(28);

/// An auditor that can look at one resource alone.
pub trait Look: Sync {
    /// The service whose resources it looks at.
    const SERVICE: Service;

    /// What it has in common with all auditors.
    fn auditor(&self) -> &Auditor;

    /// Observes one resource, as a run does.
    ///
    /// # Errors
    ///
    /// [`Unobserved`] when there is no such resource in the account, or AWS did not tell whether there is.
    fn look(
        &self,
        session: &Session,
        target: &Target,
    ) -> impl Future<Output = Result<Observation, Unobserved>> + Send;
}

/// Answers an event of API Gateway. Whatever goes wrong is an answer too.
pub async fn answer<L: Look>(stage: &Result<L, Diagnostic>, event: &ApiEvent) -> ApiResponse {
    let request_id = event.request_id();
    let outcome = match parse(event, L::SERVICE) {
        Ok(question) => match stage {
            Ok(looker) => within(LONGEST, ask(looker, &question, request_id)).await,
            Err(broken) => Err(Refused::Broken(broken.error_type.clone())),
        },
        Err(refused) => Err(refused),
    };
    info!(
        http.route = event.route(),
        http.status = outcome.as_ref().map_or_else(Refused::status, |_| 200),
        "answered a request"
    );
    match outcome {
        Ok(body) => ApiResponse::of(&body),
        Err(refused) => ApiResponse::refused(&refused, request_id),
    }
}

async fn within<T>(
    longest: Duration,
    answer: impl Future<Output = Result<T, Refused>>,
) -> Result<T, Refused> {
    tokio::time::timeout(longest, answer)
        .await
        .unwrap_or(Err(Refused::TimedOut))
}

async fn ask<L: Look>(looker: &L, question: &Question, request_id: &str) -> Result<Value, Refused> {
    match question {
        Question::Health => Ok(health(looker.auditor())),
        Question::About(asked) => Box::pin(about(looker, asked, request_id)).await,
    }
}

/// A function that got so far has read its settings, and its catalogue is sound.
fn health(auditor: &Auditor) -> Value {
    json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "controls": auditor.stage.catalog.controls().count(),
    })
}

/// Looks at one resource in an account that may be asked about.
async fn about<L: Look>(looker: &L, asked: &Asked, request_id: &str) -> Result<Value, Refused> {
    let auditor = looker.auditor();
    let admitted: Admitted = auditor
        .stage
        .store
        .get_json(&store_key::admitted())
        .await
        .map_err(refused::unlisted)?;
    let Target {
        account, region, ..
    } = &asked.target;
    admit(&admitted, account, region.as_ref(), L::SERVICE)?;
    let run = Run::of_execution(request_id, Timestamp::now());
    let scope = Scope {
        run: run.id,
        account: account.clone(),
        region: region.clone(),
        service: L::SERVICE,
    };
    let session = auditor.enter(&scope).await?;
    let observation = looker.look(&session, &asked.target).await?;
    admit(&admitted, account, Some(observation.region()), L::SERVICE)?;
    let parameters = Parameters {
        organization_id: Some(admitted.organization.organization_id),
        organization_accounts: admitted.organization.accounts,
        ..auditor.stage.parameters.configured().clone()
    };
    let facts = document::facts(&observation, &parameters, request_id);
    if asked.route == Route::KeyInfo {
        return Ok(facts);
    }
    let Stage { catalog, judge, .. } = &auditor.stage;
    let observed = std::slice::from_ref(&observation);
    let (verdicts, _) = judge.verdicts(catalog, &parameters, observed).await;
    Ok(document::judged(facts, catalog, &verdicts))
}

fn admit(
    admitted: &Admitted,
    account: &AccountId,
    region: Option<&Region>,
    service: Service,
) -> Result<(), Refused> {
    if admitted.admits(account, region, service) {
        return Ok(());
    }
    Err(Refused::OutOfScope {
        account: account.clone(),
        region: region.cloned(),
        service,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_that_takes_too_long_is_a_refusal() {
        let never = std::future::pending::<Result<(), Refused>>();
        let outcome = within(Duration::from_millis(1), never).await;
        assert_eq!(outcome.unwrap_err().status(), 504);
    }
}
