//! The OPA server that judges, and what its settings must look like. What is refused is not repeated: a URL may hold a
//! password, and who mistakes the setting writes the token itself.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::value::text;

/// An OPA server that loads the same policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opa {
    /// Its address.
    pub url: ServerUrl,
    /// The secret whose text is its bearer token. Default: it demands none.
    #[serde(default)]
    pub token_secret: Option<SecretArn>,
    /// The key of that secret. Default: the one that AWS manages.
    #[serde(default)]
    pub token_key: Option<KeyArn>,
}

text!(
    /// The address of a server; functions reach none without encryption.
    ServerUrl,
    "^https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(/[A-Za-z0-9._~/-]*)?$",
    "https://, a host, and perhaps a port and a path",
    |_| "it is not https://, a host, and perhaps a port and a path".to_owned()
);
text!(
    /// The ARN of one secret (Secrets Manager API, `CreateSecret`: `Name`).
    SecretArn,
    "^arn:[a-z0-9-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$",
    "the ARN of a secret, arn:...:secretsmanager:...",
    |_| "it is not the ARN of a secret, arn:...:secretsmanager:...".to_owned()
);
text!(
    /// The ARN of one key.
    KeyArn,
    "^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$",
    "the ARN of a key, arn:...:kms:...:key/...",
    |_| "it is not the ARN of a key, arn:...:kms:...:key/...".to_owned()
);
