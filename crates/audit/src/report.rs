//! One page, judged: what goes into the report.

use std::collections::BTreeSet;

use compliance::{Gap, KeyFacts, KeyUse, Observation, Report, Verdict};
use controls::{Catalog, Parameters};

use crate::judge::Judged;
use crate::key_facts::key_facts;
use crate::key_use::key_use;
use crate::page::{Page, Resolved, Scope};

/// The report on a page that was judged: part `part` of the scope's. Pure; the same page gives the same report.
pub(crate) fn report_on(
    Judged {
        verdicts,
        passed,
        gaps: unjudged,
    }: Judged,
    catalog: &Catalog,
    parameters: &Parameters,
    scope: &Scope,
    part: u32,
    page: &Page,
) -> Report {
    Report {
        run: scope.run.clone(),
        account: scope.account.clone(),
        region: scope.region.clone(),
        service: scope.service,
        part,
        resources: resources(page),
        vanished: page.vanished,
        keys: keys(scope, page, parameters, &verdicts),
        verdicts,
        passed,
        custom_controls: catalog.custom_controls(scope.service, parameters),
        gaps: gaps(scope, page, unjudged),
        key_uses: key_uses(page, parameters),
    }
}

fn resources(page: &Page) -> Vec<String> {
    let names: BTreeSet<String> = page
        .observations
        .iter()
        .map(Observation::resource)
        .collect();
    names.into_iter().collect()
}

/// Everything that was not seen or not judged, each refused operation on a resource once.
fn gaps(scope: &Scope, page: &Page, unjudged: Vec<Gap>) -> Vec<Gap> {
    let unread = page.observations.iter().flat_map(|observation| {
        observation.unknown().values().map(|refusal| Gap {
            account: observation.account().clone(),
            region: Some(observation.region().clone()),
            service: Some(scope.service),
            resource: Some(observation.resource()),
            operation: refusal.operation.clone(),
            code: refusal.code.clone(),
        })
    });
    let unresolved = page.resolutions.iter().filter_map(|resolution| {
        let Resolved::Refused(refusal) = &resolution.outcome else {
            return None;
        };
        Some(Gap {
            account: scope.account.clone(),
            region: scope.region.clone(),
            service: Some(scope.service),
            resource: Some(resolution.reference.reference.clone()),
            operation: refusal.operation.clone(),
            code: refusal.code.clone(),
        })
    });
    let all: BTreeSet<Gap> = unread
        .chain(unresolved)
        .chain(page.gaps.iter().cloned())
        .chain(unjudged)
        .collect();
    all.into_iter().collect()
}

fn key_uses(page: &Page, parameters: &Parameters) -> Vec<KeyUse> {
    page.observations
        .iter()
        .filter_map(|observation| match observation {
            Observation::Bucket(bucket) => key_use(bucket, parameters),
            _ => None,
        })
        .collect()
}

/// The facts of the region's keys, each with the controls that have a finding on it.
fn keys(
    scope: &Scope,
    page: &Page,
    parameters: &Parameters,
    verdicts: &[Verdict],
) -> Vec<KeyFacts> {
    let region = scope.region.as_ref();
    let mut keys = region.map_or_else(Vec::new, |region| key_facts(page, region, parameters));
    for key in &mut keys {
        let on_key = |verdict: &&Verdict| Some(&verdict.resource) == key.key_arn.as_ref();
        let found = verdicts.iter().filter(on_key);
        key.findings = found.map(|verdict| verdict.control.clone()).collect();
    }
    keys
}

#[cfg(test)]
mod tests {
    use compliance::{KeyReference, Refusal, Service, Status};
    use serde_json::json;

    use super::*;
    use crate::page::KeyResolution;

    fn scope() -> Scope {
        Scope {
            run: "20261120T140433000Z-1a2b3c4d".parse().unwrap(),
            account: "111122223333".parse().unwrap(),
            region: None,
            service: Service::S3,
        }
    }

    /// A bucket of which nothing but the name and its encryption could be read.
    fn shut_bucket() -> Observation {
        let refused = json!({"operation": "GetBucketPolicy", "code": "AccessDenied"});
        Observation::Bucket(Box::new(
            serde_json::from_value(json!({
                "arn": "arn:aws:s3:::shut", "name": "shut", "account": "111122223333", "region": "eu-west-1",
                "encryption": {"algorithm": "aws:kms", "kms_key_id": "alias/app",
                    "bucket_key_enabled": false, "blocked_encryption_types": null},
                "unknown": {"policy": refused, "policy_status": refused,
                    "acl": {"operation": "GetBucketAcl", "code": "AccessDenied"}},
            }))
            .unwrap(),
        ))
    }

    fn report(page: &Page) -> Report {
        let catalog = Catalog::embedded().unwrap();
        let parameters = Parameters::default();
        let observations = page.observations.iter();
        let verdicts = observations.flat_map(|it| catalog.judge(it, &parameters));
        report_on(
            Judged::of(verdicts),
            &catalog,
            &parameters,
            &scope(),
            3,
            page,
        )
    }

    #[test]
    fn a_refused_operation_is_one_gap_however_many_facts_it_hides() {
        let page = Page {
            observations: vec![shut_bucket()],
            ..Page::default()
        };
        let operations: Vec<String> = report(&page)
            .gaps
            .into_iter()
            .map(|gap| gap.operation)
            .collect();
        assert_eq!(operations, ["GetBucketAcl", "GetBucketPolicy"]);
    }

    #[test]
    fn what_could_not_be_read_never_passes() {
        let page = Page {
            observations: vec![shut_bucket()],
            ..Page::default()
        };
        let report = report(&page);
        assert_eq!(report.passed.get(&"S3.8".parse().unwrap()), None);
        let public = report
            .verdicts
            .iter()
            .find(|verdict| verdict.control.as_str() == "S3.8");
        assert_eq!(public.unwrap().status, Status::NotAvailable);
        assert_eq!(report.resources, ["arn:aws:s3:::shut"]);
        assert_eq!((report.part, report.key_uses.len()), (3, 1));
    }

    #[test]
    fn a_look_up_that_was_refused_is_a_gap() {
        let page = Page {
            resolutions: vec![KeyResolution {
                reference: KeyReference {
                    reference: "alias/shut".into(),
                    buckets: Vec::new(),
                },
                outcome: Resolved::Refused(Refusal {
                    operation: "DescribeKey".into(),
                    code: "AccessDeniedException".into(),
                }),
            }],
            ..Page::default()
        };
        assert_eq!(
            report(&page).gaps[0].resource.as_deref(),
            Some("alias/shut")
        );
    }
}
