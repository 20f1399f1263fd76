//! One invocation: enter the account, audit its groups in one region until they or the time box end.

use audit::on_demand::{Look, Target, Unobserved};
use audit::{Auditor, Deadline, Error, Scope, audit_scope};
use aws::Session;
use aws::settings::optional;
use compliance::payload::{AuditResponse, AuditSecurityGroupsRequest};
use compliance::{Observation, Service};

use crate::SecurityGroupCollector;

/// What the function is set up with, once.
#[derive(Debug)]
pub struct Function {
    /// What all auditors have in common.
    pub auditor: Auditor,
    /// Groups per page.
    pub page_size: usize,
}

impl Function {
    /// Reads what all auditors need, and if set `PAGE_SIZE`.
    ///
    /// # Errors
    ///
    /// As [`Auditor::from_environment`], or if a variable of its own is unusable.
    pub async fn from_environment() -> Result<Self, Error> {
        let page_size = optional("PAGE_SIZE")?;
        Ok(Self {
            auditor: Auditor::from_environment().await?,
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
        let scope = Scope {
            run: run.id,
            account,
            region: Some(region.clone()),
            service: Service::Sg,
        };
        let session = self.auditor.enter(&scope).await?;
        let collector = SecurityGroupCollector::new(&session, &region, self.page_size);
        Box::pin(audit_scope(
            &self.auditor.stage,
            &collector,
            &scope,
            progress,
            &deadline,
        ))
        .await
    }
}

impl Look for Function {
    const SERVICE: Service = Service::Sg;

    fn auditor(&self) -> &Auditor {
        &self.auditor
    }

    /// Observes one group; its region is read as far as it concerns the group.
    async fn look(&self, session: &Session, target: &Target) -> Result<Observation, Unobserved> {
        let region = target.region.as_ref().ok_or(Unobserved::Missing)?;
        let collector = SecurityGroupCollector::new(session, region, self.page_size);
        Box::pin(collector.only(&target.name)).await
    }
}
