//! The condition operators of IAM, taken apart.
//!
//! Meaning: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Set operators
//! for multivalued context keys".

/// What an operator compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    /// `StringEquals`, `StringEqualsIgnoreCase`, `StringLike` and their negations.
    Text,
    /// `ArnEquals` and `ArnLike`, which AWS documents to be the same, and their negations.
    Arn,
    /// `IpAddress`, `NotIpAddress`.
    Address,
    /// `Bool`.
    Flag,
    /// `Null`: whether the key is absent.
    Null,
    /// Numbers, dates, binaries, and names that AWS does not define.
    Other,
}

/// How an operator treats a key with several values in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantifier {
    /// The plain operator.
    Plain,
    /// `ForAnyValue:`; false when the request lacks the key.
    ForAnyValue,
    /// `ForAllValues:`; true when the request lacks the key.
    ForAllValues,
}

/// One condition operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Operator {
    /// What it compares.
    pub(super) test: Test,
    /// Its set operator.
    pub(super) quantifier: Quantifier,
    /// Whether it holds when the values do not match.
    pub(super) negated: bool,
    /// Whether it also holds when the request lacks the key.
    pub(super) if_exists: bool,
}

impl Operator {
    /// Reads an operator in any letter case.
    pub(super) fn parse(name: &str) -> Self {
        let lower = name.to_ascii_lowercase();
        let (quantifier, rest) = match lower.split_once(':') {
            Some(("foranyvalue", rest)) => (Quantifier::ForAnyValue, rest),
            Some(("forallvalues", rest)) => (Quantifier::ForAllValues, rest),
            _ => (Quantifier::Plain, lower.as_str()),
        };
        let base = rest.strip_suffix("ifexists");
        let (test, negated) = match base.unwrap_or(rest) {
            "stringequals" | "stringequalsignorecase" | "stringlike" => (Test::Text, false),
            "stringnotequals" | "stringnotequalsignorecase" | "stringnotlike" => (Test::Text, true),
            "arnequals" | "arnlike" => (Test::Arn, false),
            "arnnotequals" | "arnnotlike" => (Test::Arn, true),
            "ipaddress" => (Test::Address, false),
            "notipaddress" => (Test::Address, true),
            "bool" => (Test::Flag, false),
            "null" => (Test::Null, false),
            _ => (Test::Other, false),
        };
        Self {
            test,
            quantifier,
            negated,
            if_exists: base.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_case_does_not_matter() {
        let wanted = Operator::parse("ForAllValues:StringNotLikeIfExists");
        assert_eq!(
            Operator::parse("forallvalues:STRINGNOTLIKEIFEXISTS"),
            wanted
        );
        assert_eq!(
            wanted,
            Operator {
                test: Test::Text,
                quantifier: Quantifier::ForAllValues,
                negated: true,
                if_exists: true,
            }
        );
    }

    #[test]
    fn an_unknown_operator_compares_nothing_we_know() {
        assert_eq!(
            Operator::parse("ForAnyValues:StringEquals").test,
            Test::Other
        );
        assert_eq!(Operator::parse("NumericLessThan").test, Test::Other);
    }
}
