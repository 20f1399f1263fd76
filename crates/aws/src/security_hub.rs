//! Import of findings to Security Hub: in batches, with single refusals retried by code.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use aws_sdk_securityhub::Client;
use aws_sdk_securityhub::types::{AwsSecurityFinding, ImportFindingsError};
use compliance::{AccountId, FindingId, Region};

use crate::answer::{self, Meaning};
pub use crate::asff;
use crate::{Error, Place, Session};

/// Findings in one call (Security Hub API, `BatchImportFindings`).
const BATCH: usize = 100;
/// Bytes in one call, below the 6 MB that AWS takes: our size is an estimate.
const BATCH_BYTES: usize = 5_000_000;
/// Rounds in which single findings are tried again.
const ROUNDS: u32 = 3;
/// Pause before the second round; twice as long before the third.
const PAUSE: Duration = Duration::from_millis(100);
/// Codes of single findings that another try may help.
const RETRYABLE: [&str; 3] = [
    "InternalException",
    "InternalFailure",
    "ThrottlingException",
];
const OPERATION: &str = "BatchImportFindings";

/// What became of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Findings that Security Hub took.
    pub imported: u64,
    /// The findings that it did not take.
    pub refused: BTreeSet<FindingId>,
    /// Those of them that it refused one by one, each with the error code.
    pub dead_letters: BTreeMap<FindingId, String>,
    /// Why findings were not taken, in words, and how many: a hub that is not enabled, a missing permission, a code.
    pub reasons: BTreeMap<String, u64>,
    /// Why the hub takes nothing from us at all, if that is so.
    pub closed: Option<String>,
}

impl Imported {
    /// Notes findings that were not taken, all for one reason.
    pub fn refuse(&mut self, findings: impl IntoIterator<Item = FindingId>, reason: &str) {
        let before = self.refused.len();
        self.refused.extend(findings);
        let more = count(self.refused.len().saturating_sub(before));
        *self.reasons.entry(reason.to_owned()).or_default() += more;
    }

    /// Adds what became of another import.
    pub fn extend(&mut self, other: Self) {
        self.imported += other.imported;
        self.refused.extend(other.refused);
        self.dead_letters.extend(other.dead_letters);
        for (reason, findings) in other.reasons {
            *self.reasons.entry(reason).or_default() += findings;
        }
        self.closed = self.closed.take().or(other.closed);
    }
}

/// Imports findings in one region, with the session of the account that they name.
///
/// A hub that is not enabled, or that we may not write to, is a note and not an error.
///
/// # Errors
///
/// [`Error::Throttled`], [`Error::Fault`] or [`Error::Rejected`]: nothing is lost, the import can be repeated.
pub async fn import(
    session: &Session,
    region: &Region,
    findings: Vec<AwsSecurityFinding>,
) -> Result<Imported, Error> {
    let hub = Hub {
        client: crate::client!(aws_sdk_securityhub, &session.in_region(region)),
        account: &session.account,
        region,
    };
    let mut imported = Imported::default();
    let mut batches = batches(findings).into_iter();
    while let Some(batch) = batches.next() {
        match hub.import(batch).await? {
            Taken::Some(some) => imported.extend(some),
            Taken::None { findings, note } => {
                let rest = findings.into_iter().chain(batches.flatten());
                imported.refuse(rest.map(|finding| id(&finding)), &note);
                imported.closed = Some(note);
                break;
            }
        }
    }
    Ok(imported)
}

/// Whether findings can be imported in a region of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HubState {
    /// They can.
    Enabled,
    /// Security Hub is not enabled there.
    NotEnabled,
}

/// Asks whether Security Hub is enabled in a region of the session's account.
///
/// # Errors
///
/// `DescribeHub` failed with anything but that it is not enabled.
pub async fn state(session: &Session, region: &Region) -> Result<HubState, Error> {
    let client = crate::client!(aws_sdk_securityhub, &session.in_region(region));
    let place = Place::region(&session.account, region);
    match answer::listed("DescribeHub", &place, client.describe_hub().send().await) {
        Ok(_) => Ok(HubState::Enabled),
        Err(error) if is_disabled(&error) => Ok(HubState::NotEnabled),
        Err(error) => Err(error),
    }
}

