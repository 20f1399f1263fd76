//! The analysis of resource policies against what AWS's documentation says, sentence by sentence.
//!
//! `exposure_cases.json` is the table: each case gives a sentence (paraphrased), one or more
//! statements as changes of a plain grant to everyone, and the exposure expected of each. A
//! policy is public exactly if one of its statements is.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose preparation fails must fail"
)]

use std::collections::{BTreeMap, BTreeSet};

use controls::exposure::{Context, PolicyExposure, PolicyKind, analyse};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    says: String,
    #[serde(default)]
    kind: Kind,
    statement: Option<Map<String, Value>>,
    #[serde(default)]
    statements: Vec<Map<String, Value>>,
    exposure: Value,
    /// The accounts let in by all statements together, the owner's included.
    #[serde(default)]
    accounts: BTreeSet<String>,
    /// The services that may act for anyone.
    #[serde(default)]
    unsourced: Vec<String>,
    /// Whether the access point answers one network only.
    #[serde(default)]
    network_only: bool,
    /// `Statement` is the object itself, not a list.
    #[serde(default)]
    bare: bool,
    /// The tools that answer otherwise: their own functions, as of August 2026.
    #[serde(default)]
    mistaken: BTreeSet<Tool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Tool {
    Prowler,
    CloudCustodian,
    Cloudsplaining,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    #[default]
    S3,
    AccessPoint,
    Kms,
}

impl From<Kind> for PolicyKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::S3 => Self::S3,
            Kind::AccessPoint => Self::AccessPoint,
            Kind::Kms => Self::Kms,
        }
    }
}

impl Kind {
    fn resource_arn(self) -> &'static str {
        match self {
            Self::S3 => "arn:aws:s3:::amzn-s3-demo-bucket",
            Self::AccessPoint => "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap",
            Self::Kms => "arn:aws:kms:eu-west-1:111122223333:key/1234abcd",
        }
    }
}

impl Case {
    fn policy(&self) -> Value {
        let changes = self.statement.iter().chain(&self.statements);
        let statements: Vec<Value> = changes.map(|changes| self.changed(changes)).collect();
        match statements.as_slice() {
            [only] if self.bare => json!({"Version": "2012-10-17", "Statement": only}),
            _ => json!({"Version": "2012-10-17", "Statement": statements}),
        }
    }

    /// A grant of the object's or key's content to everyone with changes; `null` removes.
    fn changed(&self, changes: &Map<String, Value>) -> Value {
        let (action, resource) = match self.kind {
            Kind::S3 => ("s3:GetObject", "arn:aws:s3:::amzn-s3-demo-bucket/*"),
            Kind::AccessPoint => (
                "s3:GetObject",
                "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/*",
            ),
            Kind::Kms => ("kms:Decrypt", "*"),
        };
        let mut statement = json!({
            "Effect": "Allow", "Principal": "*", "Action": action, "Resource": resource
        });
        let map = statement.as_object_mut().unwrap();
        map.extend(changes.clone());
        map.retain(|_, value| !value.is_null());
        statement
    }

    fn analyse(&self) -> PolicyExposure {
        let context = Context {
            resource_arn: self.kind.resource_arn(),
            account_id: "111122223333",
            organization_id: Some("o-own1234567"),
            network_only: self.network_only,
            ..Context::of_unknown(self.kind.into())
        };
        analyse(&self.policy(), &context).unwrap()
    }

    fn expected(&self) -> Vec<Value> {
        match &self.exposure {
            Value::Array(list) => list.clone(),
            single => vec![single.clone()],
        }
    }
}

fn table() -> BTreeMap<String, Vec<Case>> {
    serde_json::from_str(include_str!("exposure_cases.json")).unwrap()
}

#[test]
fn every_sentence_of_the_documentation_holds() {
    let mut wrong = Vec::new();
    for (source, cases) in table() {
        for case in cases {
            let found = case.analyse();
            let exposures: Vec<Value> = found
                .statements
                .iter()
                .map(|statement| json!(statement.exposure))
                .collect();
            let accounts: BTreeSet<String> = found
                .statements
                .iter()
                .flat_map(|entry| entry.accounts.clone())
                .collect();
            let public = case.expected().contains(&json!("public"));
            let unsourced =
                case.unsourced.is_empty() || case.unsourced == found.services_without_source;
            if exposures != case.expected()
                || accounts != case.accounts
                || found.public != public
                || !unsourced
            {
                wrong.push(format!(
                    "{source}: {}: {exposures:?} {accounts:?} {:?}",
                    case.says, found.services_without_source
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_has_no_case_twice() {
    let mut seen = BTreeSet::new();
    for case in table().values().flatten() {
        assert!(seen.insert(case.policy().to_string()), "{}", case.says);
    }
    assert!(seen.len() >= 140, "{} cases", seen.len());
}

#[test]
fn every_tool_that_was_measured_has_its_mistakes_in_the_table() {
    let mut mistakes = BTreeMap::new();
    for case in table().into_values().flatten() {
        for tool in case.mistaken {
            *mistakes.entry(tool).or_insert(0) += 1;
        }
    }
    let expected = [
        (Tool::Prowler, 18),
        (Tool::CloudCustodian, 11),
        (Tool::Cloudsplaining, 9),
    ];
    assert_eq!(mistakes, expected.into());
}

/// Every key that was not believed has a reason, and every public statement shows all its keys.
#[test]
fn a_public_statement_explains_each_of_its_conditions() {
    for case in table().values().flatten() {
        let policy = case.policy();
        let statements = match &policy["Statement"] {
            Value::Array(list) => list.as_slice(),
            single => std::slice::from_ref(single),
        };
        for (statement, found) in statements.iter().zip(case.analyse().statements) {
            if json!(found.exposure) != "public" {
                continue;
            }
            let conditions = statement["Condition"].as_object().into_iter().flatten();
            let keys = conditions.flat_map(|(_, keys)| keys.as_object().unwrap().keys());
            for key in keys {
                let why = found
                    .not_restricted_by
                    .iter()
                    .find(|rejected| &rejected.key == key);
                assert!(
                    why.is_some_and(|rejected| !rejected.why.is_empty()),
                    "{}",
                    case.says
                );
            }
        }
    }
}
