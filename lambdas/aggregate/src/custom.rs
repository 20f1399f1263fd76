//! What a scope's report says of the operator's own policies. Pure.

use std::collections::{BTreeMap, BTreeSet};

use compliance::{ControlId, Report, Service, Verdict};
use controls::{Catalog, RefusedPolicy, is_of_a_broken_custom_policy};

/// Notes in a row; a broken folder is not told hundreds of times.
const MOST_NOTES: usize = 20;

/// Which custom controls were asked, and which gave no verdict.
#[derive(Debug, Default)]
pub(crate) struct Custom {
    /// Those that every part was judged by; `None` before the first part.
    asked: Option<BTreeSet<ControlId>>,
    /// On how many resources a control gave no verdict, and the first reason.
    silent: BTreeMap<ControlId, (u64, String)>,
}

impl Custom {
    /// Takes a part of the report.
    pub(crate) fn add(&mut self, report: &Report) {
        let asked = &report.custom_controls;
        self.asked = Some(match self.asked.take() {
            None => asked.clone(),
            Some(before) => &before & asked,
        });
    }

    /// Takes verdicts, those of the report and those that come to them.
    pub(crate) fn note(&mut self, verdicts: &[Verdict]) {
        for verdict in verdicts
            .iter()
            .filter(|it| is_of_a_broken_custom_policy(it))
        {
            let first = || (0, verdict.reason.clone());
            let silent = self.silent.entry(verdict.control.clone());
            silent.or_insert_with(first).0 += 1;
        }
    }

    /// The controls that were asked about every resource.
    pub(crate) fn asked(&self) -> BTreeSet<ControlId> {
        self.asked.clone().unwrap_or_default()
    }

    /// The custom policies of a service that are not used, and those that gave no verdict on some resource. Neither makes a
    /// scope incomplete: nobody's findings but their own depend on them.
    pub(crate) fn notes(&self, catalog: &Catalog, service: Service) -> Vec<String> {
        let concerns = |refused: &&RefusedPolicy| refused.service().is_none_or(|it| it == service);
        let refused = catalog.refused().iter().filter(concerns);
        let mut notes: Vec<String> = refused.map(ToString::to_string).collect();
        let silent = self.silent.iter().map(|(control, (count, reason))| {
            format!(
                "control `{control}` gave no verdict on {count} resources; on the first: {reason}"
            )
        });
        notes.extend(silent);
        let more = notes.len().saturating_sub(MOST_NOTES);
        if more > 0 {
            notes.truncate(MOST_NOTES);
            notes.push(format!("and {more} more notes on custom policies"));
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use controls::CustomFile;
    use serde_json::json;

    use super::*;

    fn catalog() -> Catalog {
        let files =
            ["s3/a.rego", "kms/b.rego", "lib/c.rego", "rds/d.rego"].map(|path| CustomFile {
                path: path.to_owned(),
                text: Err("it cannot be read".to_owned()),
            });
        Catalog::load(&[]).unwrap().with_custom(&files)
    }

    #[test]
    fn a_scope_tells_of_the_policies_that_would_have_judged_it() {
        let notes = Custom::default().notes(&catalog(), Service::S3);
        let told: Vec<bool> = ["lib/c", "rds/d", "s3/a"]
            .iter()
            .map(|path| notes.iter().any(|note| note.contains(path)))
            .collect();
        assert_eq!((notes.len(), told), (3, vec![true; 3]), "{notes:?}");
    }

    #[test]
    fn controls_that_gave_no_verdict_are_counted() {
        let verdict = |resource: &str, reason: &str| -> Verdict {
            serde_json::from_value(json!({"control": "ACME.1", "resource": resource,
                "resource_type": "AwsS3Bucket", "account": "111122223333", "region": "eu-west-1",
                "status": "NOT_AVAILABLE", "severity": "LOW", "reason": reason}))
            .unwrap()
        };
        let late = "custom policy `s3/a.rego` is broken: it did not end within 2000 ms";
        let refused = "`tags` could not be read: GetBucketTagging answered AccessDenied";
        let mut custom = Custom::default();
        custom.note(&[
            verdict("arn:aws:s3:::a", late),
            verdict("arn:aws:s3:::b", late),
            verdict("arn:aws:s3:::c", refused),
        ]);
        let notes = custom.notes(&Catalog::load(&[]).unwrap(), Service::S3);
        let expected =
            format!("control `ACME.1` gave no verdict on 2 resources; on the first: {late}");
        assert_eq!(notes, [expected]);
    }

    #[test]
    fn what_one_part_was_not_asked_the_scope_was_not_asked() {
        let part = |controls: &[&str]| -> Report {
            serde_json::from_value(json!({"run": "20261120T140433000Z-1a2b3c4d",
                "account": "111122223333", "region": null, "service": "s3", "part": 0,
                "resources": [], "vanished": 0, "verdicts": [], "passed": {}, "gaps": [],
                "custom_controls": controls}))
            .unwrap()
        };
        let mut custom = Custom::default();
        assert!(custom.asked().is_empty());
        custom.add(&part(&["ACME.1", "ACME.2"]));
        custom.add(&part(&["ACME.2"]));
        assert_eq!(custom.asked(), BTreeSet::from(["ACME.2".parse().unwrap()]));
    }
}
