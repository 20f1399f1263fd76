//! Which conditions of an Allow restrict who gets in, and why the others do not.
//!
//! All conditions must hold, and one of the values of each (IAM User Guide,
//! "Conditions with multiple context keys or values"), so each one is judged on its own and one
//! that restricts is enough.

use std::collections::BTreeSet;

use super::document::Condition;
use super::keys::{Rule, rule_of};
use super::operator::{Operator, Quantifier, Test};
use super::reach::{Clause, Limit};
use super::report::NotRestricting;
use super::values::clause;

/// What the conditions of one Allow come to.
#[derive(Debug, Default)]
pub(super) struct Restrictions {
    /// One clause for each condition that restricts.
    pub(super) clauses: Vec<Clause>,
    /// The keys of those conditions, as written.
    pub(super) restricting: BTreeSet<String>,
    /// The other conditions.
    pub(super) rejected: BTreeSet<NotRestricting>,
}

/// Judges all conditions of an Allow. `only_services` tells that no one but AWS services is
/// named by its principals.
pub(super) fn restrictions(conditions: &[Condition], only_services: bool) -> Restrictions {
    let mut found = Restrictions::default();
    for condition in conditions {
        match judge(condition, conditions) {
            Ok(clause) if clause == [Limit::ServiceContext] && !only_services => {
                found.reject(
                    condition,
                    "is written by the caller unless an AWS service is".into(),
                );
                found.clauses.push(clause);
            }
            Ok(clause) => {
                found.restricting.insert(condition.key.clone());
                found.clauses.push(clause);
            }
            Err(why) => found.reject(condition, why),
        }
    }
    found.drop_companions(conditions);
    found
}

impl Restrictions {
    fn reject(&mut self, condition: &Condition, why: String) {
        self.rejected.insert(NotRestricting {
            key: condition.key.clone(),
            why,
        });
    }

    /// `Null: false` beside a condition that restricts the same key has done its work there.
    fn drop_companions(&mut self, conditions: &[Condition]) {
        let restricting = &self.restricting;
        let done = |key: &str| {
            requires_presence(key, conditions)
                && restricting
                    .iter()
                    .any(|other| other.eq_ignore_ascii_case(key))
        };
        self.rejected
            .retain(|rejected| rejected.why != PRESENCE || !done(&rejected.key));
    }
}

const PRESENCE: &str = "is only asked to be present or absent, whatever its value";

/// The callers that a condition admits, or why it does not restrict.
fn judge(condition: &Condition, all: &[Condition]) -> Result<Clause, String> {
    let operator = Operator::parse(&condition.operator);
    let rule = rule_of(&condition.key);
    if let Rule::Never(why) = rule {
        return Err(why.to_owned());
    }
    if operator.test == Test::Null {
        return Err(PRESENCE.to_owned());
    }
    let name = &condition.operator;
    if operator.negated {
        return Err(format!(
            "is compared by `{name}`, which excludes values and admits all others"
        ));
    }
    if !requires_presence(&condition.key, all) {
        if operator.if_exists {
            return Err(format!(
                "is compared by `{name}`, which also admits requests without it"
            ));
        }
        if operator.quantifier == Quantifier::ForAllValues {
            return Err(format!(
                "is compared by `{name}`, which also admits requests without it"
            ));
        }
    }
    clause(rule, operator.test, &condition.values)
}

/// Whether `Null: {key: false}` is among the conditions: the request must carry the key.
fn requires_presence(key: &str, conditions: &[Condition]) -> bool {
    conditions.iter().any(|other| {
        let operator = Operator::parse(&other.operator);
        operator.test == Test::Null
            && operator.quantifier == Quantifier::Plain
            && !operator.if_exists
            && other.key.eq_ignore_ascii_case(key)
            && !other.values.is_empty()
            && other
                .values
                .iter()
                .all(|value| value.eq_ignore_ascii_case("false"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(operator: &str, key: &str, value: &str) -> Condition {
        Condition {
            operator: operator.to_owned(),
            key: key.to_owned(),
            values: vec![value.to_owned()],
        }
    }

    fn restricts(conditions: &[Condition]) -> bool {
        !restrictions(conditions, false).restricting.is_empty()
    }

    #[test]
    fn a_missing_key_must_not_satisfy_a_restriction() {
        let key = "aws:PrincipalOrgID";
        for operator in ["StringEqualsIfExists", "ForAllValues:StringEquals"] {
            let open = condition(operator, key, "o-own");
            assert!(!restricts(std::slice::from_ref(&open)), "{operator}");
            let closed = [open, condition("Null", "AWS:principalorgid", "false")];
            let found = restrictions(&closed, false);
            assert!(
                !found.restricting.is_empty() && found.rejected.is_empty(),
                "{operator}"
            );
        }
    }

    #[test]
    fn presence_alone_does_not_restrict() {
        assert!(!restricts(&[condition(
            "Null",
            "aws:PrincipalOrgID",
            "false"
        )]));
    }

    #[test]
    fn a_negated_operator_does_not_restrict() {
        assert!(!restricts(&[condition(
            "StringNotEquals",
            "aws:PrincipalAccount",
            "111122223333"
        )]));
        assert!(!restricts(&[condition(
            "NotIpAddress",
            "aws:SourceIp",
            "203.0.113.0/24"
        )]));
    }

    #[test]
    fn any_value_of_a_multivalued_key_restricts() {
        let paths = condition("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-own/*");
        assert!(restricts(&[paths]));
        let misspelt = condition(
            "ForAnyValues:StringLike",
            "aws:PrincipalOrgPaths",
            "o-own/*",
        );
        assert!(!restricts(&[misspelt]));
    }

    #[test]
    fn an_encryption_context_of_a_service_restricts_that_service_only() {
        let arn = "arn:aws:logs:eu-west-1:111122223333:log-group:app";
        let context = [condition(
            "ArnEquals",
            "kms:EncryptionContext:aws:logs:arn",
            arn,
        )];
        assert!(!restrictions(&context, true).restricting.is_empty());
        assert!(restrictions(&context, false).restricting.is_empty());
    }
}
