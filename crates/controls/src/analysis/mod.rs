//! The facts that take an algorithm to find out, as the policies read them under `analysis`.
//!
//! A fact that rests on something unread is left out, unless the rest settles it.

mod access_point;
mod acl;
mod bucket;
mod key;
mod policy;
mod ternary;

use compliance::{Fact, Refusal};

pub use access_point::AccessPointAnalysis;
pub use acl::AclExposure;
pub use bucket::BucketAnalysis;
pub use key::KeyAnalysis;

/// Whom a bucket or a key lets in: what the join of buckets and keys asks of either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// Whether everyone gets in; unread when what was read does not settle it.
    pub public: Fact<bool>,
    /// The foreign accounts, the organizations and the principals of unknown account that the policy
    /// lets in, sorted; unread when the policy was not read.
    pub accounts: Fact<Vec<String>>,
}

/// Stands for a read that gave a policy which is none by the IAM policy grammar: nothing that rests on it may pass.
fn malformed(operation: &str) -> Refusal {
    Refusal {
        operation: operation.to_owned(),
        code: "MalformedPolicy".to_owned(),
    }
}
