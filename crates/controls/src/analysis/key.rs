//! What a key's policy means.

use compliance::observation::KeyObservation;
use compliance::{Fact, Refusal};
use serde::Serialize;

use super::policy::{exposure, outsiders};
use super::{Admission, malformed};
use crate::exposure::{PolicyExposure, PolicyKind};
use crate::parameters::Parameters;

/// What the policy of a key means.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyAnalysis {
    /// Whom the policy lets in; `null` without a policy.
    #[serde(skip_serializing_if = "Fact::is_unread")]
    pub policy: Fact<Option<PolicyExposure>>,
    /// Why the policy cannot be judged although it was read.
    #[serde(skip)]
    pub policy_refusal: Option<Refusal>,
}

impl KeyAnalysis {
    /// The analysis of a key.
    #[must_use]
    pub fn of(key: &KeyObservation, parameters: &Parameters) -> Self {
        let policy = exposure(
            PolicyKind::Kms,
            &key.key_arn,
            &key.account,
            &key.key_policy,
            parameters,
        );
        Self {
            policy_refusal: policy.is_err().then(|| malformed("GetKeyPolicy")),
            policy: policy.unwrap_or(Fact::Unread),
        }
    }
}

impl Admission {
    /// Whom the policy of a key lets in.
    #[must_use]
    pub fn of_key(key: &KeyObservation, parameters: &Parameters) -> Self {
        match KeyAnalysis::of(key, parameters).policy {
            Fact::Unread => Self {
                public: Fact::Unread,
                accounts: Fact::Unread,
            },
            Fact::Known(policy) => Self {
                public: Fact::Known(policy.as_ref().is_some_and(|policy| policy.public)),
                accounts: Fact::Known(policy.as_ref().map_or_else(Vec::new, outsiders)),
            },
        }
    }
}
