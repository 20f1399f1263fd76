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
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    #[default]
    S3,
    Kms,
}

impl Case {
    fn policy(&self) -> Value {
        let changes = self.statement.iter().chain(&self.statements);
        let statements: Vec<Value> = changes.map(|changes| self.changed(changes)).collect();
        json!({"Version": "2012-10-17", "Statement": statements})
    }

    /// A grant of the object's or key's content to everyone with changes; `null` removes.
    fn changed(&self, changes: &Map<String, Value>) -> Value {
        let (action, resource) = match self.kind {
            Kind::S3 => ("s3:GetObject", "arn:aws:s3:::amzn-s3-demo-bucket/*"),
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
            kind: match self.kind {
                Kind::S3 => PolicyKind::S3,
                Kind::Kms => PolicyKind::Kms,
            },
            account_id: "111122223333",
            trusted_accounts: &BTreeSet::new(),
            organization_id: Some("o-own1234567"),
            organization_accounts: &BTreeSet::new(),
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
            if exposures != case.expected() || accounts != case.accounts || found.public != public {
                wrong.push(format!(
                    "{source}: {}: {exposures:?} {accounts:?}",
                    case.says
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
    assert!(seen.len() >= 80, "{} cases", seen.len());
}

/// Every key that was not believed has a reason, and every public statement shows all its keys.
#[test]
fn a_public_statement_explains_each_of_its_conditions() {
    for case in table().values().flatten() {
        for (statement, found) in case.policy()["Statement"]
            .as_array()
            .unwrap()
            .iter()
            .zip(case.analyse().statements)
        {
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
