//! What a policy lets in, as `orgsweep policy` prints it.

use std::fmt::Write as _;

use controls::exposure::{Exposure, PolicyExposure};
use serde::Serialize;

use super::table::{or_dash, table};

/// The JSON document of `orgsweep policy`.
#[derive(Debug, Serialize)]
pub struct PolicyReport {
    /// Whether some statement lets everyone in.
    public: bool,
    /// One entry per statement, in order.
    statements: Vec<StatementReport>,
}

/// One statement.
#[derive(Debug, Serialize)]
struct StatementReport {
    /// Its `Sid`.
    sid: Option<String>,
    /// The widest class of callers that it lets in.
    exposure: Exposure,
    /// The accounts that it lets in.
    accounts: Vec<String>,
    /// Condition keys that restrict who gets in.
    restricted_by: Vec<String>,
    /// The other condition keys.
    not_restricted_by: Vec<Reason>,
    /// The organizations that it lets in; told to people only, as what follows.
    #[serde(skip)]
    organizations: Vec<String>,
    /// The AWS services that it lets in.
    #[serde(skip)]
    services: Vec<String>,
    /// Deny statements that narrow it.
    #[serde(skip)]
    fenced_by: Vec<String>,
}

/// A condition key that does not restrict, and why.
#[derive(Debug, Serialize)]
struct Reason {
    /// The key.
    key: String,
    /// Why it does not restrict.
    why: String,
}

impl PolicyReport {
    /// The report on an analysed policy.
    #[must_use]
    pub fn of(policy: &PolicyExposure) -> Self {
        let statements = policy.statements.iter().map(|statement| StatementReport {
            sid: statement.sid.clone(),
            exposure: statement.exposure,
            accounts: statement.accounts.clone(),
            restricted_by: statement.restricted_by.clone(),
            not_restricted_by: statement
                .not_restricted_by
                .iter()
                .map(|entry| Reason {
                    key: entry.key.clone(),
                    why: entry.why.clone(),
                })
                .collect(),
            organizations: statement.organizations.clone(),
            services: statement.services.clone(),
            fenced_by: statement.fenced_by.clone(),
        });
        Self {
            public: policy.public,
            statements: statements.collect(),
        }
    }

    /// The report for people.
    #[must_use]
    pub fn in_words(&self, width: Option<u16>) -> String {
        let mut text = String::new();
        let verdict = if self.public {
            "The policy is public."
        } else {
            "The policy is not public."
        };
        let _infallible = writeln!(text, "{verdict}\n");
        let rows = self.statements.iter().enumerate().map(row).collect();
        let header = ["STATEMENT", "LETS IN", "BY NAME", "RESTRICTED BY"];
        text.push_str(&table(&header, rows, width));
        for (index, statement) in self.statements.iter().enumerate() {
            let name = statement.name(index);
            for fence in &statement.fenced_by {
                let _infallible = writeln!(text, "\n{name}: narrowed by the Deny `{fence}`");
            }
            for Reason { key, why } in &statement.not_restricted_by {
                let _infallible = writeln!(text, "\n{name}: `{key}` {why}");
            }
        }
        text
    }
}

impl StatementReport {
    /// Its `Sid`, else its position.
    fn name(&self, index: usize) -> String {
        let sid = self.sid.clone();
        sid.unwrap_or_else(|| format!("statement {}", index + 1))
    }
}

fn row((index, statement): (usize, &StatementReport)) -> Vec<String> {
    let list = |names: &[String]| or_dash(Some(&names.join(", ")));
    vec![
        statement.name(index),
        class(statement.exposure).to_owned(),
        list(
            &[
                statement.accounts.as_slice(),
                &statement.organizations,
                &statement.services,
            ]
            .concat(),
        ),
        list(&statement.restricted_by),
    ]
}

/// The class of callers in words.
fn class(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::None => "nobody",
        Exposure::DeletedPrincipal => "deleted users or roles",
        Exposure::OwnAccount => "the owner's account",
        Exposure::Service => "AWS services",
        Exposure::Federated => "federated identities",
        Exposure::CrossAccount => "other accounts",
        Exposure::Organization => "an organization",
        Exposure::Network => "a fixed network",
        Exposure::Public => "everyone",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(sid: Option<&str>, exposure: Exposure, accounts: &[&str]) -> StatementReport {
        StatementReport {
            sid: sid.map(str::to_owned),
            exposure,
            accounts: accounts.iter().map(|&account| account.to_owned()).collect(),
            restricted_by: Vec::new(),
            not_restricted_by: Vec::new(),
            organizations: Vec::new(),
            services: Vec::new(),
            fenced_by: Vec::new(),
        }
    }

    fn report() -> PolicyReport {
        let mut open = statement(Some("Open"), Exposure::Public, &[]);
        open.not_restricted_by.push(Reason {
            key: "aws:Referer".to_owned(),
            why: "can be set by any caller".to_owned(),
        });
        let mut partner = statement(None, Exposure::CrossAccount, &["222222222222"]);
        partner.services.push("logging.s3.amazonaws.com".to_owned());
        partner.restricted_by.push("aws:SourceVpce".to_owned());
        partner.fenced_by.push("OnlyTheOrganization".to_owned());
        PolicyReport {
            public: true,
            statements: vec![open, partner],
        }
    }

    #[test]
    fn a_policy_is_told_statement_by_statement() {
        insta::assert_snapshot!(report().in_words(None));
    }

    #[test]
    fn the_document_has_exactly_the_documented_fields() {
        insta::assert_snapshot!(serde_json::to_string_pretty(&report()).unwrap());
    }
}
