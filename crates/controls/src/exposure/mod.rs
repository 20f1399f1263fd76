//! Whom a resource policy lets in: the analysis of the policies of S3 buckets, S3 access points
//! and KMS keys.
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
mod administration;
mod analysis;
mod condition;
mod denial;
mod document;
mod error;
mod facts;
mod fence;
mod keys;
mod operator;
mod pattern;
mod perimeter;
mod principal;
mod reach;
mod report;
mod resources;
mod transport;
mod upload;
mod values;

use std::collections::BTreeSet;

pub use document::Effect;
pub use error::Error;
pub use report::{Exposure, NotRestricting, PolicyExposure, StatementExposure};

/// Kind of resource a policy is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyKind {
    /// An S3 bucket.
    S3,
    /// An S3 access point.
    AccessPoint,
    /// A KMS key.
    Kms,
}

impl PolicyKind {
    fn is_s3(self) -> bool {
        self != Self::Kms
    }
}

static NOBODY: BTreeSet<String> = BTreeSet::new();

/// What the analysis must know of the resource besides its policy.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// What the policy is attached to.
    pub kind: PolicyKind,
    /// ARN of that resource; empty if unknown, then a Deny that names it is believed only where
    /// the policy can be about nothing else.
    pub resource_arn: &'a str,
    /// Account that owns the resource; empty if unknown, then every account is foreign.
    pub account_id: &'a str,
    /// Accounts outside the organization that may be let in.
    pub trusted_accounts: &'a BTreeSet<String>,
    /// Organization of the owner, if known.
    pub organization_id: Option<&'a str>,
    /// Accounts of that organization, as far as known.
    pub organization_accounts: &'a BTreeSet<String>,
    /// Patterns of the S3 actions that others than the owner's account may have.
    pub actions_of_others: &'a BTreeSet<String>,
    /// Whether the resource answers only requests from one fixed network, as an access point with
    /// the network origin VPC does ("The meaning of public": it is never public).
    pub network_only: bool,
}

impl Context<'_> {
    /// A resource of which nothing is known but its kind.
    #[must_use]
    pub fn of_unknown(kind: PolicyKind) -> Self {
        Self {
            kind,
            resource_arn: "",
            account_id: "",
            trusted_accounts: &NOBODY,
            organization_id: None,
            organization_accounts: &NOBODY,
            actions_of_others: &NOBODY,
            network_only: false,
        }
    }

    /// Whether an account is trusted or of the organization.
    fn knows(&self, account: &str) -> bool {
        self.trusted_accounts.contains(account) || self.organization_accounts.contains(account)
    }

    fn is_foreign(&self, account: &str) -> bool {
        account != self.account_id
    }
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
    Ok(facts::exposure(&statements, context))
}
