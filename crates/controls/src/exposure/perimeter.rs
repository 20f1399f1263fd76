//! Whether a policy confines all callers to organizations (a data perimeter).
//!
//! Source: "Building a data perimeter on AWS" (AWS whitepaper), identity perimeter on resources:
//! a Deny for principals outside the Organization that leaves AWS services alone.

use std::collections::BTreeSet;

use super::fence::Fence;
use super::keys::Dimension;
use super::reach::Limit;
use super::{Context, actions, resources};

/// The organizations to which Deny statements confine every caller, for every action on
/// everything; empty if they do not. AWS services and the owner's account may be left alone.
pub(super) fn confined_to(fences: &[Fence<'_>], context: &Context<'_>) -> BTreeSet<String> {
    let denies_all = |fence: &&Fence<'_>| actions::deny_everything(&[fence.actions], context.kind);
    let mut found = BTreeSet::new();
    let mut patterns: Vec<String> = Vec::new();
    for fence in fences.iter().filter(denies_all) {
        if let Some(ids) = organizations(fence, context) {
            found.extend(ids);
            patterns.extend(fence.resources.iter().cloned());
        }
    }
    if resources::whole(&patterns, context) {
        found
    } else {
        BTreeSet::new()
    }
}

/// The organizations that a fence leaves alone, if it leaves nobody else but the owner's account
/// and AWS services.
fn organizations(fence: &Fence<'_>, context: &Context<'_>) -> Option<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for limit in &fence.clause {
        match limit {
            Limit::Organizations(Dimension::Principal, ids) => found.extend(ids.iter().cloned()),
            Limit::Accounts(Dimension::Principal, ids)
                if ids.iter().all(|id| id == context.account_id) => {}
            Limit::Services(_) => {}
            _ => return None,
        }
    }
    (!found.is_empty()).then_some(found)
}
