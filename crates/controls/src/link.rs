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

/// The id of the finding on the key that is the cause of the bucket's.
fn cause(control: &Control, facts: &KeyFacts) -> Option<FindingId> {
    let linked = control.linked_control.as_ref()?;
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
