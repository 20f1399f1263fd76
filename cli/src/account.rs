//! Auditing one account in memory: the collectors and the controls of the Lambdas, without their stores.

use audit::{Collector, Error, Judge, KeyAudits, Page, Scope, audit_all, key_references};
use audit_kms::KeyCollector;
use audit_s3::BucketCollector;
use audit_sg::SecurityGroupCollector;
use aws::Session;
use compliance::observation::BucketKeyObservation;
use compliance::{
    Gap, KeyFacts, KeyReference, KeyReferences, KeyUse, Observation, Refusal, Region, RunId,
    Service, Verdict,
};
use controls::{Catalog, Parameters};
use futures::{StreamExt, stream};

/// Regions that are audited at a time; each has token buckets of its own.
const REGIONS_AT_ONCE: usize = 4;

/// What an audit needs besides its sessions.
#[derive(Debug)]
pub struct AccountAudit<'a> {
    /// The controls.
    pub catalog: &'a Catalog,
    /// Who evaluates their policies.
    pub judge: &'a Judge,
    /// Their parameters.
    pub parameters: &'a Parameters,
    /// The id that scopes carry.
    pub run: &'a RunId,
    /// The regions, sorted.
    pub regions: &'a [Region],
}

/// What was found so far.
#[derive(Debug, Default)]
pub struct Found {
    /// Verdicts of all kinds, PASSED too.
    pub verdicts: Vec<Verdict>,
    /// What was not seen.
    pub gaps: Vec<Gap>,
    /// Which bucket uses which key.
    pub uses: Vec<KeyUse>,
    /// The keys that buckets use.
    pub keys: Vec<KeyFacts>,
    /// How the KMS audit of each region ended.
    pub key_audits: KeyAudits,
}

impl AccountAudit<'_> {
    /// Audits the account's S3 settings and its buckets.
    ///
    /// # Errors
    ///
    /// As [`AccountAudit::keys`].
    pub async fn buckets(&self, session: &Session, found: &mut Found) -> Result<(), Error> {
        let (size, at_once) = (
            BucketCollector::PAGE_SIZE,
            BucketCollector::READ_CONCURRENCY,
        );
        let collector = BucketCollector::new(session, self.regions, size, at_once);
        let scope = self.scope(session, None, Service::S3);
        found.merge(self.scope_of(&collector, &scope).await?);
        Ok(())
    }

    /// Audits the keys of every region, those that the buckets use included.
    ///
    /// # Errors
    ///
    /// If something else than AWS's refusal of a listing ends an audit.
    pub async fn keys(&self, session: &Session, found: &mut Found) -> Result<(), Error> {
        let KeyReferences {
            regions: references,
        } = key_references(&found.uses);
        let audits = self.regions.iter().map(|region| {
            let references = references.get(region).cloned().unwrap_or_default();
            self.keys_of_region(session, region, references)
        });
        self.all(audits, found).await
    }

    /// Audits the security groups of every region.
    ///
    /// # Errors
    ///
    /// As [`AccountAudit::keys`].
    pub async fn groups(&self, session: &Session, found: &mut Found) -> Result<(), Error> {
        let audits = self.regions.iter().map(|region| async move {
            let size = SecurityGroupCollector::PAGE_SIZE;
            let collector = SecurityGroupCollector::new(session, region, size);
            let scope = self.scope(session, Some(region), Service::Sg);
            self.scope_of(&collector, &scope).await
        });
        self.all(audits, found).await
    }

    /// Judges each bucket together with the key that it uses.
    pub async fn join(&self, found: &mut Found) {
        let joined = audit::bucket_keys(&found.uses, &found.keys, &found.key_audits);
        let observed: Vec<Observation> = joined.into_iter().map(observation).collect();
        let judged = self
            .judge
            .verdicts(self.catalog, self.parameters, &observed);
        let (verdicts, gaps) = judged.await;
        found.verdicts.extend(verdicts);
        found.gaps.extend(gaps);
    }

    async fn keys_of_region(
        &self,
        session: &Session,
        region: &Region,
        references: Vec<KeyReference>,
    ) -> Result<Found, Error> {
        let (size, at_once) = (KeyCollector::PAGE_SIZE, KeyCollector::READ_CONCURRENCY);
        let collector = KeyCollector::new(session, region, references, size, at_once);
        let scope = self.scope(session, Some(region), Service::Kms);
        let mut found = self.scope_of(&collector, &scope).await?;
        let refusal = found
            .gaps
            .iter()
            .find(|gap| gap.resource.is_none())
            .map(|gap| Refusal {
                operation: gap.operation.clone(),
                code: gap.code.clone(),
            });
        found
            .key_audits
            .insert(region.clone(), refusal.map_or(Ok(()), Err));
        Ok(found)
    }

    /// Runs the audits of several regions and takes what they find.
    async fn all(
        &self,
        audits: impl Iterator<Item = impl Future<Output = Result<Found, Error>>>,
        found: &mut Found,
    ) -> Result<(), Error> {
        let mut ending = stream::iter(audits).buffered(REGIONS_AT_ONCE);
        while let Some(region) = ending.next().await {
            found.merge(region?);
        }
        Ok(())
    }

    fn scope(&self, session: &Session, region: Option<&Region>, service: Service) -> Scope {
        Scope {
            run: self.run.clone(),
            account: session.account.clone(),
            region: region.cloned(),
            service,
        }
    }

    /// Audits one scope to its end.
    async fn scope_of(&self, collector: &impl Collector, scope: &Scope) -> Result<Found, Error> {
        let seen = AsFarAsSeen { collector, scope };
        let audited = audit_all(self.catalog, self.judge, self.parameters, &seen, scope).await?;
        let mut found = Found {
            verdicts: audited.passed,
            ..Found::default()
        };
        for report in audited.reports {
            found.verdicts.extend(report.verdicts);
            found.gaps.extend(report.gaps);
            found.uses.extend(report.key_uses);
            found.keys.extend(report.keys);
        }
        Ok(found)
    }
}

/// Ends a scope at a listing that is refused with a gap, so that what was found before it stays.
struct AsFarAsSeen<'a, C> {
    collector: &'a C,
    scope: &'a Scope,
}

impl<C: Collector> Collector for AsFarAsSeen<'_, C> {
    async fn collect(&self, after: Option<&str>) -> Result<Page, aws::Error> {
        match self.collector.collect(after).await {
            Ok(page) => Ok(page),
            Err(error) => Ok(Page {
                gaps: vec![gap(self.scope, error)?],
                ..Page::default()
            }),
        }
    }
}

impl Found {
    fn merge(&mut self, other: Self) {
        self.verdicts.extend(other.verdicts);
        self.gaps.extend(other.gaps);
        self.uses.extend(other.uses);
        self.keys.extend(other.keys);
        self.key_audits.extend(other.key_audits);
    }
}

fn observation(join: BucketKeyObservation) -> Observation {
    Observation::BucketKey(Box::new(join))
}

/// The gap that a refused listing leaves; any other error stays one.
fn gap(scope: &Scope, error: aws::Error) -> Result<Gap, aws::Error> {
    let Some(failed) = error.failed() else {
        return Err(error);
    };
    Ok(Gap {
        account: scope.account.clone(),
        region: scope.region.clone(),
        service: Some(scope.service),
        resource: None,
        operation: failed.operation.to_owned(),
        code: failed.code.clone(),
    })
}
