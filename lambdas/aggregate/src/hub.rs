//! The edge to Security Hub: the findings of one account, each in the region of its resource.

use std::collections::{BTreeMap, BTreeSet};

use audit::error::chain;
use aws::asff::{self, Product};
use aws::security_hub::{self, Imported};
use aws::{Purpose, Session};
use compliance::{AccountId, Control, ControlId, Finding, FindingId, Region, Run};

use crate::settings::{SecurityHub, Stage};

/// The way to Security Hub for one account.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    way: Way,
    /// Regions whose hub takes nothing from us, and why: each is asked once.
    closed: BTreeMap<Region, String>,
}

/// The session that imports; opened when the first finding is to be imported.
#[derive(Debug, Default)]
enum Way {
    #[default]
    Unopened,
    Open(Box<Session>),
    /// Nothing can be imported, and why.
    Closed(String),
}

/// What became of imports, and the first failure that another try may overcome.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    /// Counts and reasons.
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
        if let Way::Unopened = self.way {
            self.open(stage, run, account, &mut sent).await;
        }
        match &self.way {
            Way::Open(session) => {
                for (region, findings) in by_region(stage, findings) {
                    match self.closed.get(&region) {
                        Some(reason) => sent.imported.refuse(ids(&findings), reason),
                        None => import_in(stage, run, session, &region, &findings, &mut sent).await,
                    }
                    let closed = sent.imported.closed.take();
                    self.closed.extend(closed.map(|reason| (region, reason)));
                }
            }
            Way::Closed(reason) => sent.imported.refuse(ids(findings), reason),
            Way::Unopened => {}
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
        self.way = match session {
            Ok(session) => Way::Open(Box::new(session)),
            Err(error) => {
                let reason = note(&error);
                sent.postpone(error);
                Way::Closed(reason)
            }
        };
    }
}

impl Sent {
    fn postpone(&mut self, error: aws::Error) {
        if self.retryable.is_none() && error.name().is_retryable() {
            self.retryable = Some(error);
        }
    }
}

/// Why a finding cannot be described to Security Hub.
const RETIRED: &str = "the control is no longer in the catalogue";

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
        sent.imported.refuse(ids(&retired), RETIRED);
    }
    match security_hub::import(session, region, asff).await {
        Ok(imported) => sent.imported.extend(imported),
        Err(error) => {
            sent.imported.refuse(ids(findings), &note(&error));
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
