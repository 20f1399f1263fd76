//! Whether a bucket policy refuses requests without TLS, or with old TLS.
//!
//! Security Hub control S3.5 (AWS Config rule `s3-bucket-ssl-requests-only`): the policy must
//! explicitly deny requests for which `aws:SecureTransport` is false. A floor for
//! `s3:TlsVersion` does not count for that: plain HTTP requests lack that key, so such a Deny
//! falls.

use super::document::{Condition, Effect, Selection, Statement};
use super::operator::{Operator, Quantifier, Test};
use super::pattern::covers;
use super::principal::Grantee;
use super::{Context, actions, resources};

/// Whether every insecure request by anyone to the bucket and to its objects is denied.
///
/// Several statements may share the work by resources and by actions; each must deny everyone,
/// under no further condition.
pub(super) fn denies_insecure(statements: &[Statement], context: &Context<'_>) -> bool {
    denies_all(statements, context, is_insecure)
}

/// Whether every request by anyone with TLS older than 1.2 is denied, in the same sense.
pub(super) fn denies_old_tls(statements: &[Statement], context: &Context<'_>) -> bool {
    denies_all(statements, context, is_old_tls)
}

fn denies_all(
    statements: &[Statement],
    context: &Context<'_>,
    is_refused: fn(&Condition) -> bool,
) -> bool {
    let refusing: Vec<(&Selection<String>, &[String])> = statements
        .iter()
        .filter(|statement| refuses(statement, is_refused))
        .map(|statement| (&statement.actions, covered(statement)))
        .collect();
    let patterns: Vec<String> = refusing
        .iter()
        .flat_map(|(_, some)| *some)
        .cloned()
        .collect();
    let closed = |place: &String| {
        let before: Vec<&Selection<String>> = refusing
            .iter()
            .filter(|(_, some)| some.iter().any(|pattern| covers(pattern, place)))
            .map(|(actions, _)| *actions)
            .collect();
        actions::deny_everything(&before, context.kind)
    };
    resources::places(&patterns, context)
        .iter()
        .any(|places| places.iter().all(closed))
}

fn covered(statement: &Statement) -> &[String] {
    match &statement.resources {
        Selection::Only(patterns) => patterns,
        Selection::AllBut(_) => &[],
    }
}

fn refuses(statement: &Statement, is_refused: fn(&Condition) -> bool) -> bool {
    let everyone = match &statement.principals {
        Selection::Only(grantees) => grantees.contains(&Grantee::Everyone),
        Selection::AllBut(_) => false,
    };
    statement.effect == Effect::Deny
        && everyone
        && matches!(statement.conditions.as_slice(), [only] if is_refused(only))
}

/// The key is in every request, so `IfExists` changes nothing. Its value is compared as text by
/// string operators: `true` or `false`.
fn is_insecure(condition: &Condition) -> bool {
    let operator = Operator::parse(&condition.operator);
    let values = &condition.values;
    condition.key.eq_ignore_ascii_case("aws:SecureTransport")
        && operator.quantifier == Quantifier::Plain
        && match (operator.test, operator.negated) {
            (Test::Flag, _) => values
                .iter()
                .any(|value| value.eq_ignore_ascii_case("false")),
            (Test::Text, false) => values.iter().any(|value| value == "false"),
            (Test::Text, true) => !values.is_empty() && values.iter().all(|value| value == "true"),
            _ => false,
        }
}

/// The versions are numbers: 1.0, 1.1, 1.2, 1.3 (S3 User Guide, "Amazon S3 condition keys").
fn is_old_tls(condition: &Condition) -> bool {
    let numbers: Option<Vec<f64>> = condition
        .values
        .iter()
        .map(|value| value.parse().ok())
        .collect();
    let Some(numbers) = numbers.filter(|numbers| !numbers.is_empty()) else {
        return false;
    };
    let operator = condition.operator.to_ascii_lowercase();
    condition.key.eq_ignore_ascii_case("s3:TlsVersion")
        && match operator.strip_suffix("ifexists").unwrap_or(&operator) {
            "numericlessthan" => numbers.iter().any(|&floor| floor >= 1.2),
            "numericlessthanequals" => numbers.iter().any(|&highest| highest >= 1.1),
            "numericnotequals" => numbers.iter().all(|&spared| spared >= 1.2),
            _ => false,
        }
}

#[cfg(test)]
#[path = "transport_test.rs"]
mod tests;
