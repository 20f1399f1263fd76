//! Whom the access control list of a bucket lets in.

use compliance::observation::{Acl, BucketObservation, Grant};
use serde::Serialize;

/// What the ACL of a bucket grants; nothing where ACLs are disabled.
///
/// The groups and permissions are those of the S3 User Guide, "Access control list (ACL) overview".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an independent fact that controls read"
)]
pub struct AclExposure {
    /// Everyone, or every AWS user, may list the bucket.
    pub public_read: bool,
    /// Everyone, or every AWS user, may write and delete objects.
    pub public_write: bool,
    /// Everyone, or every AWS user, may read the ACL.
    pub public_read_acp: bool,
    /// Everyone, or every AWS user, may change the ACL, and so take every other permission.
    pub public_write_acp: bool,
    /// Every AWS user, of whatever account, may do something.
    pub authenticated_users: bool,
    /// Grants to others than the owner and the log delivery group, such as `READ to AllUsers`.
    pub grants_to_others: Vec<String>,
    /// The log delivery group may write.
    pub log_delivery: bool,
}

/// The Object Ownership that disables ACLs.
const ACLS_DISABLED: &str = "BucketOwnerEnforced";
const ALL_USERS: &str = "AllUsers";
const AUTHENTICATED_USERS: &str = "AuthenticatedUsers";
const LOG_DELIVERY: &str = "LogDelivery";

impl AclExposure {
    /// The exposure by the ACL of a bucket, if enough was read to tell.
    pub(super) fn of(bucket: &BucketObservation) -> Option<Self> {
        let ownership = bucket.object_ownership.known();
        if ownership.is_some_and(|ownership| ownership.as_deref() == Some(ACLS_DISABLED)) {
            return Some(Self::default());
        }
        let acl = bucket.acl.known()?;
        let granted = acl.as_ref().map_or_else(Self::default, Self::of_grants);
        // Who owns the objects was not read: ACLs may be disabled, and then grants mean nothing.
        (ownership.is_some() || granted == Self::default()).then_some(granted)
    }

    /// The exposure by an ACL under an Object Ownership, both known.
    pub(super) fn in_force(ownership: Option<&str>, acl: Option<&Acl>) -> Self {
        if ownership == Some(ACLS_DISABLED) {
            return Self::default();
        }
        acl.map_or_else(Self::default, Self::of_grants)
    }

    fn of_grants(acl: &Acl) -> Self {
        let public = |permission| {
            acl.grants
                .iter()
                .any(|grant| is_public(grant) && gives(grant, permission))
        };
        let others = acl
            .grants
            .iter()
            .filter(|grant| !is_owner(grant, acl) && group(grant) != Some(LOG_DELIVERY));
        Self {
            public_read: public("READ"),
            public_write: public("WRITE"),
            public_read_acp: public("READ_ACP"),
            public_write_acp: public("WRITE_ACP"),
            authenticated_users: acl
                .grants
                .iter()
                .any(|grant| group(grant) == Some(AUTHENTICATED_USERS)),
            grants_to_others: others.map(named).collect(),
            log_delivery: acl
                .grants
                .iter()
                .any(|grant| group(grant) == Some(LOG_DELIVERY) && gives(grant, "WRITE")),
        }
    }

    /// Whether everyone may do anything at all.
    pub(super) fn is_public(&self) -> bool {
        self.public_read || self.public_write || self.public_read_acp || self.public_write_acp
    }
}

/// The last part of the URI of a group: `http://acs.amazonaws.com/groups/global/AllUsers` is `AllUsers`.
fn group(grant: &Grant) -> Option<&str> {
    grant.grantee_uri.as_deref()?.rsplit('/').next()
}

fn is_public(grant: &Grant) -> bool {
    matches!(group(grant), Some(ALL_USERS | AUTHENTICATED_USERS))
}

fn is_owner(grant: &Grant, acl: &Acl) -> bool {
    grant.grantee_id.is_some() && grant.grantee_id == acl.owner
}

fn gives(grant: &Grant, permission: &str) -> bool {
    grant.permission == permission || grant.permission == "FULL_CONTROL"
}

fn named(grant: &Grant) -> String {
    let grantee = group(grant)
        .or(grant.grantee_id.as_deref())
        .unwrap_or("an unnamed grantee");
    format!("{} to {grantee}", grant.permission)
}
