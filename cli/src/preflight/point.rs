//! One thing that must be in place: how it stands, and what to do. Pure.

use std::collections::BTreeSet;

use audit::error::chain;
use compliance::{AccountId, ErrorName};
use serde::Serialize;

/// How a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// As it must be.
    Ready,
    /// A run would fail, or miss something, because of it.
    NotReady,
    /// It could not be looked at with these credentials, or by this command.
    Unknown,
}

impl State {
    /// As it is printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "READY",
            Self::NotReady => "NOT_READY",
            Self::Unknown => "UNKNOWN",
        }
    }
}

/// One thing that must be in place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    /// What it is about: `caller`, `organization`, `trusted_access`, `delegation`, `accounts`, `audit_role`,
    /// `regions`, `security_hub`, `table`, `bucket`, `quota`.
    pub about: &'static str,
    /// Where: an account, a region of an account, a table.
    pub place: String,
    /// How it stands.
    pub state: State,
    /// What was found.
    pub found: String,
    /// What to do; empty if nothing.
    pub todo: String,
}

impl Point {
    /// A point that is as it must be.
    pub fn ready(about: &'static str, place: impl Into<String>, found: impl Into<String>) -> Self {
        Self {
            about,
            place: place.into(),
            state: State::Ready,
            found: found.into(),
            todo: String::new(),
        }
    }

    /// A point that stands in the way.
    pub fn not_ready(
        about: &'static str,
        place: impl Into<String>,
        found: impl Into<String>,
        todo: impl Into<String>,
    ) -> Self {
        Self {
            state: State::NotReady,
            todo: todo.into(),
            ..Self::ready(about, place, found)
        }
    }

    /// A point that could not be looked at.
    pub fn unknown(
        about: &'static str,
        place: impl Into<String>,
        found: impl Into<String>,
        todo: impl Into<String>,
    ) -> Self {
        Self {
            state: State::Unknown,
            ..Self::not_ready(about, place, found, todo)
        }
    }

    /// What AWS did not tell. Denied: these credentials may not ask, which says nothing of the functions'.
    pub fn refused(about: &'static str, place: impl Into<String>, error: &aws::Error) -> Self {
        let found = chain(error);
        match error.name() {
            ErrorName::AccessDenied => {
                let todo =
                    "ask again with credentials that may; the functions have roles of their own";
                Self::unknown(about, place, found, todo)
            }
            ErrorName::Throttled | ErrorName::ServiceFault => {
                Self::unknown(about, place, found, "ask again")
            }
            _ => Self::not_ready(about, place, found, "see the error"),
        }
    }

    /// Who asks.
    #[must_use]
    pub fn caller(account: &AccountId) -> Self {
        Self::ready(
            "caller",
            account.as_str(),
            "credentials and region are usable",
        )
    }

    /// How many accounts there are, and how many of them are entered here.
    #[must_use]
    pub fn accounts(all: usize, active: usize, sampled: usize) -> Self {
        let found = format!("{all} accounts, {active} active, {sampled} looked at");
        if active == 0 {
            return Self::not_ready("accounts", "Organization", found, "nothing can be swept");
        }
        Self::ready("accounts", "Organization", found)
    }
}

/// If every account refuses the role, the trust policy is the likelier cause than the accounts.
#[must_use]
pub fn all_refused(points: &[Point]) -> Option<Point> {
    let roles = points.iter().filter(|point| point.about == "audit_role");
    let states: BTreeSet<&str> = roles.map(|point| point.state.as_str()).collect();
    (states == BTreeSet::from([State::NotReady.as_str()])).then(|| {
        Point::not_ready(
            "audit_role",
            "all accounts",
            "no account lets these credentials in",
            "audit roles trust the functions' roles only: deploy the roles, then ask with the credentials of a trusted \
             role, or add a role of yours to `TrustedRoleArns`",
        )
    })
}

/// What binds and is not looked at, because no part of orgsweep speaks to these services: where to look.
#[must_use]
pub fn quotas() -> Vec<Point> {
    let quota = |place: &str, found: &str, todo: &str| Point::unknown("quota", place, found, todo);
    vec![
        quota(
            "Lambda concurrent executions",
            "not looked at",
            "Service Quotas, `L-B99A9384`: 1,000 by default and as few as 10 in new accounts; `account_concurrency` times \
             twice the regions must fit",
        ),
        quota(
            "StackSets instances and delegation",
            "not looked at",
            "`aws cloudformation describe-stack-set --call-as DELEGATED_ADMIN` shows failed instances",
        ),
        quota(
            "SES sandbox",
            "not looked at",
            "with `mail`: SES sends to verified addresses only until the account has left the sandbox",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(state: State) -> Point {
        Point {
            state,
            ..Point::ready("audit_role", "111122223333", "")
        }
    }

    #[test]
    fn that_nobody_lets_us_in_has_one_cause() {
        let hint = all_refused(&[role(State::NotReady), role(State::NotReady)]).unwrap();
        assert!(hint.todo.contains("TrustedRoleArns"), "{hint:?}");
        assert_eq!(
            all_refused(&[role(State::NotReady), role(State::Ready)]),
            None
        );
        assert_eq!(all_refused(&[]), None);
    }

    #[test]
    fn an_organization_without_active_accounts_is_not_ready() {
        assert_eq!(Point::accounts(3, 0, 0).state, State::NotReady);
        assert_eq!(Point::accounts(3, 2, 2).state, State::Ready);
    }
}
