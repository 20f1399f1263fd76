//! From typed statements to the exposure of a policy.

use std::collections::BTreeSet;

use super::condition::{Restrictions, restrictions};
use super::document::{Effect, Selection, Statement};
use super::fence::{Fence, fences};
use super::principal::Grantee;
use super::reach::{Clause, Limit, Reach, reach, stays_in};
use super::report::{Exposure, StatementExposure};
use super::{Context, PolicyKind, actions, resources};

/// One Allow with whom it names and how its conditions narrow it.
struct Grant<'a> {
    statement: &'a Statement,
    grantees: Vec<Grantee>,
    restrictions: Restrictions,
    /// The sets of fences that stand before its resources, each set once.
    resource_fences: BTreeSet<BTreeSet<usize>>,
}

/// A policy ready to be asked who gets in.
pub(super) struct Analysis<'a> {
    context: &'a Context<'a>,
    statements: &'a [Statement],
    fences: Vec<Fence<'a>>,
    grants: Vec<Grant<'a>>,
}

/// Whom one or all Allow statements of a policy let in.
#[derive(Debug, Default)]
pub(super) struct Total {
    /// Everyone let in by any of them.
    pub(super) reach: Reach,
    /// Accounts that no condition keeps inside the owner's organization.
    pub(super) at_large: BTreeSet<String>,
}

impl Total {
    fn join(&mut self, other: Self) {
        self.reach.join(other.reach);
        self.at_large.extend(other.at_large);
    }

    fn is_narrower_than(&self, other: &Self) -> bool {
        self.reach.exposure < other.reach.exposure
            || self.reach.accounts.len() < other.reach.accounts.len()
            || self.at_large.len() < other.at_large.len()
    }
}

impl<'a> Analysis<'a> {
    /// Prepares the statements of a policy.
    pub(super) fn new(statements: &'a [Statement], context: &'a Context<'a>) -> Self {
        let fences = fences(statements, context);
        let allowed = statements
            .iter()
            .filter(|statement| statement.effect == Effect::Allow);
        let grants = allowed
            .map(|statement| grant(statement, &fences, context))
            .collect();
        Self {
            context,
            statements,
            fences,
            grants,
        }
    }

    /// The Deny statements that keep all out but a fixed set of callers.
    pub(super) fn fences(&self) -> &[Fence<'a>] {
        &self.fences
    }

    /// Who gets in by all statements together.
    pub(super) fn total(&self) -> Total {
        let mut total = Total::default();
        for grant in &self.grants {
            total.join(self.admits(grant, &granted(grant, self.context.kind), None));
        }
        total
    }

    /// The widest class that has some action of a class of actions, given by patterns.
    pub(super) fn widest(&self, class: &[&str]) -> Exposure {
        let exposures = self.grants.iter().flat_map(|grant| {
            class.iter().map(|pattern| {
                let kind = self.context.kind;
                let granted = actions::granted_of(&grant.statement.actions, pattern, kind);
                self.admits(grant, &granted, Some(pattern)).reach.exposure
            })
        });
        exposures.max().unwrap_or_default()
    }

    /// The action patterns that some class of callers, or a wider one, has.
    pub(super) fn actions_of(&self, class: Exposure) -> BTreeSet<String> {
        let kind = self.context.kind;
        let mut found = BTreeSet::new();
        for grant in &self.grants {
            found.extend(granted(grant, kind).into_iter().filter(|action| {
                let admitted = self.admits(grant, std::slice::from_ref(action), None);
                admitted.reach.exposure >= class
            }));
        }
        found
    }

    /// One entry for each statement.
    pub(super) fn statements(&self) -> Vec<StatementExposure> {
        let mut grants = self.grants.iter();
        let describe = |statement: &Statement| match statement.effect {
            Effect::Allow => grants.next().map(|grant| self.describe(grant)),
            Effect::Deny => Some(entry(statement, self.context)),
        };
        self.statements.iter().filter_map(describe).collect()
    }

    fn describe(&self, grant: &Grant<'_>) -> StatementExposure {
        let granted = granted(grant, self.context.kind);
        let fenced = self.admits(grant, &granted, None);
        let unfenced = self.admits_by(grant, &grant.restrictions.clauses);
        let mut fenced_by = Vec::new();
        if fenced.is_narrower_than(&unfenced) {
            let used: BTreeSet<usize> = self
                .fencing(grant, &granted, None)
                .into_iter()
                .flatten()
                .collect();
            let names = used.iter().filter_map(|&index| self.fences.get(index));
            fenced_by.extend(names.map(|fence| fence.name.clone()));
        }
        let (fenced, unfenced) = (fenced.reach, unfenced.reach);
        StatementExposure {
            exposure: fenced.exposure,
            unfenced_exposure: unfenced.exposure,
            accounts: fenced.accounts.into_iter().collect(),
            organizations: fenced.organizations.into_iter().collect(),
            services: fenced.services.into_iter().collect(),
            restricted_by: grant.restrictions.restricting.iter().cloned().collect(),
            not_restricted_by: grant.restrictions.rejected.iter().cloned().collect(),
            fenced_by,
            ..entry(grant.statement, self.context)
        }
    }

