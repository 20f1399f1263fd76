//! What a run did to findings, counted on the table at its end: as far as its index knows, which follows the table
//! within seconds.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use compliance::{Finding, FindingChange, RunId, Severity, Status};
use futures::future::try_join_all;

use crate::attribute::text;
use crate::tables::{self, CHANGED_IN_RUN};
use crate::{Error, FindingsTable, answer, finding_item};

/// Failures that changed, by what became of them and by severity.
pub type Changes = BTreeMap<FindingChange, BTreeMap<Severity, u64>>;

/// What a run did to findings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunChanges {
    /// How many failures changed. What became `NOT_AVAILABLE` is no failure: the coverage tells of it.
    pub counts: Changes,
    /// The worst of those that are new or stand again, the worst first.
    pub worst: Vec<Finding>,
    most: usize,
}

impl RunChanges {
    /// Nothing yet; at most `most` findings are kept.
    #[must_use]
    pub fn keeping(most: usize) -> Self {
        Self {
            most,
            ..Self::default()
        }
    }

    /// Counts a finding by what was done to it last, and keeps it if it is among the worst.
    pub fn add(&mut self, finding: Finding) {
        let Some(step) = finding
            .history
            .last()
            .filter(|step| step.status == Status::Failed)
        else {
            return;
        };
        let (change, severity) = (step.change, step.severity);
        *self
            .counts
            .entry(change)
            .or_default()
            .entry(severity)
            .or_default() += 1;
        if matches!(change, FindingChange::Opened | FindingChange::Reopened) {
            self.keep(finding);
        }
    }

    fn merge(&mut self, other: Self) {
        for (change, counts) in other.counts {
            let own = self.counts.entry(change).or_default();
            for (severity, count) in counts {
                *own.entry(severity).or_default() += count;
            }
        }
        for finding in other.worst {
            self.keep(finding);
        }
    }

    fn keep(&mut self, finding: Finding) {
        let rank = |it: &Finding| (Reverse(it.verdict.severity), it.id.clone());
        let at = self
            .worst
            .partition_point(|kept| rank(kept) <= rank(&finding));
        if at < self.most {
            self.worst.insert(at, finding);
            self.worst.truncate(self.most);
        }
    }
}

impl FindingsTable {
    /// What a run did to findings; at most `most` of the worst are kept. Memory does not grow with what changed.
    ///
    /// # Errors
    ///
    /// `Query` failed, or an item is not what we write.
    pub async fn changes_of(&self, run: &RunId, most: usize) -> Result<RunChanges, Error> {
        let shards =
            (0..tables::SHARDS).map(|shard| self.changes_in(format!("{run}#{shard}"), most));
        let mut all = RunChanges::keeping(most);
        for changes in try_join_all(shards).await? {
            all.merge(changes);
        }
        Ok(all)
    }

    async fn changes_in(&self, shard: String, most: usize) -> Result<RunChanges, Error> {
        let query = self.client.query().table_name(&self.table);
        let query = query
            .index_name(CHANGED_IN_RUN.name)
            .key_condition_expression("#partition = :partition")
            .expression_attribute_names("#partition", CHANGED_IN_RUN.key.partition)
            .expression_attribute_values(":partition", text(shard));
        let mut pages = query.into_paginator().send();
        let mut changes = RunChanges::keeping(most);
        while let Some(page) = pages.next().await {
            for item in answer::stored("Query", &self.table, page)?.items() {
                if let Some(finding) = finding_item::parse(item)? {
                    changes.add(finding);
                }
            }
        }
        Ok(changes)
    }
}

#[cfg(test)]
mod tests {
    use compliance::{ResourceType, Run, Service, Verdict};

    use super::*;

    fn finding(control: &str, severity: Severity, status: Status) -> Finding {
        let verdict = Verdict {
            control: control.parse().unwrap(),
            resource: "arn:aws:s3:::logs".into(),
            resource_type: ResourceType::AwsS3Bucket,
            account: "111122223333".parse().unwrap(),
            region: "eu-west-1".parse().unwrap(),
            status,
            severity,
            reason: "open".into(),
            key: None,
            buckets: Vec::new(),
        };
        let run = Run::of_execution("x", "2026-11-20T00:00:00Z".parse().unwrap());
        Finding::opened(verdict, Service::S3, &run)
    }

    fn controls(changes: &RunChanges) -> Vec<&str> {
        let worst = changes.worst.iter();
        worst
            .map(|finding| finding.verdict.control.as_str())
            .collect()
    }

    #[test]
    fn the_worst_are_kept_in_order_and_all_are_counted() {
        let mut changes = RunChanges::keeping(2);
        for (control, severity) in [
            ("S3.9", Severity::Low),
            ("S3.8", Severity::Critical),
            ("S3.5", Severity::Medium),
            ("S3.2", Severity::Critical),
        ] {
            changes.add(finding(control, severity, Status::Failed));
        }
        assert_eq!(controls(&changes), ["S3.2", "S3.8"]);
        let opened = &changes.counts[&FindingChange::Opened];
        assert_eq!(
            (opened[&Severity::Critical], opened[&Severity::Low]),
            (2, 1)
        );
    }

    #[test]
    fn what_could_not_be_judged_is_no_failure() {
        let mut changes = RunChanges::keeping(2);
        changes.add(finding("S3.8", Severity::Critical, Status::NotAvailable));
        assert_eq!(changes, RunChanges::keeping(2));
    }

    #[test]
    fn shards_are_merged() {
        let mut one = RunChanges::keeping(1);
        one.add(finding("S3.9", Severity::Low, Status::Failed));
        let mut other = RunChanges::keeping(1);
        other.add(finding("S3.8", Severity::High, Status::Failed));
        one.merge(other);
        assert_eq!(controls(&one), ["S3.8"]);
        assert_eq!(one.counts[&FindingChange::Opened].len(), 2);
    }
}
