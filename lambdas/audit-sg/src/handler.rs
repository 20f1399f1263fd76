//! The order of steps of one invocation.

use audit::{Deadline, Scope, audit_scope};
use aws::{Purpose, Session};
use compliance::Service;
use compliance::payload::{AuditResponse, AuditSecurityGroupsRequest};

use crate::{Error, SecurityGroupCollector, Stage};

/// Enters the account and audits its groups in one region, as far as the time box goes.
///
/// # Errors
///
/// If the account cannot be entered, its groups cannot be listed, or the report cannot be written.
pub async fn handle(
    stage: &Stage,
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
    let session = Session::assume(&stage.base, &stage.role, &account, &run.id, Purpose::Sg).await?;
    let collector = SecurityGroupCollector::new(&session, &region, stage.page_size);
    let scope = Scope {
        run: run.id,
        account,
        region: Some(region),
        service: Service::Sg,
    };
    let audit = audit_scope(&stage.audit, &collector, &scope, progress, &deadline);
    Ok(Box::pin(audit).await?)
}
