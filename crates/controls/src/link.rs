//! Links between buckets and keys, as verdicts carry them.

use compliance::observation::BucketKeyObservation;
use compliance::{Control, FindingId, KeyFacts, KeyLink, Observation};

/// The key of a bucket that was joined with it; none for the AWS managed key, which nobody else can change.
pub(crate) fn key_of(control: &Control, observation: &Observation) -> Option<KeyLink> {
    let Observation::BucketKey(join) = observation else {
        return None;
    };
    match join.key.known() {
        Some(Some(facts)) => Some(known_key(control, join, facts)),
        Some(None) => None,
        None => join.reference.clone().map(|reference| KeyLink {
            key: reference,
            kms_security_status: "Unknown".to_owned(),
            linked_kms_finding_id: None,
        }),
    }
}

fn known_key(control: &Control, join: &BucketKeyObservation, facts: &KeyFacts) -> KeyLink {
    let reference = join.reference.clone().unwrap_or_default();
    KeyLink {
        key: facts.key_arn.clone().unwrap_or(reference),
        kms_security_status: security_status(facts),
        linked_kms_finding_id: cause(control, facts),
    }
}

fn security_status(facts: &KeyFacts) -> String {
    if facts.foreign {
        return "Foreign".to_owned();
    }
    if facts.exists.known() == Some(&false) {
        return "Missing".to_owned();
    }
    facts
        .key_state
        .known()
        .map_or_else(|| "Unknown".to_owned(), Clone::clone)
}

/// The id of the finding on the key that is the cause of the bucket's. Of a foreign key's findings
/// its own account knows; ids are the same everywhere, so the link holds if there is one.
fn cause(control: &Control, facts: &KeyFacts) -> Option<FindingId> {
    let linked = control.linked_control.as_ref()?;
    if !facts.foreign && !facts.findings.contains(linked) {
        return None;
    }
    let account = facts.account.as_ref()?;
    let key = facts.key_arn.as_ref()?;
    Some(FindingId::new(account, &facts.region, linked, key))
}

/// ARNs of the buckets that use a key.
pub(crate) fn buckets_of(observation: &Observation) -> Vec<String> {
    match observation {
        Observation::Key(key) => key.buckets.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use compliance::ControlId;
    use serde_json::{Value, json};

    use super::*;

    const KEY: &str = "arn:aws:kms:eu-west-1:444455556666:key/k";

    fn control(linked: Option<&str>) -> Control {
        let control = json!({
            "id": "SK-001", "title": "t", "severity": "CRITICAL", "resource_type": "AwsS3Bucket",
            "reads": ["key"], "rationale": "r", "remediation": {"text": "t", "url": "u"},
        });
        let linked = linked.map(|id| id.parse::<ControlId>().unwrap());
        Control {
            linked_control: linked,
            ..serde_json::from_value(control).unwrap()
        }
    }

    /// A bucket joined with a key of which these facts are known; `None` is a key that was not read.
    fn join(facts: Option<Value>) -> Observation {
        let mut join = json!({
            "bucket": "arn:aws:s3:::b", "account": "111122223333", "region": "eu-west-1",
            "reference": "alias/app", "algorithm": "aws:kms",
        });
        if let Some(facts) = facts {
            join["key"] = facts;
        }
        Observation::BucketKey(serde_json::from_value(join).unwrap())
    }

    fn facts(changes: &Value) -> Value {
        let mut facts = json!({
            "references": ["alias/app"], "region": "eu-west-1", "key_arn": KEY, "account": "444455556666", "foreign": false,
        });
        let changes = changes.as_object().unwrap().clone();
        facts.as_object_mut().unwrap().extend(changes);
        facts
    }

    fn status(facts: Option<Value>) -> String {
        key_of(&control(None), &join(facts))
            .unwrap()
            .kms_security_status
    }

    #[test]
    fn the_status_is_the_state_of_the_key_or_why_there_is_none() {
        assert_eq!(
            status(Some(facts(&json!({"key_state": "PendingDeletion"})))),
            "PendingDeletion"
        );
        assert_eq!(status(Some(facts(&json!({"foreign": true})))), "Foreign");
        assert_eq!(
            status(Some(facts(&json!({"exists": false, "key_arn": null})))),
            "Missing"
        );
        assert_eq!(status(Some(facts(&json!({})))), "Unknown");
        assert_eq!(status(None), "Unknown");
    }

    #[test]
    fn a_key_that_was_not_found_keeps_the_name_that_the_bucket_uses() {
        for unresolved in [
            None,
            Some(facts(&json!({"exists": false, "key_arn": null}))),
        ] {
            assert_eq!(
                key_of(&control(None), &join(unresolved)).unwrap().key,
                "alias/app"
            );
        }
    }

    #[test]
    fn the_cause_is_the_finding_on_the_key_in_its_own_account() {
        let found = facts(&json!({"findings": ["KMS.3"]}));
        let link = key_of(&control(Some("KMS.3")), &join(Some(found))).unwrap();
        let cause = FindingId::new(
            &"444455556666".parse().unwrap(),
            &"eu-west-1".parse().unwrap(),
            &"KMS.3".parse().unwrap(),
            KEY,
        );
        assert_eq!(link.key, KEY);
        assert_eq!(link.linked_kms_finding_id, Some(cause));
        let link = key_of(&control(None), &join(Some(facts(&json!({}))))).unwrap();
        assert_eq!(link.linked_kms_finding_id, None);
    }

    #[test]
    fn a_key_without_that_finding_is_not_linked_unless_it_is_foreign() {
        let sound = facts(&json!({"findings": ["KMS.4"]}));
        let link = key_of(&control(Some("KMS.5")), &join(Some(sound))).unwrap();
        assert_eq!(link.linked_kms_finding_id, None);
        let foreign = facts(&json!({"foreign": true}));
        let link = key_of(&control(Some("KMS.5")), &join(Some(foreign))).unwrap();
        assert!(link.linked_kms_finding_id.is_some());
    }

    #[test]
    fn the_aws_managed_key_is_not_linked() {
        assert_eq!(key_of(&control(None), &join(Some(Value::Null))), None);
    }
}
