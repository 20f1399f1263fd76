//! The facts that controls read, drawn from the analysis.

use std::collections::BTreeSet;

use super::analysis::{Analysis, Total};
use super::document::{Effect, Selection, Statement};
use super::pattern::covers;
use super::report::{Exposure, PolicyExposure};
use super::{Context, PolicyKind, actions, administration, denial, perimeter, transport, upload};

/// Everything that the analysis says of a policy.
pub(super) fn exposure(statements: &[Statement], context: &Context<'_>) -> PolicyExposure {
    let analysis = Analysis::new(statements, context);
    let Total { reach, at_large } = analysis.total();
    let accounts: Vec<String> = foreign(&reach.accounts, context).collect();
    let untrusted = |accounts: &BTreeSet<String>| -> Vec<String> {
        let accounts = foreign(accounts, context);
        accounts.filter(|account| !context.knows(account)).collect()
    };
    let is_s3 = context.kind.is_s3();
    let is_key = context.kind == PolicyKind::Kms;
    let everyone = |class| is_s3 && analysis.widest(class) == Exposure::Public;
    PolicyExposure {
        public: reach.exposure == Exposure::Public,
        public_read: everyone(actions::S3_READ),
        public_get: everyone(actions::S3_GET),
        public_list: everyone(actions::S3_LIST),
        public_write: everyone(actions::S3_WRITE),
        public_actions: sorted(analysis.actions_of(Exposure::Public)),
        cross_account: !(accounts.is_empty()
            && reach.organizations.is_empty()
            && reach.identities.is_empty()),
        accounts,
        untrusted_accounts: untrusted(&at_large),
        untrusted_sources: untrusted(&reach.sources),
        excessive_actions: excessive(&analysis, context),
        cross_account_sensitive_actions: sensitive(&analysis, context.kind),
        foreign_organizations: foreign_organizations(&reach.organizations, context),
        organizations: sorted(reach.organizations),
        services: sorted(reach.services),
        services_without_source: sorted(reach.unsourced),
        federated: sorted(reach.federated),
        deleted_principals: sorted(reach.deleted),
        unresolved_principals: sorted(reach.identities),
        denies_insecure_transport: is_s3 && transport::denies_insecure(statements, context),
        denies_old_tls: is_s3 && transport::denies_old_tls(statements, context),
        requires_encryption_on_upload: is_s3 && upload::requires_encryption(statements, context),
        confined_to_organizations: sorted(perimeter::confined_to(analysis.fences(), context)),
        allows_all_but: allows_all_but(statements),
        locked_out_by: denial::locks_out(statements, context),
        keeps_account: is_key && administration::keeps_account(statements, context),
        administrators_with_use: if is_key {
            sorted(administration::administrators_with_use(statements, context))
        } else {
            Vec::new()
        },
        statements: analysis.statements(),
    }
}

fn sorted(names: BTreeSet<String>) -> Vec<String> {
    names.into_iter().collect()
}

fn foreign<'a>(
    accounts: &'a BTreeSet<String>,
    context: &'a Context<'_>,
) -> impl Iterator<Item = String> + 'a {
    let foreign = accounts
        .iter()
        .filter(|account| context.is_foreign(account));
    foreign.cloned()
}

fn foreign_organizations(ids: &BTreeSet<String>, context: &Context<'_>) -> Vec<String> {
    let foreign = |id: &&String| Some(id.as_str()) != context.organization_id;
    ids.iter().filter(foreign).cloned().collect()
}

/// The actions of others that no pattern of the operator's covers; letter case does not matter.
fn excessive(analysis: &Analysis<'_>, context: &Context<'_>) -> Vec<String> {
    if !context.kind.is_s3() {
        return Vec::new();
    }
    let allowed = |action: &String| {
        let action = action.to_ascii_lowercase();
        let mut patterns = context.actions_of_others.iter();
        patterns.any(|pattern| covers(&pattern.to_ascii_lowercase(), &action))
    };
    let mut found = analysis.actions_of(Exposure::CrossAccount);
    found.retain(|action| !allowed(action));
    sorted(found)
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

/// Names of the Allow statements that grant by exception.
fn allows_all_but(statements: &[Statement]) -> Vec<String> {
    let by_exception = |statement: &&Statement| {
        statement.effect == Effect::Allow
            && (matches!(statement.principals, Selection::AllBut(_))
                || matches!(statement.actions, Selection::AllBut(_)))
    };
    statements
        .iter()
        .filter(by_exception)
        .map(Statement::name)
        .collect()
}
