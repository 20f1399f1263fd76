//! What the analysis of a policy says, in the shape that policies and the CLI read.

use serde::Serialize;

use super::document::Effect;

/// The widest class of callers that a statement lets in, narrowest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Exposure {
    /// Nobody: a Deny, or an Allow that nothing can meet.
    #[default]
    None,
    /// Only users or roles that no longer exist.
    DeletedPrincipal,
    /// Only principals of the account that owns the resource.
    OwnAccount,
    /// AWS services.
    Service,
    /// Identities of a SAML or OIDC provider registered in IAM of the owner's account.
    Federated,
    /// Other accounts, named one by one, or principals whose account is not revealed.
    CrossAccount,
    /// All accounts of an organization.
    Organization,
    /// Anyone who comes from a fixed network.
    Network,
    /// Everyone.
    Public,
}

/// A condition that does not restrict who gets in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NotRestricting {
    /// The condition key, as written.
    pub key: String,
    /// The reason, to be read after the key: "`key` why".
    pub why: String,
}

/// Whom one statement lets in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementExposure {
    /// The `Sid`, if the statement has one.
    pub sid: Option<String>,
    /// Position in the policy, from 0.
    pub index: usize,
    /// Allow or Deny.
    pub effect: Effect,
    /// The widest class of callers that get in, after the fences of the policy.
    pub exposure: Exposure,
    /// The class without any fence; equal to `exposure` unless `fenced_by` names a statement.
    pub unfenced_exposure: Exposure,
    /// Ids of the accounts let in, sorted; the owner of the resource included.
    pub accounts: Vec<String>,
    /// Ids of the organizations let in, sorted.
    pub organizations: Vec<String>,
    /// Service principals let in, sorted; `*` is any service.
    pub services: Vec<String>,
    /// Condition keys that restrict who gets in, as written, sorted.
    pub restricted_by: Vec<String>,
    /// The other condition keys, each with the reason.
    pub not_restricted_by: Vec<NotRestricting>,
    /// Names of the Deny statements that narrow this one: `Sid`, or `statement N` from 1.
    pub fenced_by: Vec<String>,
    /// The action patterns granted or denied, as written; all of the service for `NotAction`.
    pub actions: Vec<String>,
    /// Whether the statement is about everything the resource has (bucket and all objects).
    pub all_resources: bool,
}

/// Whom a policy lets in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an independent fact that controls read"
)]
pub struct PolicyExposure {
    /// Whether some statement lets everyone in. Statements fenced by a Deny of the same policy
    /// do not count; `statements` names the fence.
    pub public: bool,
    /// S3: everyone may read the bucket or objects (`s3:Get*`, `s3:List*`).
    pub public_read: bool,
    /// S3: everyone may call some `s3:Get*` action.
    pub public_get: bool,
    /// S3: everyone may call some `s3:List*` action.
    pub public_list: bool,
    /// S3: everyone may change the bucket, its objects or its permissions.
    pub public_write: bool,
    /// The action patterns granted to everyone, as written, sorted.
    pub public_actions: Vec<String>,
    /// Whether a named party outside the owner's account gets in: an account, an organization
    /// or a principal of unknown account.
    pub cross_account: bool,
    /// Ids of the foreign accounts let in, sorted.
    pub accounts: Vec<String>,
    /// Those that are neither trusted nor in the organization.
    pub untrusted_accounts: Vec<String>,
    /// Foreign accounts for which a named AWS service may act here and that are neither trusted nor
    /// in the organization, sorted.
    pub untrusted_sources: Vec<String>,
    /// S3: the action patterns that others than the owner's account have and that the operator does
    /// not allow them, as written, sorted; AWS services do not count.
    pub excessive_actions: Vec<String>,
    /// S3: the actions that control S3.6 refuses to other accounts and that one of them, an
    /// organization or everyone has.
    pub cross_account_sensitive_actions: Vec<String>,
    /// Ids of the organizations let in, sorted.
    pub organizations: Vec<String>,
    /// Those that are not the owner's, or are not known to be.
    pub foreign_organizations: Vec<String>,
    /// Service principals let in, sorted.
    pub services: Vec<String>,
    /// Those that nothing ties to an account, resource or organization for which they act (the
    /// confused deputy problem).
    pub services_without_source: Vec<String>,
    /// Identity providers let in, sorted.
    pub federated: Vec<String>,
    /// Unique ids of users and roles that no longer exist, sorted.
    pub deleted_principals: Vec<String>,
    /// Principals whose account the policy does not reveal, such as canonical users, sorted.
    pub unresolved_principals: Vec<String>,
    /// S3: whether every request without TLS is denied (control S3.5).
    pub denies_insecure_transport: bool,
    /// S3: whether every request with TLS older than 1.2 is denied.
    pub denies_old_tls: bool,
    /// S3: whether every upload that does not say how to encrypt the object is denied.
    pub requires_encryption_on_upload: bool,
    /// The organizations to which Deny statements confine every caller but AWS services and the
    /// owner's account, for every action on everything, sorted; empty without such a perimeter.
    pub confined_to_organizations: Vec<String>,
    /// Names of the Allow statements with `NotPrincipal` or `NotAction`, in order.
    pub allows_all_but: Vec<String>,
    /// S3 buckets: names of the Deny statements by which nobody but a root user can mend the policy, in
    /// order.
    pub locked_out_by: Vec<String>,
    /// KMS: whether the owner's account as a whole may change the key policy, under no condition.
    pub keeps_account: bool,
    /// KMS: the principals, other than the owner's account as a whole, that may both change the key
    /// policy and use the key, sorted; `*` is everyone.
    pub administrators_with_use: Vec<String>,
    /// One entry for each statement, in order.
    pub statements: Vec<StatementExposure>,
}
