//! Whom a resource policy lets in: the analysis of S3 bucket policies and KMS key policies.
//!
//! Public is decided as "The meaning of public" of the S3 User Guide defines it: a statement
//! for everyone is public unless fixed values of a condition key that says *who* calls or from
//! *where* restrict it. The same rules apply to key policies. Conditions are intersected; what
//! does not restrict is listed with the reason.
//!
//! A Deny of a recognised shape (see `fence`) is subtracted: the statement behind it is then no
//! longer public and names the fence. Any other Deny is ignored, so doubt never hides an
//! exposure.

mod actions;
mod analysis;
mod condition;
mod document;
mod error;
mod fence;
mod keys;
mod operator;
mod pattern;
mod principal;
mod reach;
mod report;
mod resources;
mod transport;
mod values;

use std::collections::BTreeSet;

pub use document::Effect;
pub use error::Error;
pub use report::{Exposure, NotRestricting, PolicyExposure, StatementExposure};

use analysis::{Analysis, Total};

/// Kind of resource a policy is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyKind {
    /// An S3 bucket.
    S3,
    /// A KMS key.
    Kms,
}

/// What the analysis must know of the resource besides its policy.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// What the policy is attached to.
    pub kind: PolicyKind,
    /// Account that owns the resource; empty if unknown, then every account is foreign.
    pub account_id: &'a str,
    /// Accounts outside the organization that may be let in.
    pub trusted_accounts: &'a BTreeSet<String>,
    /// Organization of the owner, if known.
    pub organization_id: Option<&'a str>,
    /// Accounts of that organization, as far as known.
    pub organization_accounts: &'a BTreeSet<String>,
}

/// Analyses the text of a policy.
///
/// # Errors
///
/// If the text is not JSON, or not a policy; see [`analyse`].
pub fn analyse_str(policy: &str, context: &Context<'_>) -> Result<PolicyExposure, Error> {
    analyse(
        &serde_json::from_str(policy).map_err(Error::NotJson)?,
        context,
    )
}

/// Analyses a policy.
///
/// # Errors
///
/// If the value is not a policy by the IAM policy grammar. The error names the statement and
/// the element.
pub fn analyse(policy: &serde_json::Value, context: &Context<'_>) -> Result<PolicyExposure, Error> {
    let statements = document::statements(policy)?;
    let analysis = Analysis::new(&statements, context);
    let Total { reach, at_large } = analysis.total();
    let foreign = |account: &&String| account.as_str() != context.account_id;
    let accounts: Vec<String> = reach.accounts.iter().filter(foreign).cloned().collect();
    let known = |account: &&String| {
        context.trusted_accounts.contains(*account)
            || context.organization_accounts.contains(*account)
    };
    let at_large = at_large.iter().filter(foreign);
    let is_s3 = context.kind == PolicyKind::S3;
    let everyone = |class| is_s3 && analysis.widest(class) == Exposure::Public;
    Ok(PolicyExposure {
        public: reach.exposure == Exposure::Public,
        public_read: everyone(actions::S3_READ),
        public_get: everyone(actions::S3_GET),
        public_list: everyone(actions::S3_LIST),
        public_write: everyone(actions::S3_WRITE),
        public_actions: analysis.public_actions().into_iter().collect(),
        cross_account: !(accounts.is_empty()
            && reach.organizations.is_empty()
            && reach.identities.is_empty()),
        accounts,
        untrusted_accounts: at_large
            .filter(|account| !known(account))
            .cloned()
            .collect(),
        cross_account_sensitive_actions: sensitive(&analysis, context.kind),
        foreign_organizations: foreign_organizations(&reach.organizations, context),
        organizations: reach.organizations.into_iter().collect(),
        services: reach.services.into_iter().collect(),
        services_without_source: reach.unsourced.into_iter().collect(),
        federated: reach.federated.into_iter().collect(),
        deleted_principals: reach.deleted.into_iter().collect(),
        unresolved_principals: reach.identities.into_iter().collect(),
        denies_insecure_transport: is_s3 && transport::denies_insecure(&statements),
        statements: analysis.statements(),
    })
}

fn foreign_organizations(ids: &BTreeSet<String>, context: &Context<'_>) -> Vec<String> {
    let foreign = |id: &&String| Some(id.as_str()) != context.organization_id;
    ids.iter().filter(foreign).cloned().collect()
}

/// The actions of control S3.6 that someone outside the account has.
fn sensitive(analysis: &Analysis<'_>, kind: PolicyKind) -> Vec<String> {
    let mut found = Vec::new();
    if kind == PolicyKind::S3 {
        for &action in actions::S3_SENSITIVE {
            if analysis.widest(&[action]) >= Exposure::CrossAccount {
                found.push(action.to_owned());
            }
        }
    }
    found
}