    /// Whom the action patterns `granted` of a grant let in. With a class, a fence before the
    /// class counts as much as one before the pattern.
    fn admits(&self, grant: &Grant<'_>, granted: &[String], class: Option<&str>) -> Total {
        let mut total = Total::default();
        for fencing in self.fencing(grant, granted, class) {
            total.join(self.admits_by(grant, &self.clauses(grant, &fencing)));
        }
        total
    }

    fn admits_by(&self, grant: &Grant<'_>, clauses: &[Clause]) -> Total {
        let mut total = Total::default();
        for grantee in &grant.grantees {
            total
                .reach
                .join(reach(grantee, clauses, self.context.account_id));
        }
        if !stays_in(self.context.organization_id, clauses) {
            total.at_large.clone_from(&total.reach.accounts);
        }
        total
    }

    fn clauses(&self, grant: &Grant<'_>, fencing: &BTreeSet<usize>) -> Vec<Clause> {
        let fences = fencing.iter().filter_map(|&index| self.fences.get(index));
        let fences = fences.map(|fence| fence.clause.clone());
        grant
            .restrictions
            .clauses
            .iter()
            .cloned()
            .chain(fences)
            .collect()
    }

    /// The sets of fences that stand before the pairs of a granted action and a resource, each
    /// set once.
    fn fencing(
        &self,
        grant: &Grant<'_>,
        granted: &[String],
        class: Option<&str>,
    ) -> BTreeSet<BTreeSet<usize>> {
        let kind = self.context.kind;
        let actions: BTreeSet<BTreeSet<usize>> = granted
            .iter()
            .map(|action| {
                before(&self.fences, |fence| {
                    fence.denies_action(action, kind)
                        || class.is_some_and(|class| fence.denies_action(class, kind))
                })
            })
            .collect();
        let pairs = actions.iter().flat_map(|some| {
            grant
                .resource_fences
                .iter()
                .map(move |others| some & others)
        });
        pairs.collect()
    }
}

/// The positions of the fences that satisfy `denies`.
fn before(fences: &[Fence<'_>], denies: impl Fn(&Fence<'_>) -> bool) -> BTreeSet<usize> {
    let numbered = fences.iter().enumerate();
    numbered
        .filter(|(_, fence)| denies(fence))
        .map(|(index, _)| index)
        .collect()
}

fn grant<'a>(statement: &'a Statement, fences: &[Fence<'_>], context: &Context<'_>) -> Grant<'a> {
    let grantees = match &statement.principals {
        Selection::Only(grantees) => grantees.clone(),
        // `NotPrincipal` with Allow lets in everyone except a few.
        Selection::AllBut(_) => vec![Grantee::Everyone],
    };
    let only_services = grantees
        .iter()
        .all(|grantee| matches!(grantee, Grantee::Service(_)));
    let mut restrictions = restrictions(&statement.conditions, only_services);
    if context.network_only {
        restrictions.clauses.push(vec![Limit::Network]);
    }
    Grant {
        statement,
        grantees,
        restrictions,
        resource_fences: resources::granted(&statement.resources)
            .iter()
            .map(|resource| before(fences, |fence| fence.denies_resource(resource)))
            .collect(),
    }
}

fn granted(grant: &Grant<'_>, kind: PolicyKind) -> Vec<String> {
    actions::granted(&grant.statement.actions, kind)
}

/// What a statement says of itself; it lets nobody in until the analysis says so.
fn entry(statement: &Statement, context: &Context<'_>) -> StatementExposure {
    StatementExposure {
        sid: statement.sid.clone(),
        index: statement.index,
        effect: statement.effect,
        exposure: Exposure::None,
        unfenced_exposure: Exposure::None,
        accounts: Vec::new(),
        organizations: Vec::new(),
        services: Vec::new(),
        restricted_by: Vec::new(),
        not_restricted_by: Vec::new(),
        fenced_by: Vec::new(),
        actions: actions::granted(&statement.actions, context.kind),
        all_resources: resources::whole(&resources::granted(&statement.resources), context),
    }
}
