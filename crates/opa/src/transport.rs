//! One request and its answer: in time, of bounded size, and tried again where that may help.

use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect, retry};

use crate::{Address, Error};

/// Time to connect, TLS included.
const CONNECT: Duration = Duration::from_secs(3);
/// Time for one attempt. The largest groups take a server a second.
const ATTEMPT: Duration = Duration::from_secs(15);
/// How long an idle connection is kept: below what load balancers allow (60 s by default).
const IDLE: Duration = Duration::from_secs(30);
/// Attempts at one request, the first included.
const ATTEMPTS: u32 = 3;
/// The longest pause before the second attempt; it doubles with each.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// The largest answer: some hundred verdicts are 100 KB.
const LARGEST_ANSWER: usize = 8 << 20;

/// A client for the server at this address. It follows no redirect: the token belongs to this server alone.
///
/// # Errors
///
/// If the machine has no root certificates that could be used.
pub(crate) fn client(address: &Address) -> Result<Client, Error> {
    let client = Client::builder()
        .user_agent(concat!("orgsweep/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .timeout(ATTEMPT)
        .pool_idle_timeout(IDLE)
        .redirect(redirect::Policy::none())
        .retry(retry::never());
    let client = if address.is_loopback() {
        client.no_proxy()
    } else {
        client.https_only(true)
    };
    client.build().map_err(|source| Error::Client { source })
}

/// Sends what `request` builds until it is answered: again only after a fault of the server (5xx) or a connection that failed,
/// never after a refusal (4xx) or when the time was up.
///
/// # Errors
///
/// [`Error::Failed`] if the last attempt has no answer. A fault that lasts is an answer.
pub(crate) async fn send(
    operation: &str,
    request: impl Fn() -> RequestBuilder,
) -> Result<(StatusCode, Vec<u8>), Error> {
    let mut pause = FIRST_PAUSE;
    for _ in 1..ATTEMPTS {
        match attempt(operation, request()).await {
            Ok((status, _)) if status.is_server_error() => {}
            Err(Error::Failed { code, .. }) if is_of_the_connection(&code) => {}
            done => return done,
        }
        tokio::time::sleep(pause.mul_f64(fastrand::f64())).await;
        pause *= 2;
    }
    attempt(operation, request()).await
}

async fn attempt(operation: &str, request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), Error> {
    let failed = |error| no_answer(operation, error);
    let response = request.send().await.map_err(failed)?;
    let status = response.status();
    Ok((status, body(operation, response).await?))
}

async fn body(operation: &str, mut response: Response) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| no_answer(operation, error))?
    {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST_ANSWER {
            return Err(Error::Failed {
                operation: operation.to_owned(),
                code: "TooLarge".to_owned(),
                message: format!("the answer is longer than {LARGEST_ANSWER} bytes"),
                decision: None,
                source: None,
            });
        }
    }
    Ok(body)
}

/// The connection could not be made.
const UNREACHABLE: &str = "Unreachable";
/// The connection ended before the answer did.
const CONNECTION_LOST: &str = "ConnectionLost";

fn is_of_the_connection(code: &str) -> bool {
    [UNREACHABLE, CONNECTION_LOST].contains(&code)
}

fn no_answer(operation: &str, error: reqwest::Error) -> Error {
    let code = if error.is_connect() {
        UNREACHABLE
    } else if error.is_timeout() {
        "TimedOut"
    } else {
        CONNECTION_LOST
    };
    Error::Failed {
        operation: operation.to_owned(),
        code: code.to_owned(),
        message: String::new(),
        decision: None,
        source: Some(error.without_url()),
    }
}
