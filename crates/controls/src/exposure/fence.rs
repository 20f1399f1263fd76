//! Deny statements that keep everyone out but a fixed set of callers (data perimeters).
//!
//! Only shapes whose effect is certain are recognised: a Deny for everyone without narrowing
//! conditions other than negated comparisons with fixed values ("everyone who is not ..."), or
//! `NotPrincipal`. A Deny of any other shape is not subtracted, so an exposure is never hidden
//! by a statement that was misread.

use super::document::{Condition, Effect, Selection, Statement};
use super::keys::{Dimension, Rule, rule_of};
use super::operator::{Operator, Quantifier, Test};
use super::pattern::covers;
use super::principal::Grantee;
use super::reach::{Clause, Limit};
use super::values::clause;
use super::{Context, PolicyKind, actions, resources};

/// A Deny whose exceptions are the only callers left.
#[derive(Debug)]
pub(super) struct Fence<'a> {
    /// The name of its statement.
    pub(super) name: String,
    /// Whom it leaves alone.
    pub(super) clause: Clause,
    /// The actions that it stands before.
    pub(super) actions: &'a Selection<String>,
    /// The resource patterns that it stands before.
    pub(super) resources: &'a [String],
    everything: bool,
}

impl Fence<'_> {
    /// Whether it stands before every action of a pattern.
    pub(super) fn denies_action(&self, pattern: &str, kind: PolicyKind) -> bool {
        actions::denies(self.actions, pattern, kind)
    }

    /// Whether it stands before everything that a resource pattern names.
    pub(super) fn denies_resource(&self, resource: &str) -> bool {
        self.everything
            || self
                .resources
                .iter()
                .any(|pattern| covers(pattern, resource))
    }
}

/// The fences among the statements of a policy.
pub(super) fn fences<'a>(statements: &'a [Statement], context: &Context<'_>) -> Vec<Fence<'a>> {
    statements
        .iter()
        .filter_map(|statement| fence(statement, context))
        .collect()
}

fn fence<'a>(statement: &'a Statement, context: &Context<'_>) -> Option<Fence<'a>> {
    if statement.effect != Effect::Deny {
        return None;
    }
    let mut left_alone = match &statement.principals {
        Selection::Only(grantees) if grantees.contains(&Grantee::Everyone) => Clause::new(),
        Selection::Only(_) => return None,
        Selection::AllBut(grantees) => grantees.iter().map(exception).collect::<Option<_>>()?,
    };
    let mut services_pass = false;
    for condition in &statement.conditions {
        if exempts_services(condition, context.kind) {
            services_pass = true;
        } else {
            left_alone.extend(negated(condition)?);
        }
    }
    if services_pass {
        left_alone.push(Limit::Services(["*".to_owned()].into()));
    }
    let Selection::Only(resources) = &statement.resources else {
        return None;
    };
    Some(Fence {
        name: statement.name(),
        clause: left_alone,
        actions: &statement.actions,
        resources,
        everything: resources::whole(resources, context),
    })
}

/// Whom an entry of `NotPrincipal` leaves alone; everyone means that nothing is denied.
fn exception(grantee: &Grantee) -> Option<Limit> {
    Some(match grantee {
        Grantee::Everyone | Grantee::Anyone | Grantee::WebIdentity(_) => return None,
        Grantee::Account(account) | Grantee::Member(_, account) => {
            Limit::Accounts(Dimension::Principal, [account.clone()].into())
        }
        Grantee::Service(service) => Limit::Services([service.clone()].into()),
        Grantee::OriginAccess(id)
        | Grantee::Federated(id, _)
        | Grantee::Deleted(id)
        | Grantee::Unresolved(id) => Limit::Identities([id.clone()].into()),
    })
}

/// `BoolIfExists aws:PrincipalIsAWSService false`, the usual companion of a perimeter: AWS
/// services pass, nobody else does.
///
/// Anonymous requests lack the key, so a plain `Bool` would let them pass as well; only KMS,
/// which has no anonymous requests, may do without `IfExists`. (`aws:ViaAWSService` is no such
/// companion: a stranger who works through a service has it too.)
fn exempts_services(condition: &Condition, kind: PolicyKind) -> bool {
    let operator = Operator::parse(&condition.operator);
    rule_of(&condition.key) == Rule::ServiceFlag
        && operator.test == Test::Flag
        && operator.quantifier == Quantifier::Plain
        && (operator.if_exists || kind == PolicyKind::Kms)
        && !condition.values.is_empty()
        && condition
            .values
            .iter()
            .all(|value| value.eq_ignore_ascii_case("false"))
}

