//! What is read of how a bucket is used, and of the bucket that receives its logs.

use serde::{Deserialize, Serialize};

use super::Acl;
use crate::Region;

/// The bucket that receives access logs. What it lets in is read of the account's own only, and only
/// where it lies in the region of the bucket that logs: S3 delivers logs nowhere else
/// (S3 User Guide, "Logging requests with server access logging").
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogTarget {
    /// Whether there is such a bucket.
    pub exists: bool,
    /// Whether it is the account's own.
    pub owned: bool,
    /// Its region; `null` if there is no such bucket.
    pub region: Option<Region>,
    /// Its policy, parsed.
    pub policy: Option<serde_json::Value>,
    /// Its Object Ownership.
    pub object_ownership: Option<String>,
    /// Its ACL; `null` where ACLs are disabled.
    pub acl: Option<Acl>,
}

/// Website hosting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Website {
    /// Whether every request is sent on to another host.
    pub redirects_everything: bool,
}

/// One CORS rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorsRule {
    /// Origins whose pages may send requests; `*` stands for any characters.
    pub origins: Vec<String>,
    /// HTTP methods that they may use.
    pub methods: Vec<String>,
}

/// A configuration of which a bucket may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configured {
    /// Whether it is enabled.
    pub enabled: bool,
}
