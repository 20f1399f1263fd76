//! A finding as an item of the findings table, with the keys of its indexes.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use compliance::{
    AccountId, Finding, FindingState, KeyLink, Region, Service, Severity, Status, SuppressedBy,
    Verdict,
};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Error;
use crate::attribute::{self, Item, text};
use crate::retention::Retention;
use crate::tables::{
    self, BY_CONTROL, BY_SUPPRESSION, CHANGED_IN_RUN, EXPIRES_AT, FINDINGS, OPEN_BY_ACCOUNT,
    OPEN_BY_REGION, OPEN_BY_SEVERITY,
};

/// Buckets kept in the finding of a key: at 63 characters of name and 20 of ARN and quotes, 1,000 take
/// a fifth of the 400 KB that an item may have.
pub(crate) const MOST_BUCKETS: usize = 1000;

/// Attributes that only some findings have; written or removed.
const OPTIONAL: [&str; 14] = [
    "key",
    "kms_security_status",
    "linked_kms_finding_id",
    "buckets",
    "resolution",
    "imported_at",
    "suppression",
    "suppressed_until",
    OPEN_BY_SEVERITY.key.partition,
    OPEN_BY_SEVERITY.key.sort,
    OPEN_BY_ACCOUNT.key.partition,
    OPEN_BY_REGION.key.partition,
    BY_SUPPRESSION.key.partition,
    EXPIRES_AT,
];

/// A time as text that sorts: RFC 3339 in UTC with milliseconds.
pub(crate) fn moment(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// The start of every sort key of a scope.
pub(crate) fn scope_prefix(region: Option<&Region>, service: Service) -> String {
    format!("{}#{service}#", region.map_or("global", Region::as_str))
}

/// The place of a finding in its account: the sort key.
pub(crate) fn place(finding: &Finding) -> String {
    place_of(&finding.verdict, finding.service)
}

/// The place of the finding that a verdict belongs to.
pub(crate) fn place_of(verdict: &Verdict, service: Service) -> String {
    let region = (service != Service::S3).then_some(&verdict.region);
    let scope = scope_prefix(region, service);
    format!("{scope}{}#{}", verdict.resource, verdict.control)
}

/// The key of a finding.
pub(crate) fn key(finding: &Finding) -> Item {
    keyed(&finding.verdict.account, place(finding))
}

/// A key of the findings table.
pub(crate) fn keyed(account: &AccountId, place: impl Into<String>) -> Item {
    Item::from([
        (FINDINGS.key.partition.to_owned(), text(account.as_str())),
        (FINDINGS.key.sort.to_owned(), text(place)),
    ])
}

/// The attributes of a finding beside its key: to be set, or removed where there is no value.
pub(crate) fn attributes(
    finding: &Finding,
    retention: Retention,
) -> Result<BTreeMap<&'static str, Option<AttributeValue>>, Error> {
    let verdict = &finding.verdict;
    let id = finding.id.as_str();
    let shard = tables::shard(id);
    let mut attributes: BTreeMap<_, _> = OPTIONAL.into_iter().map(|name| (name, None)).collect();
    let mut set = |name: &'static str, value: String| attributes.insert(name, Some(text(value)));
    set("id", id.to_owned());
    set("region", verdict.region.to_string());
    set("service", finding.service.to_string());
    set("control", verdict.control.to_string());
    set("resource", verdict.resource.clone());
    set("resource_type", verdict.resource_type.as_str().to_owned());
    set("status", verdict.status.as_str().to_owned());
    set("severity", verdict.severity.to_string());
    set("reason", verdict.reason.clone());
    set("state", finding.state.as_str().to_owned());
    set("first_observed_at", moment(finding.first_observed_at));
    set("changed_at", moment(finding.changed_at));
    set("changed_in", finding.changed_in.to_string());
    set("run_started_at", moment(finding.changed_at));
    set(
        BY_CONTROL.key.partition,
        format!("{}#{shard}", verdict.control),
    );
    set(
        CHANGED_IN_RUN.key.partition,
        format!("{}#{shard}", finding.changed_in),
    );
    for (name, value) in index_keys(finding, shard) {
        set(name, value);
    }
    if let Some(link) = &verdict.key {
        set("key", link.key.clone());
        set("kms_security_status", link.kms_security_status.clone());
        if let Some(linked) = &link.linked_kms_finding_id {
            set("linked_kms_finding_id", linked.to_string());
        }
    }
    if let Some(resolution) = finding.resolution {
        set("resolution", resolution.as_str().to_owned());
    }
    if let Some(imported_at) = finding.imported_at {
        set("imported_at", moment(imported_at));
    }
    set(
        BY_CONTROL.key.sort,
        format!("{}#{}", verdict.account, place(finding)),
    );
    if !verdict.buckets.is_empty() {
        attributes.insert("buckets", Some(document(id, &verdict.buckets)?));
    }
    attributes.insert("history", Some(document(id, &finding.history)?));
    if finding.state == FindingState::Resolved {
        let expiry = retention.expiry(finding.changed_at);
        attributes.insert(EXPIRES_AT, Some(expiry));
    }
    Ok(attributes)
}

