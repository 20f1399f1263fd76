//! One invocation: fetch what the S3 audit learned, enter the account, audit one region's keys.

use audit::on_demand::{Look, Target, Unobserved};
use audit::{Auditor, Deadline, Error, Scope, audit_scope};
use aws::settings::optional;
use aws::{RunStore, Session};
use compliance::payload::{AuditKeysRequest, AuditResponse};
use compliance::{KeyReference, KeyReferences, Observation, Service, store_key};

use crate::{KeyCollector, reference};

/// What the function is set up with, once.
#[derive(Debug)]
pub struct Function {
    /// What all auditors have in common.
    pub auditor: Auditor,
    /// Keys per page.
    pub page_size: u32,
    /// Keys that are read at a time.
    pub read_concurrency: usize,
}

impl Function {
    /// Reads what all auditors need, and if set `PAGE_SIZE` and `READ_CONCURRENCY`.
    ///
    /// # Errors
    ///
    /// As [`Auditor::from_environment`], or if a variable of its own is unusable.
    pub async fn from_environment() -> Result<Self, Error> {
        let page_size = optional("PAGE_SIZE")?;
        let read_concurrency = optional("READ_CONCURRENCY")?;
        Ok(Self {
            auditor: Auditor::from_environment().await?,
            page_size: page_size.unwrap_or(KeyCollector::PAGE_SIZE),
            read_concurrency: read_concurrency.unwrap_or(KeyCollector::READ_CONCURRENCY),
        })
    }

    /// Audits the keys of one account and region from where the request stands.
    ///
    /// # Errors
    ///
    /// If a part of the key references cannot be read, the account cannot be entered, its keys
    /// cannot be listed, or a report part cannot be written.
    pub async fn handle(
        &self,
        request: AuditKeysRequest,
        deadline: Deadline,
    ) -> Result<AuditResponse, Error> {
        let references = references(&self.auditor.stage.store, &request).await?;
        let AuditKeysRequest {
            run,
            account,
            region,
            progress,
            ..
        } = request;
        let scope = Scope {
            run: run.id,
            account,
            region: Some(region.clone()),
            service: Service::Kms,
        };
        let session = self.auditor.enter(&scope).await?;
        let mut collector = KeyCollector::new(
            &session,
            &region,
            references,
            self.page_size,
            self.read_concurrency,
        );
        let parameters = self.auditor.stage.parameters.configured();
        if !parameters.judges(KeyCollector::CONTROL_ON_USAGE) {
            collector = collector.without_usage();
        }
        audit_scope(&self.auditor.stage, &collector, &scope, progress, &deadline).await
    }
}

impl Look for Function {
    const SERVICE: Service = Service::Kms;

    fn auditor(&self) -> &Auditor {
        &self.auditor
    }

    /// Observes one key by any of its names.
    async fn look(&self, session: &Session, target: &Target) -> Result<Observation, Unobserved> {
        let region = target.region.as_ref().ok_or(Unobserved::Missing)?;
        let named = reference::alone(&target.name);
        let collector = KeyCollector::new(
            session,
            region,
            vec![named],
            self.page_size,
            self.read_concurrency,
        );
        let key = collector.only().await?;
        Ok(Observation::Key(Box::new(key)))
    }
}

/// The references that the S3 audit wrote for this region.
async fn references(
    store: &RunStore,
    request: &AuditKeysRequest,
) -> Result<Vec<KeyReference>, Error> {
    let mut references = Vec::new();
    for part in 0..request.reference_parts {
        let key = store_key::key_references(&request.run.id, &request.account, part);
        let mut written: KeyReferences = store.get_json(&key).await?;
        references.extend(written.regions.remove(&request.region).unwrap_or_default());
    }
    Ok(reference::merged(references))
}
