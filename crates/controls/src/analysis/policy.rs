//! The policy of a resource, analysed in the light of the parameters.

use std::collections::BTreeSet;

use compliance::{AccountId, Fact};
use serde_json::Value;

use crate::exposure::{self, Context, PolicyExposure, PolicyKind};
use crate::parameters::Parameters;

/// Whom the policy lets in: unread if the policy is, `None` if there is none.
///
/// # Errors
///
/// If the policy is not one by the IAM policy grammar.
pub(crate) fn exposure(
    kind: PolicyKind,
    arn: &str,
    account: &AccountId,
    policy: &Fact<Option<Value>>,
    parameters: &Parameters,
) -> Result<Fact<Option<PolicyExposure>>, exposure::Error> {
    exposure_within(kind, arn, account, policy, parameters, false)
}

/// The same; `network_only` says whether the resource answers requests from one fixed network only.
///
/// # Errors
///
/// If the policy is not one by the IAM policy grammar.
pub(super) fn exposure_within(
    kind: PolicyKind,
    arn: &str,
    account: &AccountId,
    policy: &Fact<Option<Value>>,
    parameters: &Parameters,
    network_only: bool,
) -> Result<Fact<Option<PolicyExposure>>, exposure::Error> {
    let policy = match policy {
        Fact::Unread => return Ok(Fact::Unread),
        Fact::Known(None) => return Ok(Fact::Known(None)),
        Fact::Known(Some(policy)) => policy,
    };
    let context = Context {
        kind,
        resource_arn: arn,
        account_id: account.as_str(),
        trusted_accounts: &names(&parameters.trusted_accounts),
        organization_id: parameters.organization_id.as_deref(),
        organization_accounts: &names(&parameters.organization_accounts),
        actions_of_others: &parameters.actions_of_others,
        network_only,
    };
    exposure::analyse(policy, &context).map(|exposure| Fact::Known(Some(exposure)))
}

/// The parties outside the account that a policy lets in by name, sorted: accounts, organizations, and
/// principals whose account it does not reveal.
pub(super) fn outsiders(policy: &PolicyExposure) -> Vec<String> {
    let parties = [
        &policy.accounts,
        &policy.organizations,
        &policy.unresolved_principals,
    ];
    let sorted: BTreeSet<&String> = parties.into_iter().flatten().collect();
    sorted.into_iter().cloned().collect()
}

fn names(accounts: &BTreeSet<AccountId>) -> BTreeSet<String> {
    accounts.iter().map(ToString::to_string).collect()
}
