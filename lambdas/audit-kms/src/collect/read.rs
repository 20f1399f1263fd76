//! The reads of one key, each at its pace.

use std::collections::BTreeMap;

use audit::{Family, Pace};
use aws::Session;
use aws::answer::{Gone, read, read_or_absent};
use aws_sdk_kms::Client;
use aws_sdk_kms::operation::get_key_rotation_status::GetKeyRotationStatusOutput;
use aws_sdk_kms::types::KeyMetadata;
use compliance::observation::{KeyGrant, KeyUsage};
use compliance::{Refusal, Region};
use serde_json::Value;

use crate::key::{MALFORMED_ANSWER, access, malformed, rfc3339, rotation, usage};

/// The only name that a key policy can have (AWS KMS API Reference, `GetKeyPolicy`).
const POLICY_NAME: &str = "default";

/// Most grants and aliases in one answer (AWS KMS API Reference, `ListGrants`, `Limit`).
const MOST_ENTRIES: i32 = 100;

/// Most tags in one answer (AWS KMS API Reference, `ListResourceTags`, `Limit`).
const MOST_TAGS: i32 = 50;

/// Most rotations in one answer (AWS KMS API Reference, `ListKeyRotations`, `Limit`).
const MOST_ROTATIONS: i32 = 1_000;

const ROTATIONS: &str = "ListKeyRotations";

/// What KMS says of an operation that this kind of key does not have.
const UNSUPPORTED: &str = "UnsupportedOperationException";

/// What KMS says in a region where it does not have the operation yet.
const UNKNOWN: &str = "UnknownOperationException";

/// The answer to one read: the value, or why it was refused; or no key at all.
pub(super) type Reading<T> = Result<Result<T, Refusal>, Gone>;

/// The paces of one region, by the operations that KMS counts together.
#[derive(Debug)]
pub(super) struct Paces {
    pub(super) describe: Pace,
    pub(super) policy: Pace,
    pub(super) list: Pace,
    pub(super) grants: Pace,
    pub(super) rotations: Pace,
    pub(super) usage: Pace,
}

impl Default for Paces {
    fn default() -> Self {
        Self {
            describe: Pace::of(Family::KmsDescribe),
            policy: Pace::of(Family::KmsPolicy),
            list: Pace::of(Family::KmsList),
            grants: Pace::of(Family::KmsGrants),
            rotations: Pace::of(Family::KmsRotations),
            usage: Pace::of(Family::KmsUsage),
        }
    }
}

/// Reads facts of keys, aliases included.
#[derive(Debug)]
pub(super) struct KeyReader {
    pub(super) client: Client,
    pub(super) paces: Paces,
}

/// Reads a list to its end and converts its entries; stops at the first refusal. A list that says
/// it goes on but not where is refused too: part of it would be taken for the whole.
macro_rules! read_list {
    ($pace:expr, $operation:literal, $request:expr, $entries:ident) => {{
        let mut entries = Vec::new();
        let mut marker = None;
        loop {
            $pace.wait().await;
            let answer = $request.set_marker(marker).send().await;
            let mut page = match read($operation, answer).found()? {
                Ok(page) => page,
                Err(refusal) => return Ok(Err(refusal)),
            };
            entries.extend(page.$entries.take().unwrap_or_default());
            if !page.truncated {
                break;
            }
            marker = page.next_marker.take();
            if marker.is_none() {
                return Ok(Err(malformed($operation, MALFORMED_ANSWER)));
            }
        }
        entries
    }};
}

impl KeyReader {
    /// Reads keys of the account of `session` in a region.
    pub(super) fn new(session: &Session, region: &Region) -> Self {
        Self {
            client: aws::client!(aws_sdk_kms, &session.in_region(region)),
            paces: Paces::default(),
        }
    }

    /// The metadata of a key, by any name that KMS takes: ARN, id, alias ARN or alias name.
    pub(super) async fn metadata(&self, name: &str) -> Reading<KeyMetadata> {
        self.paces.describe.wait().await;
        let answer = self.client.describe_key().key_id(name).send().await;
        let answer = read("DescribeKey", answer).found()?;
        Ok(answer.and_then(|found| {
            let refusal = || malformed("DescribeKey", MALFORMED_ANSWER);
            found.key_metadata.ok_or_else(refusal)
        }))
    }

