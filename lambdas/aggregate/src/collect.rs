//! The edges: report parts in, findings out to Security Hub.

use std::collections::{BTreeMap, BTreeSet};

use audit::error::chain;
use aws::asff::{self, Product};
use aws::security_hub::{self, Imported};
use aws::{Purpose, RunStore, Session};
use compliance::{
    AccountId, Control, ControlId, Finding, FindingId, KeyFacts, KeyUse, Region, Report, Run,
    Verdict,
};

use crate::coverage::Tally;
use crate::plan::Audited;
use crate::settings::{SecurityHub, Stage};

/// What the report parts of a scope say together.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Counts.
    pub(crate) tally: Tally,
    /// Failed and not-available verdicts.
    pub(crate) verdicts: Vec<Verdict>,
    /// The resources that were examined.
    pub(crate) resources: BTreeSet<String>,
    /// S3 only: the buckets that use a key.
    pub(crate) uses: Vec<KeyUse>,
    /// KMS only: the keys that buckets use.
    pub(crate) keys: Vec<KeyFacts>,
}

impl Reading {
    fn add(&mut self, report: Report) {
        self.tally.add(&report);
        self.verdicts.extend(report.verdicts);
        self.resources.extend(report.resources);
        self.uses.extend(report.key_uses);
        self.keys.extend(report.keys);
    }
}

/// Reads the parts of a scope, one after the other. The inner error says in words which part is
/// missing or not what was written; nothing of the scope is to be used then.
pub(crate) async fn read(
    store: &RunStore,
    audited: &Audited,
) -> Result<Result<Reading, String>, aws::Error> {
    let mut reading = Reading::default();
    for part in 0..audited.parts {
        let key = audited.scope.report_key(part);
        match store.get_json::<Report>(&key).await {
            Ok(report) if belongs(&report, audited, part) => reading.add(report),
            Ok(_) => return Ok(Err(format!("`{key}` is the report of something else"))),
            Err(error @ aws::Error::Unreadable { .. }) => {
                return Ok(Err(format!("{}: {}", error.name(), chain(&error))));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Ok(reading))
}

fn belongs(report: &Report, audited: &Audited, part: u32) -> bool {
    let scope = &audited.scope;
    report.run == scope.run
        && report.account == scope.account
        && report.region == scope.region
        && report.service == scope.service
        && report.part == part
}

/// The way to Security Hub for one account; opened when the first finding is to be imported.
#[derive(Debug)]
pub(crate) enum Hub {
    /// Nothing has been imported yet.
    Unopened,
    /// The session that imports.
    Open(Box<Session>),
    /// Nothing can be imported, and why.
    Closed(String),
}

/// What became of an import, and the failure that another try may overcome.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    /// Counts and notes.
    pub(crate) imported: Imported,
    /// A fault or throttling.
    pub(crate) retryable: Option<aws::Error>,
}

impl Hub {
    /// Imports findings of one account, each in the region of its resource (centrally: all in the
    /// function's own). Whatever is not taken is counted and noted.
    pub(crate) async fn import(
        &mut self,
        stage: &Stage,
        run: &Run,
        account: &AccountId,
        findings: &[&Finding],
    ) -> Sent {
        let mut sent = Sent::default();
        if stage.security_hub == SecurityHub::Off || findings.is_empty() {
            return sent;
        }
        if let Self::Unopened = self {
            self.open(stage, run, account, &mut sent).await;
        }
        match self {
            Self::Open(session) => {
                for (region, findings) in by_region(stage, findings) {
                    import_in(stage, run, session, &region, &findings, &mut sent).await;
                }
            }
            Self::Closed(note) => sent.imported.refuse(ids(findings), note.clone()),
            Self::Unopened => {}
        }
        sent
    }

    async fn open(&mut self, stage: &Stage, run: &Run, account: &AccountId, sent: &mut Sent) {
        let session = match stage.security_hub {
            SecurityHub::Central => Session::caller(stage.base.clone()).await,
            SecurityHub::Member | SecurityHub::Off => {
                let purpose = Purpose::SecurityHub;
                Session::assume(&stage.base, &stage.role, account, &run.id, purpose).await
            }
        };
        *self = match session {
            Ok(session) => Self::Open(Box::new(session)),
            Err(error) => {
                let note = note(&error);
                sent.postpone(error);
                Self::Closed(note)
            }
        };
    }
}

impl Sent {
    fn postpone(&mut self, error: aws::Error) {
        if error.name().is_retryable() {
            self.retryable = Some(error);
        }
    }
}

fn note(error: &aws::Error) -> String {
    format!(
        "nothing was imported to Security Hub: {}: {}",
        error.name(),
        chain(error)
    )
}

/// Findings by the region to import them in.
fn by_region<'a>(stage: &Stage, findings: &[&'a Finding]) -> BTreeMap<Region, Vec<&'a Finding>> {
    let home = stage
        .base
        .region()
        .and_then(|region| region.as_ref().parse().ok());
    let home: Option<Region> = home.filter(|_| stage.security_hub == SecurityHub::Central);
    let mut regions: BTreeMap<Region, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let region = home.as_ref().unwrap_or(&finding.verdict.region);
        regions.entry(region.clone()).or_default().push(finding);
    }
    regions
}

async fn import_in(
    stage: &Stage,
    run: &Run,
    session: &Session,
    region: &Region,
    findings: &[&Finding],
    sent: &mut Sent,
) {
    let product = Product {
        partition: session.partition.clone(),
        account: session.account.clone(),
        region: region.clone(),
    };
    let described = described(stage, findings);
    let describe = |finding: &&Finding| {
        let (control, standards) = described.get(&finding.verdict.control)?;
        let at = run.started_at;
        Some(asff::finding(finding, control, standards, &product, at))
    };
    let asff: Vec<_> = findings.iter().filter_map(describe).collect();
    // A control that is no longer in the catalogue cannot be described to Security Hub any more.
    let retired = |finding: &&&Finding| !described.contains_key(&finding.verdict.control);
    let retired: Vec<&Finding> = findings.iter().filter(retired).copied().collect();
    if !retired.is_empty() {
        let count = retired.len();
        let note = format!("{count} findings are of controls that are no longer in the catalogue");
        sent.imported.refuse(ids(&retired), note);
    }
    match security_hub::import(session, region, asff).await {
        Ok(imported) => sent.imported.extend(imported),
        Err(error) => {
            sent.imported.refuse(ids(findings), note(&error));
            sent.postpone(error);
        }
    }
}

/// The controls of findings, each with the standards that name it; looked up once for all its findings.
fn described<'a>(
    stage: &'a Stage,
    findings: &[&'a Finding],
) -> BTreeMap<&'a ControlId, (&'a Control, Vec<&'a str>)> {
    let named: BTreeSet<&ControlId> = findings.iter().map(|it| &it.verdict.control).collect();
    let describe = |id| {
        let control = stage.catalog.get(id)?;
        let standards = stage.standards.naming(id);
        let standards = standards.filter_map(|standard| standard.security_hub.as_deref());
        Some((id, (control, standards.collect())))
    };
    named.into_iter().filter_map(describe).collect()
}

fn ids(findings: &[&Finding]) -> Vec<FindingId> {
    findings.iter().map(|finding| finding.id.clone()).collect()
}
