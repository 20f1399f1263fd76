//! How far a grant reaches: who gets in, and how conditions narrow it.
//!
//! A *limit* admits one kind of caller, a *clause* admits callers of any of its limits, and a
//! grant is narrowed by all of its clauses at once.

use std::collections::BTreeSet;

use super::keys::Dimension;
use super::principal::Grantee;
use super::report::Exposure;

/// One kind of caller that a condition admits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Limit {
    /// Callers of these accounts, or services acting for them.
    Accounts(Dimension, BTreeSet<String>),
    /// Callers of these organizations, or services acting for them.
    Organizations(Dimension, BTreeSet<String>),
    /// Principals known by an id that does not reveal their account.
    Identities(BTreeSet<String>),
    /// These AWS services; `*` is any.
    Services(BTreeSet<String>),
    /// AWS services acting for a fixed resource whose account the policy does not reveal.
    Source,
    /// Callers in a fixed network.
    Network,
    /// Requests with an encryption context that names a fixed source; a service sets it
    /// honestly, anyone else could imitate it.
    ServiceContext,
}

/// Limits of which one must admit the caller. Without any limit it admits nobody.
pub(super) type Clause = Vec<Limit>;

/// Who gets in.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reach {
    /// The widest class among them.
    pub(super) exposure: Exposure,
    /// Accounts, the owner's included.
    pub(super) accounts: BTreeSet<String>,
    /// Organizations.
    pub(super) organizations: BTreeSet<String>,
    /// AWS services.
    pub(super) services: BTreeSet<String>,
    /// Those of the services that may act for anyone.
    pub(super) unsourced: BTreeSet<String>,
    /// Accounts for which a named service may act.
    pub(super) sources: BTreeSet<String>,
    /// Identity providers.
    pub(super) federated: BTreeSet<String>,
    /// Deleted principals.
    pub(super) deleted: BTreeSet<String>,
    /// Principals of unknown account.
    pub(super) identities: BTreeSet<String>,
}

impl Reach {
    fn of(exposure: Exposure) -> Self {
        Self {
            exposure,
            ..Self::default()
        }
    }

    /// Adds everyone that `other` lets in.
    pub(super) fn join(&mut self, other: Self) {
        self.exposure = self.exposure.max(other.exposure);
        self.accounts.extend(other.accounts);
        self.organizations.extend(other.organizations);
        self.services.extend(other.services);
        self.unsourced.extend(other.unsourced);
        self.sources.extend(other.sources);
        self.federated.extend(other.federated);
        self.deleted.extend(other.deleted);
        self.identities.extend(other.identities);
    }
}

/// Who gets in when `grantee`, named by a policy on a resource of `owner`, must meet `clauses`.
pub(super) fn reach(grantee: &Grantee, clauses: &[Clause], owner: &str) -> Reach {
    if clauses.iter().any(Vec::is_empty) {
        return Reach::default();
    }
    match grantee {
        Grantee::Everyone | Grantee::Anyone => everyone(clauses, owner),
        Grantee::WebIdentity(provider) => {
            let mut reach = everyone(clauses, owner);
            reach.federated.insert(provider.clone());
            reach
        }
        Grantee::Account(account) | Grantee::Member(_, account) => {
            named_account(account, clauses, owner)
        }
        Grantee::Service(service) => services([service.clone()].into(), clauses),
        Grantee::OriginAccess(_) => Reach {
            services: ["cloudfront.amazonaws.com".to_owned()].into(),
            ..Reach::of(Exposure::Service)
        },
        Grantee::Federated(provider, account) => Reach {
            federated: [provider.clone()].into(),
            exposure: Exposure::Federated.max(accounts([account.clone()].into(), owner).exposure),
            accounts: [account.clone()].into(),
            ..Reach::default()
        },
        Grantee::Deleted(id) => Reach {
            deleted: [id.clone()].into(),
            ..Reach::of(Exposure::DeletedPrincipal)
        },
        Grantee::Unresolved(id) => Reach {
            identities: [id.clone()].into(),
            ..Reach::of(Exposure::CrossAccount)
        },
    }
}

