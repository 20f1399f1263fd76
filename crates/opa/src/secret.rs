//! A secret of AWS Secrets Manager, read with one signed request.
//!
//! The alternatives were another SDK crate for one call, and the AWS Parameters and Secrets Lambda Extension: a layer whose ARN
//! differs by region, partition and architecture, a second process in every function, and nothing on a laptop. The signer is the SDK's own.

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials as _;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use jiff::Timestamp;
use reqwest::{Client, StatusCode, Url};
use serde::Deserialize;
use serde_json::json;

use crate::{Address, Error, transport};

/// The operation, as errors, verdicts and gaps name it.
const OPERATION: &str = "GetSecretValue";

/// A secret, and the way to it.
#[derive(Debug)]
pub(crate) struct Secret {
    arn: String,
    region: String,
    url: Url,
    client: Client,
    base: SdkConfig,
}

/// AWS Secrets Manager API Reference, "GetSecretValue".
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Value {
    secret_string: Option<String>,
}

/// AWS JSON 1.1: the name of an error, perhaps after a namespace.
#[derive(Default, Deserialize)]
struct Refused {
    #[serde(rename = "__type", default)]
    name: String,
}

impl Secret {
    /// The secret with this ARN, at the endpoint that is configured or else that of the ARN's region.
    ///
    /// # Errors
    ///
    /// If it is no such ARN, or the endpoint or the HTTP client cannot be used.
    pub(crate) fn new(base: &SdkConfig, arn: &str) -> Result<Self, Error> {
        let parts: Vec<&str> = arn.splitn(7, ':').collect();
        let ["arn", partition, "secretsmanager", region, _, "secret", _] = parts.as_slice() else {
            return Err(Error::SecretArn {
                arn: arn.to_owned(),
            });
        };
        let endpoint = base.endpoint_url().map_or_else(
            || format!("https://secretsmanager.{region}.{}", suffix(partition)),
            str::to_owned,
        );
        let address: Address = endpoint.parse()?;
        Ok(Self {
            region: (*region).to_owned(),
            url: address.at("", None),
            client: transport::client(&address)?,
            base: base.clone(),
            arn: arn.to_owned(),
        })
    }

    /// The text of the secret's current version.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is no text.
    pub(crate) async fn text(&self) -> Result<String, Error> {
        let body = json!({ "SecretId": self.arn }).to_string();
        let headers = self.signed(&body).await?;
        let request = || {
            let request = self.client.post(self.url.clone()).body(body.clone());
            headers.iter().fold(request, |request, (name, value)| {
                request.header(name, value)
            })
        };
        let (status, answer) = transport::send(OPERATION, request).await?;
        if status != StatusCode::OK {
            let refused: Refused = serde_json::from_slice(&answer).unwrap_or_default();
            let name = refused.name.rsplit('#').next().unwrap_or_default();
            let code = if name.is_empty() {
                status.as_str()
            } else {
                name
            };
            return Err(failed(code, ""));
        }
        let value: Option<Value> = serde_json::from_slice(&answer).ok();
        value
            .and_then(|value| value.secret_string)
            .ok_or_else(|| failed("WrongShape", "the secret is no text"))
    }

    /// The headers of the request, with its signature (AWS Signature Version 4).
    async fn signed(&self, body: &str) -> Result<Vec<(String, String)>, Error> {
        let own = [
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", "secretsmanager.GetSecretValue"),
        ];
        let identity = self.credentials().await?.into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name("secretsmanager")
            .time(Timestamp::now().into())
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| failed("Unsigned", &error.to_string()))?
            .into();
        let bytes = SignableBody::Bytes(body.as_bytes());
        let request = SignableRequest::new("POST", self.url.as_str(), own.into_iter(), bytes)
            .and_then(|request| sign(request, &parameters))
            .map_err(|error| failed("Unsigned", &error.to_string()))?;
        let (instructions, _) = request.into_parts();
        let signature = instructions.headers();
        let all = own.into_iter().chain(signature);
        Ok(all
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect())
    }

    async fn credentials(&self) -> Result<Credentials, Error> {
        let provider = self
            .base
            .credentials_provider()
            .ok_or_else(|| failed("NoCredentials", ""))?;
        provider
            .provide_credentials()
            .await
            .map_err(|error| failed("NoCredentials", &error.to_string()))
    }
}

/// The domain of a partition's services (AWS General Reference, "Partitions").
fn suffix(partition: &str) -> &'static str {
    match partition {
        "aws-cn" => "amazonaws.com.cn",
        "aws-eusc" => "amazonaws.eu",
        "aws-iso" => "c2s.ic.gov",
        "aws-iso-b" => "sc2s.sgov.gov",
        _ => "amazonaws.com",
    }
}

fn failed(code: &str, message: &str) -> Error {
    Error::Failed {
        operation: OPERATION.to_owned(),
        code: code.to_owned(),
        message: message.to_owned(),
        decision: None,
        source: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(arn: &str) -> Result<String, Error> {
        let base = SdkConfig::builder().build();
        Secret::new(&base, arn).map(|secret| secret.url.to_string())
    }

    #[test]
    fn a_secret_is_read_where_its_arn_says() {
        let arn = |partition, region| {
            format!("arn:{partition}:secretsmanager:{region}:111122223333:secret:opa-AbCdEf")
        };
        assert_eq!(
            url(&arn("aws", "eu-west-1")).unwrap(),
            "https://secretsmanager.eu-west-1.amazonaws.com/"
        );
        assert_eq!(
            url(&arn("aws-cn", "cn-north-1")).unwrap(),
            "https://secretsmanager.cn-north-1.amazonaws.com.cn/"
        );
    }

    #[test]
    fn a_secret_is_named_by_its_arn() {
        for name in [
            "",
            "opa",
            "arn:aws:ssm:eu-west-1:111122223333:parameter/opa",
        ] {
            assert!(matches!(url(name), Err(Error::SecretArn { .. })), "{name}");
        }
    }
}
