//! Judging: what the catalogue says of observations, kept or counted. With a server, the one place that awaits its answers.

use std::collections::BTreeMap;
use std::path::PathBuf;

use aws::settings::optional;
use aws_config::SdkConfig;
use compliance::{ControlId, Gap, Observation, Status, Verdict};
use controls::{Catalog, Parameters, question};
use futures::{StreamExt, stream};
use opa::{Address, Server, Token};
use tracing::warn;

use crate::Error;
use crate::error::chain;

/// Questions to a server that are open at a time.
const ASKED_AT_ONCE: usize = 8;

/// Who evaluates the policies.
#[derive(Debug, Default)]
pub enum Judge {
    /// The engine in this process.
    #[default]
    Embedded,
    /// An OPA server that loads the same policies.
    Server(Box<Server>),
}

/// Verdicts of some observations: failures and what could not be judged one by one, passes counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Failed and not-available verdicts.
    pub verdicts: Vec<Verdict>,
    /// Passed verdicts by control.
    pub passed: BTreeMap<ControlId, u64>,
    /// Resources that a server did not judge: their scope is not complete.
    pub gaps: Vec<Gap>,
}

impl Judge {
    /// The server at `OPA_URL`, with the token of `OPA_TOKEN_SECRET` (the ARN of a secret) or `OPA_TOKEN_FILE`; the embedded
    /// engine without `OPA_URL`.
    ///
    /// # Errors
    ///
    /// If a variable is unusable, or both places of the token are named.
    pub fn from_environment(base: &SdkConfig) -> Result<Self, Error> {
        let secret = optional::<String>("OPA_TOKEN_SECRET")?;
        let file = optional::<PathBuf>("OPA_TOKEN_FILE")?;
        match optional::<Address>("OPA_URL")? {
            Some(address) => Ok(Self::asking(base, address, secret, file)?),
            None => Ok(Self::Embedded),
        }
    }

    /// The server at an address, with the token that is the text of a secret or of a file.
    ///
    /// # Errors
    ///
    /// If both are named, the secret by something else than its ARN, or the client cannot be set up.
    pub fn asking(
        base: &SdkConfig,
        address: Address,
        secret: Option<String>,
        file: Option<PathBuf>,
    ) -> Result<Self, opa::Error> {
        let server = Server::new(address, Token::of(base, secret, file)?)?;
        Ok(Self::Server(Box::new(server)))
    }

    /// What the controls say of observations, in their order, and a gap for each that a server did not judge.
    pub async fn verdicts(
        &self,
        catalog: &Catalog,
        parameters: &Parameters,
        observations: &[Observation],
    ) -> (Vec<Verdict>, Vec<Gap>) {
        let server = match self {
            Self::Embedded => {
                let judged = observations.iter().map(|it| catalog.judge(it, parameters));
                return (judged.flatten().collect(), Vec::new());
            }
            Self::Server(server) => server,
        };
        let asked = observations
            .iter()
            .map(|it| ask(server, catalog, parameters, it));
        let mut answered = stream::iter(asked).buffered(ASKED_AT_ONCE);
        let (mut verdicts, mut gaps) = (Vec::new(), Vec::new());
        while let Some((of_one, gap)) = answered.next().await {
            verdicts.extend(of_one);
            gaps.extend(gap);
        }
        (verdicts, gaps)
    }

    /// The same, kept or counted.
    pub async fn judge(
        &self,
        catalog: &Catalog,
        parameters: &Parameters,
        observations: &[Observation],
    ) -> Judged {
        let (verdicts, gaps) = self.verdicts(catalog, parameters, observations).await;
        Judged {
            gaps,
            ..Judged::of(verdicts)
        }
    }
}

/// Asks a server about one observation.
async fn ask(
    server: &Server,
    catalog: &Catalog,
    parameters: &Parameters,
    observation: &Observation,
) -> (Vec<Verdict>, Option<Gap>) {
    let question = question(observation, parameters);
    let answers = server.verdicts(observation.subject(), &question).await;
    let answers = answers.map_err(|error| {
        warn!(
            resource.arn = observation.resource(),
            opa.decision_id = error.decision(),
            error = chain(&error),
            "the OPA server did not judge a resource"
        );
        error.refusal()
    });
    let verdicts = catalog.judge_by(answers.as_ref(), observation, &question, parameters);
    let gap = answers.err().map(|refusal| Gap {
        account: observation.account().clone(),
        region: Some(observation.region().clone()),
        service: Some(observation.subject().service()),
        resource: Some(observation.resource()),
        operation: refusal.operation,
        code: refusal.code,
    });
    (verdicts, gap)
}

impl Judged {
    /// Sorts verdicts into those that are kept and those that are counted.
    #[must_use]
    pub fn of(verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        let mut judged = Self::default();
        for verdict in verdicts {
            match verdict.status {
                Status::Passed => *judged.passed.entry(verdict.control).or_default() += 1,
                Status::Failed | Status::NotAvailable => judged.verdicts.push(verdict),
            }
        }
        judged
    }
}

#[cfg(test)]
mod tests {
    use compliance::Subject;
    use replay::Replay;
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn what_an_opa_server_does_not_answer_is_not_available_and_a_gap() {
        let bucket = json!({"arn": "arn:aws:s3:::b", "name": "b", "account": "111122223333",
            "region": "eu-west-1", "versioning": {"status": "Enabled", "mfa_delete": false}});
        let bucket = Observation::from_json(Subject::S3, bucket).unwrap();
        let (base, nobody) = (Replay::new().config("eu-west-1"), "http://127.0.0.1:1");
        let judge = Judge::asking(&base, nobody.parse().unwrap(), None, None).unwrap();
        let catalog = Catalog::embedded().unwrap();
        let (parameters, buckets) = (Parameters::default(), [bucket.clone(), bucket]);
        let judged = judge.judge(&catalog, &parameters, &buckets);
        let Judged {
            verdicts,
            passed,
            gaps,
        } = judged.await;
        assert!(passed.is_empty(), "{passed:?}");
        assert!(verdicts.len() > 80, "{}", verdicts.len());
        assert!(verdicts.iter().all(|it| it.status == Status::NotAvailable));
        let gaps = gaps.iter().map(|gap| {
            let resource = gap.resource.as_deref().unwrap_or_default();
            format!("{resource} {} {}", gap.operation, gap.code)
        });
        let gap = "arn:aws:s3:::b GET health?bundles Unreachable";
        assert_eq!(gaps.collect::<Vec<_>>(), [gap, gap]);
    }
}
