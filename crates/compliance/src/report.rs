//! What an auditor writes to the run bucket: reports in parts, and the key references for the KMS audit.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, ControlId, Gap, KeyFacts, KeyReference, KeyUse, Region, RunId, Service, Verdict,
};

/// One part of the report of a scope: one page of resources, judged.
///
/// Written under [`crate::store_key::report`]; repeating the page overwrites the part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The run.
    pub run: RunId,
    /// The account.
    pub account: AccountId,
    /// The region; `null` for S3.
    pub region: Option<Region>,
    /// The service.
    pub service: Service,
    /// Number of the part, from 0.
    pub part: u32,
    /// Ids of the resources examined (ARNs), sorted.
    pub resources: Vec<String>,
    /// Resources that vanished between being listed and being read.
    pub vanished: u64,
    /// Failed and not-available verdicts.
    pub verdicts: Vec<Verdict>,
    /// Passed verdicts, counted by control.
    pub passed: BTreeMap<ControlId, u64>,
    /// The operator's own controls that were asked about every resource of the part. One that is not named was not
    /// judged, so silence proves nothing about its findings.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub custom_controls: BTreeSet<ControlId>,
    /// What could not be read.
    pub gaps: Vec<Gap>,
    /// S3 only: the buckets that use a KMS key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key_uses: Vec<KeyUse>,
    /// KMS only: the keys that buckets use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<KeyFacts>,
}

/// The keys that the buckets of one report part use, grouped by the region to look them up in.
///
/// Written under [`crate::store_key::key_references`], read by the KMS audit of each region.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyReferences {
    /// References by region: the region of the ARN, or the bucket's own for ids and alias names.
    pub regions: BTreeMap<Region, Vec<KeyReference>>,
}