/// The rank of a verdict: its severity, the worst first; what could not be judged comes after all failures.
pub(crate) fn rank(status: Status, severity: Severity) -> usize {
    let all = Severity::WORST_FIRST;
    let of_severity = all.iter().position(|it| *it == severity);
    let first = if status == Status::NotAvailable {
        all.len()
    } else {
        0
    };
    first + of_severity.unwrap_or_default()
}

/// The keys of the indexes of findings that stand.
fn index_keys(finding: &Finding, shard: u32) -> Vec<(&'static str, String)> {
    let verdict = &finding.verdict;
    let rank = rank(verdict.status, verdict.severity);
    let since = moment(finding.first_observed_at);
    let urgency = (
        OPEN_BY_SEVERITY.key.sort,
        format!("{rank}#{since}#{}", finding.id),
    );
    let sharded = |index: tables::Index, key: &str| (index.key.partition, format!("{key}#{shard}"));
    match (finding.state, &finding.suppressed_by) {
        (FindingState::Resolved, _) => Vec::new(),
        (FindingState::Suppressed, None) => vec![urgency],
        (FindingState::Suppressed, Some(by)) => vec![
            urgency,
            sharded(BY_SUPPRESSION, by.id.as_str()),
            ("suppression", by.id.to_string()),
            ("suppressed_until", moment(by.until)),
        ],
        _ => {
            let severity = match verdict.status {
                Status::NotAvailable => Status::NotAvailable.as_str(),
                _ => verdict.severity.as_str(),
            };
            vec![
                urgency,
                sharded(OPEN_BY_SEVERITY, severity),
                sharded(OPEN_BY_ACCOUNT, verdict.account.as_str()),
                sharded(OPEN_BY_REGION, verdict.region.as_str()),
            ]
        }
    }
}

fn document<T: Serialize>(id: &str, value: &T) -> Result<AttributeValue, Error> {
    attribute::of(value).map_err(|source| Error::Unwritable {
        document: id.to_owned(),
        source,
    })
}

/// The finding of an item; `None` for an item that is no finding.
///
/// # Errors
///
/// [`Error::Unreadable`] when an attribute is missing or is not what we write.
pub(crate) fn parse(item: &Item) -> Result<Option<Finding>, Error> {
    if !item.contains_key("id") {
        return Ok(None);
    }
    let fields = Fields(item);
    let key = fields
        .optional("key")?
        .map(|key| -> Result<KeyLink, Error> {
            Ok(KeyLink {
                key,
                kms_security_status: fields.required("kms_security_status")?,
                linked_kms_finding_id: fields.optional("linked_kms_finding_id")?,
            })
        });
    let verdict = Verdict {
        control: fields.required("control")?,
        resource: fields.required("resource")?,
        resource_type: fields.required("resource_type")?,
        account: fields.required("account")?,
        region: fields.required("region")?,
        status: fields.required("status")?,
        severity: fields.required("severity")?,
        reason: fields.required("reason")?,
        key: key.transpose()?,
        buckets: fields.optional("buckets")?.unwrap_or_default(),
    };
    let suppressed_by = fields
        .optional("suppression")?
        .map(|id| -> Result<SuppressedBy, Error> {
            let until = fields.required("suppressed_until")?;
            Ok(SuppressedBy { id, until })
        });
    Ok(Some(Finding {
        id: fields.required("id")?,
        verdict,
        service: fields.required("service")?,
        state: fields.required("state")?,
        resolution: fields.optional("resolution")?,
        suppressed_by: suppressed_by.transpose()?,
        first_observed_at: fields.required("first_observed_at")?,
        changed_at: fields.required("changed_at")?,
        changed_in: fields.required("changed_in")?,
        imported_at: fields.optional("imported_at")?,
        history: fields.optional("history")?.unwrap_or_default(),
    }))
}

/// The attributes of an item, each read as its type.
pub(crate) struct Fields<'a>(pub(crate) &'a Item);

impl Fields<'_> {
    /// A part of an attribute as its type.
    pub(crate) fn read<T: DeserializeOwned>(&self, name: &str, part: &str) -> Result<T, Error> {
        attribute::read(&text(part)).map_err(|source| self.unreadable(name, source))
    }

    pub(crate) fn optional<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Error> {
        let value = self.0.get(name).map(attribute::read).transpose();
        value.map_err(|source| self.unreadable(name, source))
    }

    pub(crate) fn required<T: DeserializeOwned>(&self, name: &str) -> Result<T, Error> {
        self.optional(name)?
            .ok_or_else(|| self.unreadable(name, Missing))
    }

    fn unreadable(
        &self,
        name: &str,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Error {
        let place = self.0.get("id").or_else(|| self.0.get(FINDINGS.key.sort));
        let place: Option<String> = place.and_then(|place| attribute::read(place).ok());
        Error::Unreadable {
            document: format!("{} of {}", name, place.unwrap_or_default()),
            source: Box::new(source),
        }
    }
}

/// There is no such attribute.
#[derive(Debug, thiserror::Error)]
#[error("the attribute is missing")]
struct Missing;

#[cfg(test)]
#[path = "finding_item_test.rs"]
mod tests;
