//! The join: each bucket that is encrypted with KMS, together with what is known of its key.

use std::collections::BTreeMap;

use compliance::observation::BucketKeyObservation;
use compliance::{KeyFacts, KeyUse, Refusal, Region, Unknown};

use crate::arn::Arn;
use crate::key_facts::foreign;
use crate::key_use::region_of;

/// How the KMS audit of each region ended: with all its keys, or with what ended it. A region that
/// is not in it was not to be audited.
pub type KeyAudits = BTreeMap<Region, Result<(), Refusal>>;

/// The operation that a key which was not looked up is missing.
pub const LOOK_UP: &str = "DescribeKey";

/// The code of a key in a region whose keys this run was not to audit.
pub const NOT_AUDITED: &str = "NotAudited";

/// The code of a reference that a complete KMS audit did not look up.
pub const NOT_LOOKED_UP: &str = "NotLookedUp";

/// Joins buckets with keys.
///
/// A key that its region's audit did not reach is unread, and `unknown` names the operation and
/// the code; a key of another account is known by its ARN alone.
#[must_use]
pub fn bucket_keys(
    uses: &[KeyUse],
    keys: &[KeyFacts],
    audits: &KeyAudits,
) -> Vec<BucketKeyObservation> {
    let keys = Keys::of(keys);
    uses.iter()
        .map(|key_use| join(key_use, keys.of_use(key_use, audits)))
        .collect()
}

fn join(key_use: &KeyUse, key: Result<Option<KeyFacts>, Refusal>) -> BucketKeyObservation {
    let mut unknown = Unknown::new();
    let key = compliance::fact::read_or_note(&mut unknown, "key", key);
    BucketKeyObservation {
        bucket: key_use.bucket.clone(),
        account: key_use.account.clone(),
        region: key_use.region.clone(),
        reference: key_use.reference.clone(),
        algorithm: key_use.algorithm.clone(),
        public: key_use.public.clone(),
        accounts: key_use.accounts.clone(),
        replicas: key_use.replicas.clone(),
        key,
        unknown,
    }
}

/// The key facts of an account, by reference and by ARN.
struct Keys<'a> {
    by_reference: BTreeMap<(&'a Region, &'a str), &'a KeyFacts>,
    by_arn: BTreeMap<&'a str, &'a KeyFacts>,
}

impl<'a> Keys<'a> {
    fn of(keys: &'a [KeyFacts]) -> Self {
        let mut by_reference = BTreeMap::new();
        let mut by_arn: BTreeMap<&str, &KeyFacts> = BTreeMap::new();
        for facts in keys {
            for reference in &facts.references {
                by_reference.insert((&facts.region, reference.as_str()), facts);
            }
            if let Some(arn) = &facts.key_arn {
                let known = by_arn.entry(arn).or_insert(facts);
                if known.key_state.is_unread() {
                    *known = facts;
                }
            }
        }
        Self {
            by_reference,
            by_arn,
        }
    }

    /// The key of a bucket; `None` for the AWS managed key.
    fn of_use(&self, key_use: &KeyUse, audits: &KeyAudits) -> Result<Option<KeyFacts>, Refusal> {
        let Some(reference) = &key_use.reference else {
            return Ok(None);
        };
        let region = region_of(reference, &key_use.region);
        match self.find(&region, reference) {
            Some(facts) if facts.foreign || !facts.exists.is_unread() => Ok(Some(facts.clone())),
            Some(KeyFacts {
                refusal: Some(refusal),
                ..
            }) => Err(refusal.clone()),
            _ => owned_by_another(key_use, reference, &region)
                .map(Some)
                .ok_or_else(|| why_not_looked_up(audits, &region)),
        }
    }

    /// The facts that a reference leads to: those under the ARN, if the reference led to one.
    fn find(&self, region: &Region, reference: &str) -> Option<&KeyFacts> {
        let named = self.by_reference.get(&(region, reference)).copied();
        let arn = named.map_or(Some(reference), |facts| facts.key_arn.as_deref());
        arn.and_then(|arn| self.by_arn.get(arn).copied()).or(named)
    }
}

/// What the ARN of another account's key tells.
fn owned_by_another(key_use: &KeyUse, reference: &str, region: &Region) -> Option<KeyFacts> {
    let owner = Arn::parse(reference)?.account?;
    (owner != key_use.account)
        .then(|| foreign(reference.to_owned(), region.clone(), reference, owner))
}

fn why_not_looked_up(audits: &KeyAudits, region: &Region) -> Refusal {
    let refusal = |code: &str| Refusal {
        operation: LOOK_UP.to_owned(),
        code: code.to_owned(),
    };
    match audits.get(region) {
        None => refusal(NOT_AUDITED),
        Some(Ok(())) => refusal(NOT_LOOKED_UP),
        Some(Err(ended)) => ended.clone(),
    }
}

