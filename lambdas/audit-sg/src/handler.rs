//! One invocation: enter the account, audit its groups in one region until they or the time box end.

use audit::{Deadline, Error, Scope, Stage, audit_scope};
use aws::settings::{list, optional, required};
use aws::{AuditRole, Purpose, RunStore, Session};
use aws_config::SdkConfig;
use compliance::Service;
use compliance::payload::{AuditResponse, AuditSecurityGroupsRequest};
use controls::{Catalog, Parameters};

use crate::SecurityGroupCollector;

/// What the function is set up with, once.
#[derive(Debug)]
pub struct Function {
    /// Catalogue, parameters and run bucket.
    pub stage: Stage,
    /// The function's own credentials.
    pub base: SdkConfig,
    /// The role to enter accounts with.
    pub role: AuditRole,
    /// Groups per page.
    pub page_size: usize,
}

impl Function {
    /// Reads `RUN_BUCKET`, `AUDIT_ROLE_NAME`, and if set `EXTERNAL_ID`, `PAGE_SIZE` and
    /// `TRUSTED_ACCOUNTS`.
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
            page_size: page_size.unwrap_or(SecurityGroupCollector::PAGE_SIZE),
        })
    }

    /// Audits the groups of one account and region from where the request stands.
    ///
    /// # Errors
    ///
    /// If the account cannot be entered, its groups cannot be listed, or a report part cannot be
    /// written.
    pub async fn handle(
        &self,
        request: AuditSecurityGroupsRequest,
        deadline: Deadline,
    ) -> Result<AuditResponse, Error> {
        let AuditSecurityGroupsRequest {
            run,
            account,
            region,
            progress,
            ..
        } = request;
        let session =
            Session::assume(&self.base, &self.role, &account, &run.id, Purpose::Sg).await?;
        let collector = SecurityGroupCollector::new(&session, &region, self.page_size);
        let scope = Scope {
            run: run.id,
            account,
            region: Some(region),
            service: Service::Sg,
        };
        Box::pin(audit_scope(
            &self.stage,
            &collector,
            &scope,
            progress,
            &deadline,
        ))
        .await
    }
}
