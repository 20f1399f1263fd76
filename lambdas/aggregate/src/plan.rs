//! What became of each scope of an account, read from the state of its child execution. Pure.

use audit::error::cut;
use audit::{KeyAudits, Scope};
use compliance::payload::{
    AccountState, AuditOutcome, Audits, Failure, RegionOutcome, ScopesResponse,
};
use compliance::{Coverage, CoverageStatus, Refusal, Region, Service};

/// A scope that left report parts behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Audited {
    /// The scope.
    pub(crate) scope: Scope,
    /// How many parts.
    pub(crate) parts: u32,
    /// What ended its audit before all was seen.
    pub(crate) ended: Option<Failure>,
}

impl Audited {
    /// A scope that left nothing behind.
    pub(crate) fn nothing(scope: Scope) -> Self {
        Self {
            scope,
            parts: 0,
            ended: None,
        }
    }

    /// The row of a scope whose report cannot be used.
    pub(crate) fn failed(&self, reason: String) -> Coverage {
        let scope = &self.scope;
        let (account, region) = (scope.account.clone(), scope.region.clone());
        let failed = CoverageStatus::Failed;
        Coverage::unseen(account, region, Some(scope.service), failed, reason)
    }
}

/// An account's scopes: those with reports to read, and the rows of all others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Scopes with reports.
    pub(crate) audited: Vec<Audited>,
    /// Rows of what was skipped or not seen.
    pub(crate) rows: Vec<Coverage>,
    /// How the audit of each region's keys ended; empty if no keys were wanted.
    pub(crate) key_audits: KeyAudits,
}

impl Plan {
    /// The plan of an account.
    pub(crate) fn of(state: &AccountState) -> Self {
        let mut plan = Self::default();
        match &state.scopes {
            None => plan.unseen(state, None, None, &why_not_entered(state)),
            Some(scopes) => {
                plan.skip(state, scopes);
                plan.add_scopes(state, scopes);
            }
        }
        plan
    }

    /// Regions and services that were left out.
    fn skip(&mut self, state: &AccountState, scopes: &ScopesResponse) {
        let row = |region, service, reason: &str| {
            let account = state.account.clone();
            Coverage::unseen(account, region, service, CoverageStatus::Skipped, reason)
        };
        let unwanted = Service::ALL
            .into_iter()
            .filter(|service| !scopes.audit.includes(*service));
        let services = unwanted.map(|service| row(None, Some(service), "left out by the input"));
        let regions = scopes
            .skipped_regions
            .iter()
            .map(|skipped| row(Some(skipped.region.clone()), None, &skipped.reason));
        self.rows.extend(services.chain(regions));
    }

    /// Every wanted scope: S3 once, the others once per region.
    fn add_scopes(&mut self, state: &AccountState, scopes: &ScopesResponse) {
        let audits = state.audits.as_ref();
        if scopes.audit.s3 {
            self.add(state, None, Service::S3, audits.map(|audits| &audits.s3));
        }
        for service in [Service::Kms, Service::Sg] {
            if scopes.audit.includes(service) {
                for region in &scopes.regions {
                    let outcome = audits.and_then(|audits| regional(audits, service, region));
                    self.add(state, Some(region.clone()), service, outcome);
                }
            }
        }
    }

    /// One wanted scope, by how its audit ended.
    fn add(
        &mut self,
        state: &AccountState,
        region: Option<Region>,
        service: Service,
        outcome: Option<&AuditOutcome>,
    ) {
        let failure = outcome.and_then(failure_of);
        let parts = outcome.map_or(0, |outcome| outcome.parts);
        let failure = match (parts, failure) {
            (0, failure) => Some(failure.or(state.failure.clone()).unwrap_or_else(no_report)),
            (_, failure) => failure,
        };
        if let (Service::Kms, Some(region)) = (service, &region) {
            let ended = failure
                .as_ref()
                .map_or(Ok(()), |failure| Err(refusal(&failure.error)));
            self.key_audits.insert(region.clone(), ended);
        }
        match failure {
            Some(failure) if parts == 0 => {
                self.unseen(state, region, Some(service), &failure.in_words());
            }
            ended => self.audited.push(Audited {
                scope: scope(state, region, service),
                parts,
                ended,
            }),
        }
    }

    fn unseen(
        &mut self,
        state: &AccountState,
        region: Option<Region>,
        service: Option<Service>,
        reason: &str,
    ) {
        let account = state.account.clone();
        let failed = CoverageStatus::Failed;
        self.rows.push(Coverage::unseen(
            account,
            region,
            service,
            failed,
            cut(reason),
        ));
    }
}

fn why_not_entered(state: &AccountState) -> String {
    state.failure.as_ref().map_or_else(
        || "the account was not entered".to_owned(),
        Failure::in_words,
    )
}

fn regional<'a>(audits: &'a Audits, service: Service, region: &Region) -> Option<&'a AuditOutcome> {
    let outcomes: &[RegionOutcome] = match service {
        Service::Kms => &audits.kms,
        Service::Sg => &audits.sg,
        Service::S3 => &[],
    };
    let outcome = outcomes.iter().find(|outcome| outcome.region == *region)?;
    Some(&outcome.progress)
}

fn scope(state: &AccountState, region: Option<Region>, service: Service) -> Scope {
    Scope {
        run: state.run.id.clone(),
        account: state.account.clone(),
        region,
        service,
    }
}

/// What ended an audit; one that still had somewhere to go on ended early, even if nobody said why.
fn failure_of(outcome: &AuditOutcome) -> Option<Failure> {
    let unfinished = || outcome.next.as_ref().map(|_| named("Unfinished"));
    outcome.failure.clone().or_else(unfinished)
}

fn no_report() -> Failure {
    named("NoReport")
}

fn named(error: &str) -> Failure {
    Failure {
        error: error.to_owned(),
        cause: String::new(),
    }
}

/// Why a key of a region was not read: the look-up that was not made, and the name of what
/// stood in the way.
pub(crate) fn refusal(name: &str) -> Refusal {
    Refusal {
        operation: audit::join::LOOK_UP.to_owned(),
        code: name.to_owned(),
    }
}

#[cfg(test)]
#[path = "plan_test.rs"]
mod tests;