fn named_account(account: &str, clauses: &[Clause], owner: &str) -> Reach {
    let excluded = |limit: &Limit| match limit {
        Limit::Accounts(Dimension::Principal, admitted) => !admitted.contains(account),
        Limit::Services(_) => true,
        _ => false,
    };
    if clauses.iter().any(|clause| clause.iter().all(excluded)) {
        return Reach::default();
    }
    accounts([account.to_owned()].into(), owner)
}

fn accounts(accounts: BTreeSet<String>, owner: &str) -> Reach {
    let exposure = if accounts.is_empty() {
        Exposure::None
    } else if accounts.iter().all(|account| account == owner) {
        Exposure::OwnAccount
    } else {
        Exposure::CrossAccount
    };
    Reach {
        accounts,
        ..Reach::of(exposure)
    }
}

fn services(services: BTreeSet<String>, clauses: &[Clause]) -> Reach {
    let sourced = clauses.iter().any(|clause| clause.iter().all(names_source));
    let unsourced = if sourced {
        BTreeSet::new()
    } else {
        services.clone()
    };
    Reach {
        services,
        unsourced,
        sources: sources(clauses),
        ..Reach::of(Exposure::Service)
    }
}

/// The accounts for which a service acts, where the clauses name nothing else.
fn sources(clauses: &[Clause]) -> BTreeSet<String> {
    let named = |clause: &Clause| match clause.as_slice() {
        [Limit::Accounts(Dimension::Source, accounts)] => Some(accounts.clone()),
        _ => None,
    };
    let joined = intersect_accounts(clauses);
    joined.iter().find_map(named).unwrap_or_default()
}

/// Whether a limit tells for whom a service acts (the confused deputy problem).
fn names_source(limit: &Limit) -> bool {
    matches!(
        limit,
        Limit::Accounts(Dimension::Source, _)
            | Limit::Organizations(Dimension::Source, _)
            | Limit::Source
            | Limit::ServiceContext
    )
}

/// Everyone, narrowed to the narrowest of the clauses.
fn everyone(clauses: &[Clause], owner: &str) -> Reach {
    let mut narrowest = Reach::of(Exposure::Public);
    for clause in intersect_accounts(clauses) {
        let mut admitted = Reach::default();
        for limit in &clause {
            admitted.join(admits(limit, clauses, owner));
        }
        narrowest = narrowest.min(admitted);
    }
    narrowest
}

fn admits(limit: &Limit, clauses: &[Clause], owner: &str) -> Reach {
    match limit {
        Limit::Accounts(_, admitted) => accounts(admitted.clone(), owner),
        Limit::Organizations(_, ids) => Reach {
            organizations: ids.clone(),
            ..Reach::of(Exposure::Organization)
        },
        Limit::Identities(ids) => Reach {
            identities: ids.clone(),
            ..Reach::of(Exposure::CrossAccount)
        },
        Limit::Services(names) => services(names.clone(), clauses),
        Limit::Source => Reach::of(Exposure::Service),
        Limit::Network => Reach::of(Exposure::Network),
        Limit::ServiceContext => Reach::of(Exposure::Public),
    }
}

/// Joins the clauses that name nothing but accounts of one dimension into their intersection.
fn intersect_accounts(clauses: &[Clause]) -> Vec<Clause> {
    let mut joined: Vec<Clause> = Vec::new();
    for clause in clauses {
        let [Limit::Accounts(dimension, admitted)] = clause.as_slice() else {
            joined.push(clause.clone());
            continue;
        };
        let same = joined
            .iter_mut()
            .find_map(|other| match other.as_mut_slice() {
                [Limit::Accounts(theirs, narrowed)] if theirs == dimension => Some(narrowed),
                _ => None,
            });
        match same {
            Some(narrowed) => narrowed.retain(|account| admitted.contains(account)),
            None => joined.push(clause.clone()),
        }
    }
    joined
}

/// Whether some clause keeps every caller inside the organization `own`.
pub(super) fn stays_in(own: Option<&str>, clauses: &[Clause]) -> bool {
    let Some(own) = own else { return false };
    let inside = |limit: &Limit| match limit {
        Limit::Organizations(Dimension::Principal, ids) => ids.iter().all(|id| id == own),
        // A service is of no account.
        Limit::Services(_) => true,
        _ => false,
    };
    clauses.iter().any(|clause| clause.iter().all(inside))
}

#[cfg(test)]
#[path = "reach_test.rs"]
mod tests;
