//! One invocation: fetch what the S3 audit learned, enter the account, audit one region's keys.

use audit::{Deadline, Error, Scope, Stage, audit_scope};
use aws::settings::{list, optional, required};
use aws::{AuditRole, Purpose, RunStore, Session};
use aws_config::SdkConfig;
use compliance::payload::{AuditKeysRequest, AuditResponse};
use compliance::{KeyReference, KeyReferences, Service, store_key};
use controls::{Catalog, Parameters};

use crate::{KeyCollector, reference};

/// What the function is set up with, once.
#[derive(Debug)]
pub struct Function {
    /// Catalogue, parameters and run bucket.
    pub stage: Stage,
    /// The function's own credentials.
    pub base: SdkConfig,
    /// The role to enter accounts with.
    pub role: AuditRole,
    /// Keys per page.
    pub page_size: u32,
    /// Keys that are read at a time.
    pub read_concurrency: usize,
}

impl Function {
    /// Reads `RUN_BUCKET`, `AUDIT_ROLE_NAME`, and if set `EXTERNAL_ID`, `PAGE_SIZE`,
    /// `READ_CONCURRENCY` and `TRUSTED_ACCOUNTS`.
    ///
    /// # Errors
    ///
    /// If a variable is missing or unusable, or the catalogue does not load.
    pub async fn from_environment() -> Result<Self, Error> {
        let role = AuditRole {
            name: required("AUDIT_ROLE_NAME")?,
            external_id: optional("EXTERNAL_ID")?,
        };
        let bucket: String = required("RUN_BUCKET")?;
        let page_size = optional("PAGE_SIZE")?;
        let read_concurrency = optional("READ_CONCURRENCY")?;
        let parameters = Parameters {
            trusted_accounts: list("TRUSTED_ACCOUNTS")?.into_iter().collect(),
            ..Parameters::default()
        };
        let catalog = Catalog::embedded()?;
        let base = aws::base_config().await;
        let store = RunStore::new(&base, bucket);
        Ok(Self {
            stage: Stage {
                catalog,
                parameters,
                store,
            },
            base,
            role,
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
        let references = references(&self.stage.store, &request).await?;
        let AuditKeysRequest {
            run,
            account,
            region,
            progress,
            ..
        } = request;
        let session =
            Session::assume(&self.base, &self.role, &account, &run.id, Purpose::Kms).await?;
        let collector = KeyCollector::new(
            &session,
            &region,
            references,
            self.page_size,
            self.read_concurrency,
        );
        let scope = Scope {
            run: run.id,
            account,
            region: Some(region),
            service: Service::Kms,
        };
        audit_scope(&self.stage, &collector, &scope, progress, &deadline).await
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