/// Security Hub API Reference, `DescribeHub`, "Errors": an account without Security Hub has no hub, or is not subscribed.
fn is_disabled(error: &Error) -> bool {
    let code = error.failed().map(|failed| failed.code.as_str());
    matches!(
        code,
        Some("InvalidAccessException" | "ResourceNotFoundException")
    )
}

/// Security Hub of one account and region.
struct Hub<'a> {
    client: Client,
    account: &'a AccountId,
    region: &'a Region,
}

/// What became of a batch.
enum Taken {
    /// The hub answered for each finding.
    Some(Imported),
    /// The hub takes nothing from us.
    None {
        findings: Vec<AwsSecurityFinding>,
        note: String,
    },
}

impl Hub<'_> {
    async fn import(&self, mut batch: Vec<AwsSecurityFinding>) -> Result<Taken, Error> {
        let all = batch.len();
        let mut dead_letters: BTreeMap<FindingId, String> = BTreeMap::new();
        for round in 1..=ROUNDS {
            let call = self.client.batch_import_findings();
            let result = call.set_findings(Some(batch.clone())).send().await;
            if let Err(error) = &result
                && let Some(note) = self.closed(&answer::code_of(error))
            {
                let findings = batch;
                return Ok(Taken::None { findings, note });
            }
            let place = Place::region(self.account, self.region);
            let answered = answer::listed(OPERATION, &place, result)?;
            let (again, for_good): (Vec<_>, Vec<_>) = answered
                .failed_findings()
                .iter()
                .partition(|failed| round < ROUNDS && RETRYABLE.contains(&code(failed)));
            for failed in for_good {
                let id = FindingId::from(failed.id().unwrap_or_default());
                dead_letters.insert(id, code(failed).to_owned());
            }
            batch.retain(|finding| again.iter().any(|failed| failed.id() == finding.id()));
            if batch.is_empty() {
                break;
            }
            tokio::time::sleep(PAUSE * round).await;
        }
        Ok(Taken::Some(Imported {
            imported: count(all.saturating_sub(dead_letters.len())),
            reasons: self.by_code(&dead_letters),
            refused: dead_letters.keys().cloned().collect(),
            dead_letters,
            closed: None,
        }))
    }

    /// How many findings were refused, by code.
    fn by_code(&self, dead_letters: &BTreeMap<FindingId, String>) -> BTreeMap<String, u64> {
        let mut reasons: BTreeMap<String, u64> = BTreeMap::new();
        for code in dead_letters.values() {
            let reason = format!("{} refused with `{code}`", self.name());
            *reasons.entry(reason).or_default() += 1;
        }
        reasons
    }

    /// Why the hub takes nothing from us, if that is what the code says. `InvalidAccessException`: the
    /// account is not subscribed to Security Hub (Security Hub API, "Common Errors").
    fn closed(&self, code: &str) -> Option<String> {
        if code == "InvalidAccessException" {
            return Some(format!("{} is not enabled", self.name()));
        }
        (answer::meaning(code) == Some(Meaning::Denied)).then(|| {
            format!(
                "{} cannot be written to: `{OPERATION}` answered `{code}`",
                self.name()
            )
        })
    }

    fn name(&self) -> String {
        format!(
            "Security Hub of account {} in {}",
            self.account, self.region
        )
    }
}

fn code(failed: &ImportFindingsError) -> &str {
    failed.error_code().unwrap_or("no code")
}

fn id(finding: &AwsSecurityFinding) -> FindingId {
    FindingId::from(finding.id().unwrap_or_default())
}

fn count(findings: usize) -> u64 {
    u64::try_from(findings).unwrap_or(u64::MAX)
}

/// The findings in calls that Security Hub takes, by number and by size.
fn batches(findings: Vec<AwsSecurityFinding>) -> Vec<Vec<AwsSecurityFinding>> {
    let mut batches: Vec<Vec<AwsSecurityFinding>> = Vec::new();
    let mut bytes = 0;
    for finding in findings {
        let size = size(&finding);
        match batches.last_mut() {
            Some(batch) if batch.len() < BATCH && bytes + size <= BATCH_BYTES => {
                bytes += size;
                batch.push(finding);
            }
            _ => {
                bytes = size;
                batches.push(vec![finding]);
            }
        }
    }
    batches
}

/// About how many bytes a finding takes: its debug form names every field, so it is longer than its JSON.
/// All texts have limits, so that no finding comes near the 240 KB that AWS takes.
fn size(finding: &AwsSecurityFinding) -> usize {
    format!("{finding:?}").len()
}
