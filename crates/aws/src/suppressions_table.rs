//! Suppressions in the runs table: those that operators make, and the last known ones of the configuration.

use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use compliance::{
    Run, SuppressionId, SuppressionRecord, SuppressionSource, SuppressionStatus, Suppressions,
};
use jiff::Timestamp;

use crate::attribute::text;
use crate::finding_item::moment;
use crate::retention::Retention;
use crate::runs_table::RunsTable;
use crate::tables::EXPIRES_AT;
use crate::{Error, answer};

/// An item is written unless one with its key is there.
const NEW: &str = "attribute_not_exists(pk)";
/// An item is written unless it was taken back already.
const NOT_WITHDRAWN: &str = "attribute_exists(pk) AND attribute_not_exists(#document.withdrawn_at)";
/// An item is written unless a newer run has written it.
const NOT_NEWER: &str = "attribute_not_exists(run_started_at) OR run_started_at <= :run_started_at";

impl RunsTable {
    /// All suppressions that the table knows, those included that are over and not yet deleted.
    ///
    /// # Errors
    ///
    /// `Query` failed, or a record is not what we write.
    pub async fn suppressions(&self) -> Result<Suppressions, Error> {
        let mut known = Suppressions::default();
        for source in SuppressionSource::ALL {
            known.extend(self.suppressions_of(source).await?);
        }
        Ok(known)
    }

    /// The suppressions of one source, by id; consistent with every write that has ended.
    ///
    /// # Errors
    ///
    /// As [`RunsTable::suppressions`].
    pub async fn suppressions_of(
        &self,
        source: SuppressionSource,
    ) -> Result<Vec<SuppressionRecord>, Error> {
        let query = self.query(&partition(source)).consistent_read(true);
        self.documents(query).await
    }

    /// Writes a new suppression of an operator; false if there is one with its id already.
    ///
    /// # Errors
    ///
    /// `PutItem` failed.
    pub async fn add_suppression(&self, record: &SuppressionRecord) -> Result<bool, Error> {
        self.unless(self.put_record(record)?.condition_expression(NEW))
            .await
    }

    /// Writes that a suppression of an operator was taken back; false if that was written already.
    ///
    /// # Errors
    ///
    /// `PutItem` failed.
    pub async fn withdraw_suppression(&self, record: &SuppressionRecord) -> Result<bool, Error> {
        let put = self.put_record(record)?.condition_expression(NOT_WITHDRAWN);
        self.unless(put.expression_attribute_names("#document", crate::runs_table::DOCUMENT))
            .await
    }

    /// Notes the suppressions of the configuration, so that questions can be answered without it. One that the
    /// configuration no longer holds is taken back as of the start of the run. What is noted already costs no write.
    ///
    /// # Errors
    ///
    /// `Query` or `PutItem` failed.
    pub async fn note_configured(&self, run: &Run, configured: &Suppressions) -> Result<(), Error> {
        let noted = self
            .suppressions_of(SuppressionSource::Configuration)
            .await?;
        for record in changed(run.started_at, configured, noted) {
            let put = self.put_record(&record)?.condition_expression(NOT_NEWER);
            let started_at = text(moment(run.started_at));
            let put = put.item("run_started_at", started_at.clone());
            self.unless(put.expression_attribute_values(":run_started_at", started_at))
                .await?;
        }
        Ok(())
    }

    fn put_record(&self, record: &SuppressionRecord) -> Result<PutItemFluentBuilder, Error> {
        let id = record.suppression.id();
        let mut item = self.item(&partition(record.source), id.as_str(), record)?;
        item.insert(
            EXPIRES_AT.to_owned(),
            Retention::default().expiry(record.ends()),
        );
        let put = self.client.put_item().table_name(&self.table);
        Ok(put.set_item(Some(item)))
    }

    /// False where the condition failed.
    async fn unless(&self, put: PutItemFluentBuilder) -> Result<bool, Error> {
        let result = put.send().await;
        if let Err(error) = &result
            && answer::code_of(error) == "ConditionalCheckFailedException"
        {
            return Ok(false);
        }
        answer::stored("PutItem", &self.table, result)?;
        Ok(true)
    }
}

fn partition(source: SuppressionSource) -> String {
    format!("SUPPRESSIONS#{}", source.as_str())
}

/// The records that are not noted as they are.
fn changed(
    at: Timestamp,
    configured: &Suppressions,
    noted: Vec<SuppressionRecord>,
) -> Vec<SuppressionRecord> {
    let wanted = configured.records().iter();
    let new = wanted.filter(|record| !noted.contains(record)).cloned();
    let mut changed: Vec<SuppressionRecord> = new.collect();
    let over = |record: &SuppressionRecord| {
        let status = record.status(at);
        let id: &SuppressionId = record.suppression.id();
        configured.knows(id)
            || matches!(
                status,
                SuppressionStatus::Expired | SuppressionStatus::Withdrawn
            )
    };
    let gone = noted.into_iter().filter(|record| !over(record));
    changed.extend(gone.map(|record| SuppressionRecord {
        withdrawn_at: Some(at),
        ..record
    }));
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use compliance::Suppression;
    use serde_json::json;

    fn record(id: &str, resource: &str) -> SuppressionRecord {
        let suppression: Suppression = serde_json::from_value(json!({
            "id": id, "control": "S3.8", "account": "*", "resource": resource, "reason": "known",
            "owner": "web", "created": "2026-11-01", "expires": "2026-12-31",
        }))
        .unwrap();
        SuppressionRecord::configured(suppression)
    }

    #[test]
    fn what_is_noted_is_not_written_again_and_what_is_gone_is_taken_back() {
        let at = |day: &str| compliance::suppression::parse_moment(day).unwrap();
        let (same, old) = (
            record("same", "arn:aws:s3:::a"),
            record("edited", "arn:aws:s3:::b"),
        );
        let (new, gone) = (
            record("edited", "arn:aws:s3:::c"),
            record("gone", "arn:aws:s3:::d"),
        );
        let configured: Suppressions = [same.clone(), new.clone()].into_iter().collect();
        let noted = vec![same, old, gone.clone()];
        let now = at("2026-11-20");
        let withdrawn = SuppressionRecord {
            withdrawn_at: Some(now),
            ..gone
        };
        assert_eq!(
            changed(now, &configured, noted.clone()),
            [new.clone(), withdrawn.clone()]
        );
        assert_eq!(changed(at("2027-01-01"), &configured, noted), [new]);
        assert_eq!(changed(now, &Suppressions::default(), vec![withdrawn]), []);
    }
}