#[cfg(test)]
mod tests {
    use compliance::Fact;
    use serde_json::json;

    use super::*;

    const OWN: &str = "arn:aws:kms:eu-west-1:111122223333:key/own";
    const THEIRS: &str = "arn:aws:kms:eu-west-1:444455556666:key/theirs";

    fn key_use(reference: Option<&str>) -> KeyUse {
        serde_json::from_value(
            json!({"bucket": "arn:aws:s3:::logs", "account": "111122223333",
            "region": "eu-west-1", "reference": reference, "algorithm": "aws:kms"}),
        )
        .unwrap()
    }

    fn facts(references: &[&str], arn: Option<&str>, more: &serde_json::Value) -> KeyFacts {
        let mut facts = json!({"references": references, "region": "eu-west-1", "key_arn": arn,
            "account": null, "foreign": false});
        for (name, value) in more.as_object().unwrap() {
            facts[name] = value.clone();
        }
        serde_json::from_value(facts).unwrap()
    }

    fn audited(result: Result<(), Refusal>) -> KeyAudits {
        KeyAudits::from([("eu-west-1".parse().unwrap(), result)])
    }

    /// The joined key in words: its state, or why it is unread.
    fn joined(reference: Option<&str>, keys: &[KeyFacts], audits: &KeyAudits) -> String {
        let joins = bucket_keys(&[key_use(reference)], keys, audits);
        match joins[0].key.known() {
            None => {
                let refusal = &joins[0].unknown["key"];
                format!("unread: {} {}", refusal.operation, refusal.code)
            }
            Some(None) => "AWS managed".to_owned(),
            Some(Some(facts)) if facts.foreign => {
                format!(
                    "foreign {:?}",
                    facts.account.as_ref().map(ToString::to_string)
                )
            }
            Some(Some(facts)) if facts.exists == Fact::Known(false) => "missing".to_owned(),
            Some(Some(facts)) => facts.key_state.known().cloned().unwrap_or_default(),
        }
    }

    #[test]
    fn every_way_a_reference_can_go() {
        let enabled = json!({"exists": true, "key_state": "Enabled"});
        let keys = [
            facts(&["alias/app"], Some(OWN), &json!({"exists": true})),
            facts(&[], Some(OWN), &enabled),
            facts(&["alias/gone"], None, &json!({"exists": false})),
            facts(
                &["alias/shut"],
                None,
                &json!({"refusal": {"operation": "DescribeKey", "code": "AccessDeniedException"}}),
            ),
        ];
        let audits = audited(Ok(()));
        let elsewhere = "arn:aws:kms:us-east-1:111122223333:key/k";
        let lines: Vec<String> = [
            None,
            Some("alias/app"),
            Some(OWN),
            Some("alias/gone"),
            Some("alias/shut"),
            Some("alias/new"),
            Some(THEIRS),
            Some(elsewhere),
        ]
        .into_iter()
        .map(|reference| {
            let name = reference.unwrap_or("(none)");
            format!("{name} -> {}", joined(reference, &keys, &audits))
        })
        .collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        (none) -> AWS managed
        alias/app -> Enabled
        arn:aws:kms:eu-west-1:111122223333:key/own -> Enabled
        alias/gone -> missing
        alias/shut -> unread: DescribeKey AccessDeniedException
        alias/new -> unread: DescribeKey NotLookedUp
        arn:aws:kms:eu-west-1:444455556666:key/theirs -> foreign Some("444455556666")
        arn:aws:kms:us-east-1:111122223333:key/k -> unread: DescribeKey NotAudited
        "#);
    }

    #[test]
    fn an_audit_that_failed_leaves_the_key_unread_and_says_why() {
        let refusal = Refusal {
            operation: "ListKeys".into(),
            code: "AccessDenied".into(),
        };
        let audits = audited(Err(refusal));
        assert_eq!(
            joined(Some("alias/app"), &[], &audits),
            "unread: ListKeys AccessDenied"
        );
    }

    #[test]
    fn what_a_failed_audit_did_reach_is_used() {
        let refusal = Refusal {
            operation: "ListKeys".into(),
            code: "Throttled".into(),
        };
        let keys = [facts(
            &["alias/app"],
            Some(OWN),
            &json!({"exists": true, "key_state": "Disabled"}),
        )];
        assert_eq!(
            joined(Some("alias/app"), &keys, &audited(Err(refusal))),
            "Disabled"
        );
    }

    #[test]
    fn a_foreign_key_needs_no_audit_of_its_region() {
        let joined = joined(Some(THEIRS), &[], &KeyAudits::new());
        assert_eq!(joined, "foreign Some(\"444455556666\")");
    }
}
