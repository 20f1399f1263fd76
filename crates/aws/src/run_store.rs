//! The run bucket: JSON documents that the functions of one run hand to each other.

use aws_config::SdkConfig;
use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Error, answer, config};

/// The run bucket. Keys come from [`compliance::store_key`].
#[derive(Debug, Clone)]
pub struct RunStore {
    client: Client,
    bucket: String,
}

impl RunStore {
    /// The bucket, in the region and with the credentials of `config`.
    #[must_use]
    pub fn new(config: &SdkConfig, bucket: impl Into<String>) -> Self {
        Self {
            client: config::s3_client(config),
            bucket: bucket.into(),
        }
    }

    /// The bucket's name.
    #[must_use]
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// Asks whether the bucket is there and answers us.
    ///
    /// # Errors
    ///
    /// `HeadBucket` failed.
    pub async fn reach(&self) -> Result<(), Error> {
        let asked = self.client.head_bucket().bucket(&self.bucket).send().await;
        answer::stored("HeadBucket", &self.bucket, asked)?;
        Ok(())
    }

    /// Writes a document; a repeated write replaces it.
    ///
    /// # Errors
    ///
    /// `PutObject` failed, or the document has no JSON form.
    pub async fn put_json<T: Serialize + Sync>(&self, key: &str, value: &T) -> Result<(), Error> {
        let body = serde_json::to_vec(value).map_err(|source| Error::Unwritable {
            document: self.document(key),
            source,
        })?;
        let result = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(key)
            .content_type("application/json")
            .body(ByteStream::from(body))
            .send()
            .await;
        answer::stored("PutObject", &self.document(key), result)?;
        Ok(())
    }

    /// Reads a document.
    ///
    /// # Errors
    ///
    /// [`Error::Unreadable`] when there is none or it is not what we wrote; otherwise `GetObject` failed.
    pub async fn get_json<T: DeserializeOwned>(&self, key: &str) -> Result<T, Error> {
        let result = self
            .client
            .get_object()
            .bucket(&self.bucket)
            .key(key)
            .send()
            .await;
        if let Err(error) = &result
            && answer::code_of(error) == "NoSuchKey"
        {
            return Err(self.unreadable(key, Missing));
        }
        let object = answer::stored("GetObject", &self.document(key), result)?;
        let body = object
            .body
            .collect()
            .await
            .map_err(|error| self.unreadable(key, error))?;
        serde_json::from_slice(&body.into_bytes()).map_err(|error| self.unreadable(key, error))
    }

    fn document(&self, key: &str) -> String {
        format!("s3://{}/{key}", self.bucket)
    }

    fn unreadable(
        &self,
        key: &str,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Error {
        Error::Unreadable {
            document: self.document(key),
            source: Box::new(source),
        }
    }
}

/// There is no such object.
#[derive(Debug, thiserror::Error)]
#[error("there is no such object")]
struct Missing;
