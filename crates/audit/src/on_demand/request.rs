//! What is asked: the route, and the body taken apart. Pure.

use compliance::{AccountId, Region, Service};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::event::ApiEvent;
use super::refused::Refused;
use crate::Arn;

/// The longest body that is read, in bytes: the longest name of a key has 2,048 characters (AWS KMS API Reference,
/// `DescribeKey`, `KeyId`).
const LONGEST_BODY: usize = 4096;

/// A route of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Whether a function can work.
    Health,
    /// A key, judged.
    AuditKey,
    /// A key, not judged.
    KeyInfo,
    /// A bucket, judged.
    AuditBucket,
    /// A security group, judged.
    AuditSecurityGroup,
}

impl Route {
    /// All routes.
    pub const ALL: [Self; 5] = [
        Self::Health,
        Self::AuditKey,
        Self::KeyInfo,
        Self::AuditBucket,
        Self::AuditSecurityGroup,
    ];

    /// Method and path, as API Gateway writes a route.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Health => "POST /v1/health",
            Self::AuditKey => "POST /v1/audit-key",
            Self::KeyInfo => "POST /v1/key-info",
            Self::AuditBucket => "POST /v1/audit-bucket",
            Self::AuditSecurityGroup => "POST /v1/audit-security-group",
        }
    }

    /// The service whose function answers; every function tells its health.
    #[must_use]
    pub fn service(self) -> Option<Service> {
        match self {
            Self::Health => None,
            Self::AuditKey | Self::KeyInfo => Some(Service::Kms),
            Self::AuditBucket => Some(Service::S3),
            Self::AuditSecurityGroup => Some(Service::Sg),
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Whether the function can work.
    Health,
    /// About a resource.
    About(Asked),
}

/// A question about a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What is wanted of it.
    pub route: Route,
    /// The resource.
    pub target: Target,
}

/// A resource by the name that its service takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The account that owns it.
    pub account: AccountId,
    /// Its region; `None` for a bucket, which tells its region itself.
    pub region: Option<Region>,
    /// Key id, key ARN, alias name or alias ARN; bucket name; group id.
    pub name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyBody {
    key_id: String,
    account_id: AccountId,
    region: Region,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BucketBody {
    bucket: String,
    account_id: AccountId,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupBody {
    group_id: String,
    account_id: AccountId,
    region: Region,
}

/// Understands a request that a function of `service` was given.
///
/// # Errors
///
/// [`Refused`] with a 4xx status that says what is wrong with the request.
pub fn parse(event: &ApiEvent, service: Service) -> Result<Question, Refused> {
    let route = Route::ALL
        .into_iter()
        .filter(|route| route.service().is_none_or(|its| its == service))
        .find(|route| route.key() == event.route())
        .ok_or_else(|| Refused::UnknownRoute(event.route().to_owned()))?;
    let body = event.text().ok_or(Refused::NotText)?;
    if body.len() > LONGEST_BODY {
        return Err(Refused::TooLong(LONGEST_BODY));
    }
    let target = match route {
        Route::Health => return Ok(Question::Health),
        Route::AuditKey | Route::KeyInfo => key(read(body)?)?,
        Route::AuditBucket => bucket(read(body)?)?,
        Route::AuditSecurityGroup => group(read(body)?)?,
    };
    Ok(Question::About(Asked { route, target }))
}

fn read<T: DeserializeOwned>(body: &str) -> Result<T, Refused> {
    serde_json::from_str(body).map_err(Refused::Body)
}

fn key(body: KeyBody) -> Result<Target, Refused> {
    let KeyBody {
        key_id: name,
        account_id: account,
        region,
    } = body;
    let here = |arn: &Arn<'_>| {
        let named = (arn.account.as_ref(), arn.region.as_ref());
        arn.service == "kms" && named == (Some(&account), Some(&region))
    };
    let (resource, lies_here) = match Arn::parse(&name) {
        Some(arn) => (arn.resource, here(&arn)),
        None => (name.as_str(), true),
    };
    if !lies_here {
        return Err(Refused::Elsewhere(name));
    }
    let id = resource.strip_prefix("key/");
    let is_alias = resource.strip_prefix("alias/").is_some_and(is_alias);
    if !is_alias && !is_key_id(id.unwrap_or(resource)) {
        return Err(Refused::NoName(
            "key_id",
            name,
            "a key id, an alias such as `alias/app`, or the ARN of either",
        ));
    }
    Ok(Target {
        account,
        region: Some(region),
        name,
    })
}

fn bucket(body: BucketBody) -> Result<Target, Refused> {
    if !is_bucket_name(&body.bucket) {
        return Err(Refused::NoName(
            "bucket",
            body.bucket,
            "the name of a bucket",
        ));
    }
    Ok(Target {
        account: body.account_id,
        region: None,
        name: body.bucket,
    })
}

fn group(body: GroupBody) -> Result<Target, Refused> {
    if !is_group_id(&body.group_id) {
        return Err(Refused::NoName(
            "group_id",
            body.group_id,
            "a form such as `sg-0123456789abcdef0`",
        ));
    }
    Ok(Target {
        account: body.account_id,
        region: Some(body.region),
        name: body.group_id,
    })
}

/// A UUID, or `mrk-` and 32 hexadecimal digits for a multi-Region key (KMS Developer Guide, "Key identifiers").
fn is_key_id(id: &str) -> bool {
    let hex = id.strip_prefix("mrk-").unwrap_or(id);
    (32..=36).contains(&hex.len()) && hex.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// AWS KMS API Reference, `CreateAlias`, `AliasName`: letters, digits, `/`, `_` and `-`, at most 256 with `alias/`.
fn is_alias(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/_-".contains(&b);
    (1..=250).contains(&name.len()) && name.bytes().all(plain)
}

/// S3 User Guide, "General purpose bucket naming rules"; old buckets in us-east-1 may have up to 255 characters,
/// capitals and underscores.
fn is_bucket_name(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
    (3..=255).contains(&name.len()) && name.bytes().all(plain)
}

/// `sg-` and 8 or 17 hexadecimal digits (EC2 User Guide, "Resource IDs").
fn is_group_id(id: &str) -> bool {
    let digits = id.strip_prefix("sg-").unwrap_or_default();
    [8, 17].contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
#[path = "request_test.rs"]
mod tests;
