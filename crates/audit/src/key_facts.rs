//! The key side of the join: what is known of each key that a bucket uses.

use std::collections::BTreeMap;

use compliance::observation::KeyObservation;
use compliance::{AccountId, Fact, KeyFacts, Observation, Region};
use controls::{Admission, Parameters};

use crate::arn::Arn;
use crate::page::{KeyResolution, Page, Resolved};

/// The facts of a page of a region's keys: one entry for each key that a bucket uses, and one for
/// each reference that led to no key of the account.
pub(crate) fn key_facts(page: &Page, region: &Region, parameters: &Parameters) -> Vec<KeyFacts> {
    let mut references: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut facts = Vec::new();
    for KeyResolution { reference, outcome } in &page.resolutions {
        let named = reference.reference.clone();
        match outcome {
            Resolved::Key(arn) => references.entry(arn).or_default().push(named),
            Resolved::Foreign { arn, account } => {
                facts.push(foreign(named, region.clone(), arn, account.clone()));
            }
            Resolved::Missing => facts.push(KeyFacts {
                exists: Fact::Known(false),
                ..unread(named, region.clone())
            }),
            Resolved::Refused(refusal) => facts.push(KeyFacts {
                refusal: Some(refusal.clone()),
                ..unread(named, region.clone())
            }),
        }
    }
    for observation in &page.observations {
        if let Observation::Key(key) = observation {
            let named = references.remove(key.key_arn.as_str());
            if named.is_some() || !key.buckets.is_empty() {
                facts.push(observed(key, named.unwrap_or_default(), parameters));
            }
        }
    }
    // A key that is observed on another page of the scope: the join finds its facts by the ARN.
    facts.extend(references.into_iter().map(|(arn, named)| KeyFacts {
        references: named,
        key_arn: Some(arn.to_owned()),
        account: Arn::parse(arn).and_then(|arn| arn.account),
        exists: Fact::Known(true),
        ..unread(String::new(), region.clone())
    }));
    facts.sort_by(|a, b| (&a.key_arn, &a.references).cmp(&(&b.key_arn, &b.references)));
    facts
}

/// What is known of a key of another account: what its ARN tells.
pub(crate) fn foreign(
    reference: String,
    region: Region,
    arn: &str,
    account: AccountId,
) -> KeyFacts {
    let is_key = Arn::parse(arn).is_some_and(|arn| arn.is_key());
    KeyFacts {
        key_arn: is_key.then(|| arn.to_owned()),
        account: Some(account),
        foreign: true,
        ..unread(reference, region)
    }
}

fn observed(key: &KeyObservation, references: Vec<String>, parameters: &Parameters) -> KeyFacts {
    let admission = Admission::of_key(key, parameters);
    KeyFacts {
        references,
        region: key.region.clone(),
        key_arn: Some(key.key_arn.clone()),
        account: Some(key.account.clone()),
        foreign: false,
        exists: Fact::Known(true),
        key_state: key.key_state.clone(),
        deletion_date: key.deletion_date.clone(),
        key_manager: key.key_manager.clone(),
        key_rotation_enabled: key.key_rotation_enabled.clone(),
        public: admission.public,
        accounts: admission.accounts,
        findings: Vec::new(),
        refusal: key.unknown.values().next().cloned(),
    }
}

/// Nothing but the reference.
fn unread(reference: String, region: Region) -> KeyFacts {
    KeyFacts {
        references: vec![reference],
        region,
        key_arn: None,
        account: None,
        foreign: false,
        exists: Fact::Unread,
        key_state: Fact::Unread,
        deletion_date: Fact::Unread,
        key_manager: Fact::Unread,
        key_rotation_enabled: Fact::Unread,
        public: Fact::Unread,
        accounts: Fact::Unread,
        findings: Vec::new(),
        refusal: None,
    }
}

#[cfg(test)]
mod tests {
    use compliance::{KeyReference, Refusal};
    use serde_json::json;