    /// The key policy, parsed.
    pub(super) async fn policy(&self, key: &str) -> Reading<Option<Value>> {
        self.paces.policy.wait().await;
        let request = self.client.get_key_policy().key_id(key);
        let answer = request.policy_name(POLICY_NAME).send().await;
        let answer = read("GetKeyPolicy", answer).found()?;
        Ok(answer.and_then(|found| access::policy(found.policy().unwrap_or_default()).map(Some)))
    }

    /// Rotation; `None` if KMS says that this kind of key has none.
    pub(super) async fn rotation(&self, key: &str) -> Reading<Option<GetKeyRotationStatusOutput>> {
        self.paces.policy.wait().await;
        let answer = self
            .client
            .get_key_rotation_status()
            .key_id(key)
            .send()
            .await;
        read_or_absent("GetKeyRotationStatus", answer, &[UNSUPPORTED]).found()
    }

    /// When the key material was last rotated; `None` if it never was, or if KMS says that it rotates no
    /// material of this kind of key.
    pub(super) async fn last_rotation(&self, key: &str) -> Reading<Option<String>> {
        let mut latest = None;
        let mut marker = None;
        loop {
            self.paces.rotations.wait().await;
            let request = self.client.list_key_rotations().key_id(key);
            let request = request.limit(MOST_ROTATIONS).set_marker(marker);
            let answer = request.send().await;
            let answer = read_or_absent(ROTATIONS, answer, &[UNSUPPORTED]).found()?;
            let mut page = match answer {
                Ok(Some(page)) => page,
                Ok(None) => return Ok(Ok(None)),
                Err(refusal) => return Ok(Err(refusal)),
            };
            latest = latest.max(rotation::latest(page.rotations()));
            if !page.truncated {
                return Ok(Ok(latest.as_ref().and_then(rfc3339)));
            }
            marker = page.next_marker.take();
            if marker.is_none() {
                return Ok(Err(malformed(ROTATIONS, MALFORMED_ANSWER)));
            }
        }
    }

    /// What KMS recorded of the use of the key; `None` where KMS does not know the question.
    pub(super) async fn usage(&self, key: &str) -> Reading<Option<KeyUsage>> {
        self.paces.usage.wait().await;
        let answer = self.client.get_key_last_usage().key_id(key).send().await;
        let answer = read_or_absent("GetKeyLastUsage", answer, &[UNSUPPORTED, UNKNOWN]).found()?;
        Ok(answer.map(|found| found.as_ref().map(usage::usage)))
    }

    /// All grants.
    pub(super) async fn grants(&self, key: &str) -> Reading<Vec<KeyGrant>> {
        let request = self.client.list_grants().key_id(key).limit(MOST_ENTRIES);
        let entries = read_list!(self.paces.grants, "ListGrants", request.clone(), grants);
        Ok(Ok(entries.iter().map(access::grant).collect()))
    }

    /// All tags.
    pub(super) async fn tags(&self, key: &str) -> Reading<BTreeMap<String, String>> {
        let request = self
            .client
            .list_resource_tags()
            .key_id(key)
            .limit(MOST_TAGS);
        let entries = read_list!(
            self.paces.describe,
            "ListResourceTags",
            request.clone(),
            tags
        );
        let pairs = entries.into_iter().map(|tag| (tag.tag_key, tag.tag_value));
        Ok(Ok(pairs.collect()))
    }

    /// The alias names of all keys of the region, by key id, sorted.
    pub(super) async fn aliases(&self) -> Reading<BTreeMap<String, Vec<String>>> {
        let request = self.client.list_aliases().limit(MOST_ENTRIES);
        let entries = read_list!(self.paces.list, "ListAliases", request.clone(), aliases);
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for entry in entries {
            if let (Some(key), Some(name)) = (entry.target_key_id, entry.alias_name) {
                names.entry(key).or_default().push(name);
            }
        }
        for names in names.values_mut() {
            names.sort();
        }
        Ok(Ok(names))
    }
}
