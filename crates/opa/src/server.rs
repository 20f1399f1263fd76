//! A server, and what it is asked.

use std::io::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use compliance::{Refusal, Subject};
use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE};
use reqwest::{Client, StatusCode};
use serde_json::{Map, Value, json};
use tokio::sync::OnceCell;
use tracing::debug;

use crate::{Address, Error, Token, answer, transport};

/// What the policies of a server say of one observation: by control, what the rule `verdict` of its policy gives.
pub type Verdicts = Map<String, Value>;

/// Questions from this size on are compressed, in bytes.
const COMPRESSED_FROM: usize = 1024;
/// How long a server that gave no answer is not asked again.
const SILENCE: Duration = Duration::from_secs(30);
/// The probe, once per process.
const HEALTH: &str = "GET health?bundles";

/// An OPA server that loads our policies.
#[derive(Debug)]
pub struct Server {
    address: Address,
    client: Client,
    token: Token,
    healthy: OnceCell<()>,
    /// Until when it is not asked, and why.
    silent: Mutex<Option<(Instant, Refusal)>>,
}

impl Server {
    /// The server at an address, with the token that it wants.
    ///
    /// # Errors
    ///
    /// If the HTTP client cannot be set up.
    pub fn new(address: Address, token: Token) -> Result<Self, Error> {
        Ok(Self {
            client: transport::client(&address)?,
            address,
            token,
            healthy: OnceCell::new(),
            silent: Mutex::new(None),
        })
    }

    /// What the policies say of an input: by control, as the policies put it. The first question probes whether the server has
    /// loaded its bundles. A server that gave no answer is not asked again for 30 seconds, so that a page of resources does not
    /// wait for each.
    ///
    /// # Errors
    ///
    /// If there is no answer, or one that is no object of verdicts.
    pub async fn verdicts(&self, subject: Subject, input: &Value) -> Result<Verdicts, Error> {
        let path = format!("v1/data/aws/{}/verdicts", document(subject));
        let operation = format!("POST {path}");
        self.refuse_while_silent()?;
        let asked = async {
            self.healthy.get_or_try_init(|| self.probe()).await?;
            self.ask(&operation, &path, input).await
        };
        let given = asked.await.inspect_err(|error| self.fall_silent(error))?;
        debug!(opa.decision_id = given.decision, "{operation}");
        Ok(given.verdicts)
    }

    async fn ask(
        &self,
        operation: &str,
        path: &str,
        input: &Value,
    ) -> Result<answer::Given, Error> {
        let url = self.address.at(path, Some("strict-builtin-errors=true"));
        let token = self.token.header().await?;
        let (body, compressed) = body(input);
        let request = || {
            let request = self.client.post(url.clone()).body(body.clone());
            let request = request.header(CONTENT_TYPE, "application/json");
            let request = if compressed {
                request.header(CONTENT_ENCODING, "gzip")
            } else {
                request
            };
            match token.clone() {
                Some(token) => request.header(AUTHORIZATION, token),
                None => request,
            }
        };
        let (status, body) = transport::send(operation, request).await?;
        answer::read(operation, status, &body)
    }

    /// Whether the server is up and has activated its bundles.
    async fn probe(&self) -> Result<(), Error> {
        let url = self.address.at("health", Some("bundles"));
        let token = self.token.header().await?;
        let request = || match token.clone() {
            Some(token) => self.client.get(url.clone()).header(AUTHORIZATION, token),
            None => self.client.get(url.clone()),
        };
        match transport::send(HEALTH, request).await? {
            (StatusCode::OK, _) => Ok(()),
            (status, body) => Err(answer::refused(HEALTH, status, &body)),
        }
    }

    fn refuse_while_silent(&self) -> Result<(), Error> {
        let mut silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        match silent.take_if(|(until, _)| *until <= Instant::now()) {
            Some(_) => Ok(()),
            None => silent.as_ref().map_or(Ok(()), |(_, why)| {
                Err(Error::Failed {
                    operation: why.operation.clone(),
                    code: why.code.clone(),
                    message: "it was not asked again".to_owned(),
                    decision: None,
                    source: None,
                })
            }),
        }
    }

    /// Notes that no answer came, or that the server is not ready.
    fn fall_silent(&self, error: &Error) {
        let refusal = error.refusal();
        if error.is_silence() || refusal.operation == HEALTH {
            let until = Instant::now() + SILENCE;
            *self.silent.lock().unwrap_or_else(PoisonError::into_inner) = Some((until, refusal));
        }
    }
}

/// The package of the documents on a subject, below `aws`.
fn document(subject: Subject) -> &'static str {
    match subject {
        Subject::S3Account => "s3_account",
        Subject::S3 => "s3_bucket",
        Subject::Kms => "kms_key",
        Subject::Sg => "security_group",
        Subject::BucketKey => "bucket_key",
        Subject::AccessPoint => "access_point",
        Subject::MultiRegionAccessPoint => "multi_region_access_point",
    }
}

/// The question, and whether it is compressed.
fn body(input: &Value) -> (Vec<u8>, bool) {
    let text = json!({ "input": input }).to_string();
    if text.len() < COMPRESSED_FROM {
        return (text.into_bytes(), false);
    }
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    match gzip.write_all(text.as_bytes()).and_then(|()| gzip.finish()) {
        Ok(compressed) => (compressed, true),
        // Nothing can fail in memory; if it does, the text will do.
        Err(_) => (text.into_bytes(), false),
    }
}