/// The callers that a negated comparison leaves alone.
///
/// A negated operator holds when the request lacks the key, with and without `IfExists`, so the
/// Deny stands; `ForAnyValue:` is false then, and the Deny falls.
fn negated(condition: &Condition) -> Option<Clause> {
    let operator = Operator::parse(&condition.operator);
    if !operator.negated || operator.quantifier == Quantifier::ForAnyValue {
        return None;
    }
    clause(rule_of(&condition.key), operator.test, &condition.values).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::document::statements;
    use super::*;

    fn fence_of(overrides: &Value) -> Option<Clause> {
        let mut statement = json!({
            "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"
        });
        let map = statement.as_object_mut().unwrap();
        map.extend(overrides.as_object().unwrap().clone());
        if map.contains_key("NotPrincipal") {
            map.remove("Principal");
        }
        let statements = statements(&json!({"Statement": statement})).unwrap();
        let context = Context::of_unknown(PolicyKind::S3);
        fences(&statements, &context)
            .pop()
            .map(|fence| fence.clause)
    }

    fn own_organization() -> Clause {
        let ids = ["o-own".to_owned()].into();
        vec![Limit::Organizations(Dimension::Principal, ids)]
    }

    #[test]
    fn everyone_outside_a_fixed_set_is_a_fence() {
        for operator in [
            "StringNotEquals",
            "StringNotEqualsIfExists",
            "stringnotlike",
        ] {
            let condition = json!({(operator): {"aws:PrincipalOrgID": "o-own"}});
            assert_eq!(
                fence_of(&json!({"Condition": condition})),
                Some(own_organization())
            );
        }
    }

    #[test]
    fn aws_services_may_be_left_alone() {
        let mut condition = json!({
            "StringNotEquals": {"aws:PrincipalOrgID": "o-own"},
            "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}
        });
        let services = Limit::Services(["*".to_owned()].into());
        assert_eq!(
            fence_of(&json!({"Condition": condition})),
            Some([own_organization(), vec![services]].concat())
        );
        condition["Bool"] = condition
            .as_object_mut()
            .unwrap()
            .remove("BoolIfExists")
            .unwrap();
        assert_eq!(
            fence_of(&json!({"Condition": condition})),
            None,
            "anonymous callers pass"
        );
    }

    #[test]
    fn anything_else_that_narrows_a_deny_spoils_the_fence() {
        for condition in [
            json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-*"}}),
            json!({"StringEquals": {"aws:PrincipalOrgID": "o-own"}}),
            json!({"ForAnyValue:StringNotLike": {"aws:PrincipalOrgPaths": "o-own/*"}}),
            json!({"Bool": {"aws:SecureTransport": "false"}}),
            json!({
                "StringNotEquals": {"aws:PrincipalOrgID": "o-own"},
                "BoolIfExists": {"aws:ViaAWSService": "false"}
            }),
            json!({
                "StringNotEquals": {"aws:PrincipalOrgID": "o-own", "aws:PrincipalTag/x": "y"}
            }),
        ] {
            assert_eq!(
                fence_of(&json!({"Condition": condition})),
                None,
                "{condition}"
            );
        }
        for principal in [
            json!({"AWS": "111122223333"}),
            json!({"AWS": "arn:aws:iam::*:root"}),
            json!({"Service": "*"}),
        ] {
            assert_eq!(
                fence_of(&json!({"Principal": principal})),
                None,
                "{principal}"
            );
        }
    }

    #[test]
    fn not_principal_leaves_the_named_accounts_alone() {
        let excepted = json!({"AWS": "arn:aws:iam::444455556666:root"});
        let ids = ["444455556666".to_owned()].into();
        assert_eq!(
            fence_of(&json!({"NotPrincipal": excepted})),
            Some(vec![Limit::Accounts(Dimension::Principal, ids)])
        );
        assert_eq!(fence_of(&json!({"NotPrincipal": "*"})), None);
    }
}
