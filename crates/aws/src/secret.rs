//! Secrets: values that stand in no environment variable, only the names that they are kept under.

use std::fmt;

use aws_config::SdkConfig;
use aws_sdk_secretsmanager::Client;

use crate::{Error, answer};

const READ: &str = "GetSecretValue";

/// A value that is shown nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The value itself, for the request that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Reads the text of the secret with this ARN or name from Secrets Manager.
///
/// # Errors
///
/// [`Error::Malformed`] if it holds bytes or nothing, and whatever Secrets Manager failed with; the secret is named,
/// never shown.
pub async fn read(base: &SdkConfig, id: &str) -> Result<Secret, Error> {
    let result = Client::new(base).get_secret_value().secret_id(id).send();
    let answer = answer::stored(READ, id, result.await)?;
    match answer.secret_string() {
        Some(text) if !text.is_empty() => Ok(Secret(text.to_owned())),
        _ => Err(Error::malformed(READ, format!("`{id}` holds no text"))),
    }
}