    use super::*;

    const OWN: &str = "arn:aws:kms:eu-west-1:111122223333:key/own";
    const OTHERS: &str = "arn:aws:kms:eu-west-1:444455556666:key/theirs";

    fn key(arn: &str, buckets: &[&str]) -> Observation {
        let key = json!({"account": "111122223333", "region": "eu-west-1", "key_id": "own",
            "key_arn": arn, "key_state": "Disabled", "key_rotation_enabled": null, "buckets": buckets,
            "unknown": {"key_policy": {"operation": "GetKeyPolicy", "code": "AccessDeniedException"}}});
        Observation::Key(serde_json::from_value(key).unwrap())
    }

    fn resolution(reference: &str, outcome: Resolved) -> KeyResolution {
        let buckets = vec!["arn:aws:s3:::logs".to_owned()];
        KeyResolution {
            reference: KeyReference {
                reference: reference.into(),
                buckets,
            },
            outcome,
        }
    }

    fn facts(observations: Vec<Observation>, resolutions: Vec<KeyResolution>) -> Vec<KeyFacts> {
        let page = Page {
            observations,
            resolutions,
            ..Page::default()
        };
        let region = "eu-west-1".parse().unwrap();
        key_facts(&page, &region, &Parameters::default())
    }

    #[test]
    fn all_references_of_a_key_lead_to_one_entry() {
        let resolutions = vec![
            resolution("alias/app", Resolved::Key(OWN.into())),
            resolution("own", Resolved::Key(OWN.into())),
        ];
        let facts = facts(vec![key(OWN, &[])], resolutions);
        assert_eq!(facts.len(), 1);
        assert_eq!(facts[0].references, ["alias/app", "own"]);
        assert_eq!(facts[0].key_state, Fact::Known("Disabled".into()));
        assert_eq!(facts[0].key_rotation_enabled, Fact::Known(None));
    }

    #[test]
    fn a_policy_that_was_refused_leaves_access_unread_and_is_named() {
        let facts = facts(vec![key(OWN, &["arn:aws:s3:::logs"])], Vec::new());
        assert!(facts[0].public.is_unread());
        assert_eq!(facts[0].refusal.as_ref().unwrap().operation, "GetKeyPolicy");
    }

    #[test]
    fn a_key_that_no_bucket_uses_is_left_out() {
        assert_eq!(facts(vec![key(OWN, &[])], Vec::new()), []);
    }

    #[test]
    fn foreign_missing_and_refused_references_are_told_apart() {
        let refusal = Refusal {
            operation: "DescribeKey".into(),
            code: "AccessDeniedException".into(),
        };
        let account = "444455556666".parse().unwrap();
        let facts = facts(
            Vec::new(),
            vec![
                resolution(
                    OTHERS,
                    Resolved::Foreign {
                        arn: OTHERS.into(),
                        account,
                    },
                ),
                resolution("alias/gone", Resolved::Missing),
                resolution("alias/shut", Resolved::Refused(refusal.clone())),
            ],
        );
        let [gone, shut, theirs] = facts.as_slice() else {
            panic!("{facts:?}");
        };
        assert_eq!(gone.exists, Fact::Known(false));
        assert_eq!(
            (&shut.exists, &shut.refusal),
            (&Fact::Unread, &Some(refusal))
        );
        assert!(theirs.foreign && theirs.exists.is_unread());
        assert_eq!(theirs.key_arn.as_deref(), Some(OTHERS));
    }

    #[test]
    fn a_key_that_another_page_observes_is_handed_on_by_its_arn() {
        let facts = facts(
            Vec::new(),
            vec![resolution("alias/app", Resolved::Key(OWN.into()))],
        );
        assert_eq!(facts[0].references, ["alias/app"]);
        assert_eq!(facts[0].key_arn.as_deref(), Some(OWN));
        assert!(facts[0].key_state.is_unread());
    }
}
