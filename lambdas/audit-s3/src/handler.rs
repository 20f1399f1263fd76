//! One invocation: enter the account, audit its buckets until they or the time box end.

use audit::on_demand::{Look, Target, Unobserved};
use audit::{Auditor, Deadline, Error, Scope, audit_scope};
use aws::Session;
use aws::settings::optional;
use compliance::payload::{AuditBucketsRequest, AuditResponse};
use compliance::{Observation, Service};

use crate::BucketCollector;

/// What the function is set up with, once.
#[derive(Debug)]
pub struct Function {
    /// What all auditors have in common.
    pub auditor: Auditor,
    /// Buckets per page.
    pub page_size: u32,
    /// Buckets that are read at a time.
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
            page_size: page_size.unwrap_or(BucketCollector::PAGE_SIZE),
            read_concurrency: read_concurrency.unwrap_or(BucketCollector::READ_CONCURRENCY),
        })
    }

    /// Audits the buckets of one account from where the request stands.
    ///
    /// # Errors
    ///
    /// If the account cannot be entered, its buckets cannot be listed, or a report part cannot be
    /// written.
    pub async fn handle(
        &self,
        request: AuditBucketsRequest,
        deadline: Deadline,
    ) -> Result<AuditResponse, Error> {
        let AuditBucketsRequest {
            run,
            account,
            regions,
            progress,
            ..
        } = request;
        let scope = Scope {
            run: run.id,
            account,
            region: None,
            service: Service::S3,
        };
        let session = self.auditor.enter(&scope).await?;
        let collector =
            BucketCollector::new(&session, &regions, self.page_size, self.read_concurrency);
        audit_scope(&self.auditor.stage, &collector, &scope, progress, &deadline).await
    }
}

impl Look for Function {
    const SERVICE: Service = Service::S3;

    fn auditor(&self) -> &Auditor {
        &self.auditor
    }

    /// Observes one bucket in the region where it lies. The key that it uses is not looked at.
    async fn look(&self, session: &Session, target: &Target) -> Result<Observation, Unobserved> {
        let bucket = BucketCollector::only(session, &target.name).await?;
        Ok(Observation::Bucket(Box::new(bucket)))
    }
}
