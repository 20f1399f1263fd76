//! The bearer token of an OPA server.

use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use aws_config::{Region, SdkConfig};
use reqwest::header::HeaderValue;
use tokio::sync::Mutex;

use crate::Error;

/// How long a token is used before it is read again, so that a warm function follows a rotation.
const FRESH: Duration = Duration::from_mins(5);

/// Where the token comes from, and the token while it is fresh.
pub struct Token {
    source: Option<Source>,
    read: Mutex<Option<(Instant, HeaderValue)>>,
}

enum Source {
    File(PathBuf),
    /// The way to Secrets Manager, and the ARN of the secret.
    Secret(Box<SdkConfig>, String),
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = self.source.as_ref().map(|source| match source {
            Source::File(_) => "a file",
            Source::Secret(..) => "a secret",
        });
        f.debug_struct("Token")
            .field("source", &source)
            .finish_non_exhaustive()
    }
}

impl Token {
    /// No token: the server wants none.
    #[must_use]
    pub fn none() -> Self {
        Self {
            source: None,
            read: Mutex::new(None),
        }
    }

    /// The token that is the text of a secret of AWS Secrets Manager, or of a file; none if neither is named.
    ///
    /// # Errors
    ///
    /// If both are named, or the secret is named by something else than its ARN.
    pub fn of(
        base: &SdkConfig,
        secret: Option<String>,
        file: Option<PathBuf>,
    ) -> Result<Self, Error> {
        let source = match (secret, file) {
            (Some(_), Some(_)) => return Err(Error::TwoTokens),
            (Some(arn), None) => Some(Source::Secret(Box::new(in_region_of(base, &arn)?), arn)),
            (None, file) => file.map(Source::File),
        };
        Ok(Self {
            source,
            read: Mutex::new(None),
        })
    }

    /// The value of the header `Authorization`, if a token is wanted.
    ///
    /// # Errors
    ///
    /// If the token cannot be read, or cannot stand in a header.
    pub(crate) async fn header(&self) -> Result<Option<HeaderValue>, Error> {
        let Some(source) = &self.source else {
            return Ok(None);
        };
        let mut read = self.read.lock().await;
        match &*read {
            Some((at, header)) if at.elapsed() < FRESH => Ok(Some(header.clone())),
            _ => {
                let header = bearer(&text(source).await?)?;
                *read = Some((Instant::now(), header.clone()));
                Ok(Some(header))
            }
        }
    }
}

async fn text(source: &Source) -> Result<String, Error> {
    match source {
        Source::Secret(base, arn) => aws::secret::read(base, arn)
            .await
            .map(|secret| secret.reveal().to_owned())
            .map_err(|source| Error::Secret { source }),
        Source::File(path) => std::fs::read_to_string(path).map_err(|source| Error::TokenFile {
            path: path.clone(),
            source,
        }),
    }
}

/// The configuration for the region that the ARN of a secret names.
fn in_region_of(base: &SdkConfig, arn: &str) -> Result<SdkConfig, Error> {
    let parts: Vec<&str> = arn.splitn(7, ':').collect();
    let ["arn", _, "secretsmanager", region, _, "secret", _] = parts.as_slice() else {
        return Err(Error::SecretArn {
            arn: arn.to_owned(),
        });
    };
    let region = Region::new((*region).to_owned());
    Ok(base.clone().into_builder().region(region).build())
}

fn bearer(token: &str) -> Result<HeaderValue, Error> {
    let unusable = |message: &str| Error::Failed {
        operation: "ReadToken".to_owned(),
        code: "Unusable".to_owned(),
        message: message.to_owned(),
        decision: None,
        source: None,
    };
    let token = token.trim();
    if token.is_empty() {
        return Err(unusable("the token is empty"));
    }
    let mut header = HeaderValue::from_str(&format!("Bearer {token}"))
        .map_err(|_| unusable("the token has characters that no header may have"))?;
    header.set_sensitive(true);
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_trimmed_and_never_printed() {
        let header = bearer(" s3cret\n").unwrap();
        assert_eq!(header.to_str().unwrap(), "Bearer s3cret");
        assert!(!format!("{header:?}").contains("s3cret"));
    }

    #[test]
    fn a_secret_is_named_by_its_arn_and_read_in_its_region() {
        let base = SdkConfig::builder().build();
        let arn = "arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:opa-AbCdEf";
        let region = in_region_of(&base, arn).unwrap().region().cloned();
        assert_eq!(region, Some(Region::new("cn-north-1")));
        for name in [
            "",
            "opa",
            "arn:aws:ssm:eu-west-1:111122223333:parameter/opa",
        ] {
            let refused = in_region_of(&base, name);
            assert!(matches!(refused, Err(Error::SecretArn { .. })), "{name}");
        }
    }

    #[test]
    fn a_token_that_cannot_be_sent_is_refused_without_being_repeated() {
        for bad in ["", " \n", "s3cret\nX-Other: 1"] {
            let error = bearer(bad).unwrap_err();
            assert_eq!(error.refusal().code, "Unusable");
            assert!(!error.to_string().contains("s3cret"), "{error}");
        }
    }
}
