//! Buckets joined with their keys, and judged. Pure.

use audit::join::{NOT_AUDITED, bucket_keys};
use audit::{Judge, Judged, KeyAudits};
use compliance::observation::BucketKeyObservation;
use compliance::{Gap, KeyFacts, KeyUse, Observation, Service, Status};
use controls::{Catalog, Parameters};

/// What the join of an account's buckets and keys says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Joined {
    /// Verdicts on the buckets.
    pub(crate) judged: Judged,
    /// Keys that should have been read and were not, and buckets that an OPA server did not judge.
    pub(crate) gaps: Vec<Gap>,
    /// Whether the key of every bucket was read.
    pub(crate) all_read: bool,
}

/// Joins and judges. `audits` is empty when no keys were wanted: then what depends on a key is not
/// judged at all, because a run that leaves keys out on purpose has nothing to say of them.
pub(crate) async fn join(
    judge: &Judge,
    catalog: &Catalog,
    parameters: &Parameters,
    uses: &[KeyUse],
    keys: &[KeyFacts],
    audits: &KeyAudits,
) -> Joined {
    let joins = bucket_keys(uses, keys, audits);
    let mut gaps: Vec<Gap> = joins.iter().flat_map(gaps).collect();
    let all_read = joins.iter().all(|join| !join.key.is_unread());
    let observations: Vec<Observation> = joins
        .into_iter()
        .map(|join| Observation::BucketKey(Box::new(join)))
        .collect();
    let mut judged = judge.judge(catalog, parameters, &observations).await;
    gaps.append(&mut judged.gaps);
    if audits.is_empty() {
        judged
            .verdicts
            .retain(|verdict| verdict.status == Status::Failed);
    }
    Joined {
        judged,
        gaps,
        all_read,
    }
}

/// A key that was not read is a gap of its bucket, unless its region was left out on purpose.
fn gaps(join: &BucketKeyObservation) -> Vec<Gap> {
    let refused = join
        .unknown
        .values()
        .filter(|refusal| refusal.code != NOT_AUDITED);
    refused
        .map(|refusal| Gap {
            account: join.account.clone(),
            region: Some(join.region.clone()),
            service: Some(Service::S3),
            resource: Some(join.bucket.clone()),
            operation: refusal.operation.clone(),
            code: refusal.code.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use compliance::Refusal;
    use serde_json::json;

    use super::*;

    /// The join of a bucket in eu-west-1 that uses `alias/app`.
    async fn joined(keys: &[KeyFacts], audits: &KeyAudits) -> Joined {
        let key_use = serde_json::from_value(json!({"bucket": "arn:aws:s3:::logs",
            "account": "111122223333", "region": "eu-west-1", "reference": "alias/app",
            "algorithm": "aws:kms", "public": false, "accounts": [], "replicas": []}))
        .unwrap();
        let catalog = Catalog::embedded().unwrap();
        let (judge, parameters) = (Judge::Embedded, Parameters::default());
        join(&judge, &catalog, &parameters, &[key_use], keys, audits).await
    }

    fn audits(result: Result<(), Refusal>) -> KeyAudits {
        KeyAudits::from([("eu-west-1".parse().unwrap(), result)])
    }

    fn denied() -> Refusal {
        Refusal {
            operation: "DescribeKey".into(),
            code: "AccessDenied".into(),
        }
    }

    #[tokio::test]
    async fn a_key_whose_audit_failed_is_a_gap_of_the_bucket() {
        let joined = joined(&[], &audits(Err(denied()))).await;
        assert_eq!(joined.gaps.len(), 1);
        assert_eq!(
            joined.gaps[0].resource.as_deref(),
            Some("arn:aws:s3:::logs")
        );
        assert!(!joined.all_read);
        let statuses: Vec<Status> = joined
            .judged
            .verdicts
            .iter()
            .map(|verdict| verdict.status)
            .collect();
        assert!(statuses.contains(&Status::NotAvailable), "{statuses:?}");
    }

    #[tokio::test]
    async fn a_region_that_was_left_out_is_no_gap() {
        let elsewhere = KeyAudits::from([("us-east-1".parse().unwrap(), Ok(()))]);
        let joined = joined(&[], &elsewhere).await;
        assert_eq!((joined.gaps, joined.all_read), (Vec::new(), false));
    }

    #[tokio::test]
    async fn without_keys_in_the_run_only_what_needs_no_key_is_said() {
        let joined = joined(&[], &KeyAudits::new()).await;
        let na = joined
            .judged
            .verdicts
            .iter()
            .filter(|v| v.status == Status::NotAvailable);
        assert_eq!(na.count(), 0);
    }

    #[tokio::test]
    async fn a_disabled_key_fails_its_bucket_and_is_linked() {
        let arn = "arn:aws:kms:eu-west-1:111122223333:key/k";
        let key =
            serde_json::from_value(json!({"references": ["alias/app"], "region": "eu-west-1",
            "key_arn": arn, "account": "111122223333", "foreign": false, "exists": true,
            "key_state": "Disabled", "deletion_date": null, "key_manager": "CUSTOMER",
            "key_rotation_enabled": true, "public": false, "accounts": []}))
            .unwrap();
        let joined = joined(&[key], &audits(Ok(()))).await;
        assert!(joined.all_read);
        let verdicts = &joined.judged.verdicts;
        let disabled = verdicts
            .iter()
            .find(|verdict| verdict.control.as_str() == "SK-001")
            .unwrap();
        let link = disabled.key.as_ref().unwrap();
        assert_eq!(
            (link.key.as_str(), link.kms_security_status.as_str()),
            (arn, "Disabled")
        );
    }
}
