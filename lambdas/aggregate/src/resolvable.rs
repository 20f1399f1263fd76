//! For which controls a scope's silence proves that a finding no longer stands. Pure.

use std::collections::BTreeSet;

use compliance::{ControlId, Coverage, CoverageStatus, Subject};
use controls::{Catalog, Parameters};

/// The controls that were judged on everything in a complete scope; none for any other scope.
///
/// Those on buckets and keys together count only if the key of every bucket was read; the operator's own only if
/// the auditor asked them (`asked`), since its custom policies may have been others than ours. Those that join buckets
/// with keys are asked here.
pub(crate) fn resolvable(
    catalog: &Catalog,
    parameters: &Parameters,
    row: &Coverage,
    all_keys_read: bool,
    asked: &BTreeSet<ControlId>,
) -> BTreeSet<ControlId> {
    let Some(service) = row
        .service
        .filter(|_| row.status == CoverageStatus::Complete)
    else {
        return BTreeSet::new();
    };
    let judged = |control: &ControlId| {
        catalog
            .subject_of(control)
            .filter(|subject| all_keys_read || *subject != Subject::BucketKey)
            .is_some_and(|subject| subject.service() == service)
            && !parameters.disabled_controls.contains(control)
            && (!catalog.is_custom(control)
                || asked.contains(control)
                || catalog.subject_of(control) == Some(Subject::BucketKey))
    };
    let ids = catalog.controls().map(|control| &control.id);
    ids.filter(|id| judged(id)).cloned().collect()
}

/// The controls that are judged at all.
pub(crate) fn judged(catalog: &Catalog, parameters: &Parameters) -> BTreeSet<ControlId> {
    let ids = catalog.controls().map(|control| &control.id);
    let enabled = ids.filter(|id| !parameters.disabled_controls.contains(id));
    enabled.cloned().collect()
}

#[cfg(test)]
mod tests {
    use compliance::Service;
    use controls::CustomFile;

    use super::*;

    fn ids(service: Service, status: CoverageStatus, all_keys_read: bool) -> Vec<String> {
        let account = "111122223333".parse().unwrap();
        let row = Coverage::unseen(account, None, Some(service), status, "");
        let catalog = Catalog::embedded().unwrap();
        let parameters = Parameters {
            disabled_controls: BTreeSet::from(["S3.8".parse().unwrap()]),
            ..Parameters::default()
        };
        let ids = resolvable(&catalog, &parameters, &row, all_keys_read, &BTreeSet::new());
        ids.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_scope_that_is_not_complete_proves_nothing() {
        for status in [
            CoverageStatus::Partial,
            CoverageStatus::Failed,
            CoverageStatus::Skipped,
        ] {
            assert!(ids(Service::S3, status, true).is_empty());
        }
    }

    #[test]
    fn a_complete_scope_proves_what_was_judged_in_it() {
        let s3 = ids(Service::S3, CoverageStatus::Complete, true);
        assert!(s3.contains(&"S3.1".to_owned()), "{s3:?}");
        assert!(!s3.contains(&"S3.8".to_owned()), "disabled: {s3:?}");
        assert!(s3.iter().any(|id| id.starts_with("SK-")), "{s3:?}");
        let kms = ids(Service::Kms, CoverageStatus::Complete, true);
        assert!(kms.iter().all(|id| id.starts_with("KMS")), "{kms:?}");
    }

    #[test]
    fn a_custom_control_proves_something_only_where_it_was_asked() {
        let policy = |folder: &str, kind: &str, id: &str, reads: &str| CustomFile {
            path: format!("{folder}/own.rego"),
            text: Ok(format!(
                r#"package controls.{folder}.own
control := {{"id": "{id}", "title": "Own", "severity": "LOW", "resource_type": "{kind}", "reads": ["{reads}"],
  "rationale": "Own.", "remediation": {{"text": "Own.", "url": "https://docs.example.com/"}}}}
verdict := {{"status": "FAILED", "reason": "no"}}"#
            )),
        };
        let files = [
            policy("s3", "AwsS3Bucket", "ACME.1", "tags"),
            policy("bucket_key", "AwsS3Bucket", "ACME.2", "key"),
        ];
        let catalog = Catalog::embedded().unwrap().with_custom(&files);
        assert_eq!(catalog.refused(), []);
        let (own, joined) = ("ACME.1".parse().unwrap(), "ACME.2".parse().unwrap());
        let complete = CoverageStatus::Complete;
        let account = "111122223333".parse().unwrap();
        let row = Coverage::unseen(account, None, Some(Service::S3), complete, "");
        let ids = |asked: &BTreeSet<ControlId>| {
            resolvable(&catalog, &Parameters::default(), &row, true, asked)
        };
        let unasked = ids(&BTreeSet::new());
        assert!(!unasked.contains(&own) && unasked.contains(&joined));
        assert!(ids(&BTreeSet::from([own.clone()])).contains(&own));
    }

    #[test]
    fn an_unread_key_leaves_the_findings_of_bucket_and_key_alone() {
        let s3 = ids(Service::S3, CoverageStatus::Complete, false);
        assert!(!s3.iter().any(|id| id.starts_with("SK-")), "{s3:?}");
    }
}
