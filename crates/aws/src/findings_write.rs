//! The findings table: what a run writes. Only what changed is written, and never after a newer run has begun.
//!
//! A run that writes a scope first puts its name into the scope's marker, which is refused if a newer run's is there,
//! and then reads what is stored. Every write is a transaction that also demands that the marker still names the run:
//! whatever an older run has written is seen by the newer one, and it can write nothing after.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use compliance::{AccountId, Run};

use crate::attribute::text;
use crate::comparison::Comparison;
use crate::delta::{Accepts, Delta};
use crate::findings_table::FindingsTable;
use crate::look::Look;
use crate::slice::Slice;
use crate::tables::FINDINGS;
use crate::transaction::{self, Outcome};
use crate::written::Written;
use crate::{Error, answer, finding_item, scope_marker};

/// Goes ahead unless a newer run has. Run ids sort by the start of their run, and tell two of one moment apart.
const NOT_NEWER: &str = "attribute_not_exists(changed_in) OR changed_in <= :run";
/// The scope is still this run's.
const STILL_OURS: &str = "changed_in = :run";

/// A scope that a run writes.
#[derive(Debug)]
pub struct ScopeWriter<'a> {
    pub(crate) table: &'a FindingsTable,
    pub(crate) run: &'a Run,
    pub(crate) account: &'a AccountId,
    pub(crate) look: Look,
}

impl FindingsTable {
    /// Begins to write a scope; `None` if a newer run has begun. Only the scope's marker is written.
    ///
    /// # Errors
    ///
    /// `UpdateItem` failed.
    pub async fn begin<'a>(
        &'a self,
        run: &'a Run,
        account: &'a AccountId,
        look: Look,
    ) -> Result<Option<ScopeWriter<'a>>, Error> {
        let started_at = finding_item::moment(run.started_at);
        let result = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(scope_marker::key(
                account,
                look.region.as_ref(),
                look.service,
            )))
            .update_expression("SET run_started_at = :run_started_at, changed_in = :run")
            .condition_expression(NOT_NEWER)
            .expression_attribute_values(":run_started_at", text(started_at))
            .expression_attribute_values(":run", text(run.id.as_str()))
            .send()
            .await;
        let writer = ScopeWriter {
            table: self,
            run,
            account,
            look,
        };
        Ok(self.unless_refused(result)?.then_some(writer))
    }

    /// False where the condition failed.
    pub(crate) fn unless_refused<T, E: ProvideErrorMetadata>(
        &self,
        result: Result<T, aws_sdk_dynamodb::error::SdkError<E>>,
    ) -> Result<bool, Error> {
        if let Err(error) = &result
            && answer::code_of(error) == "ConditionalCheckFailedException"
        {
            return Ok(false);
        }
        answer::stored("UpdateItem", &self.table, result)?;
        Ok(true)
    }
}

impl ScopeWriter<'_> {
    /// Compares a slice of the scope with its stored findings, which are read consistently and page by page.
    #[must_use]
    pub fn compare<'b>(&'b self, slice: Slice, accepts: Accepts<'b>) -> Comparison<'b> {
        Comparison::new(self, slice, accepts)
    }

    /// Whether the scope is still this run's to write.
    ///
    /// # Errors
    ///
    /// `Query` failed.
    pub async fn is_ours(&self) -> Result<bool, Error> {
        let place = scope_marker::place(self.look.region.as_ref(), self.look.service);
        let query = self.client().query().table_name(&self.table.table);
        let result = query
            .consistent_read(true)
            .key_condition_expression("#partition = :partition AND #sort = :place")
            .expression_attribute_names("#partition", FINDINGS.key.partition)
            .expression_attribute_names("#sort", FINDINGS.key.sort)
            .expression_attribute_values(":partition", text(self.account.as_str()))
            .expression_attribute_values(":place", text(place))
            .send()
            .await;
        let answered = answer::stored("Query", &self.table.table, result)?;
        let marker = answered.items().first();
        let run = marker.and_then(|marker| marker.get("changed_in"));
        Ok(run == Some(&text(self.run.id.as_str())))
    }

    /// Writes what a run changes; `None` if a newer run has begun. Repeating it writes nothing new and gives the same
    /// answer.
    ///
    /// # Errors
    ///
    /// `TransactWriteItems` failed: some findings may be written; repeating it writes the rest.
    pub async fn apply(&self, delta: Delta) -> Result<Option<Written>, Error> {
        let mut written = Written {
            unchanged: delta.unchanged,
            ..Written::default()
        };
        delta
            .written
            .iter()
            .for_each(|finding| written.add(finding));
        let mut updates = Vec::new();
        for finding in &delta.writes {
            updates.push(transaction::put(self.table, finding)?);
            written.add(finding);
        }
        for finding in &delta.notes {
            updates.extend(transaction::note_import(&self.table.table, finding)?);
        }
        match self.write(updates).await? {
            Outcome::Done => Ok(Some(written)),
            Outcome::Superseded => Ok(None),
        }
    }

    /// The check that every transaction carries.
    pub(crate) fn guard(&self) -> Result<aws_sdk_dynamodb::types::ConditionCheck, Error> {
        let key = scope_marker::key(self.account, self.look.region.as_ref(), self.look.service);
        aws_sdk_dynamodb::types::ConditionCheck::builder()
            .table_name(&self.table.table)
            .set_key(Some(key))
            .condition_expression(STILL_OURS)
            .expression_attribute_values(":run", text(self.run.id.as_str()))
            .build()
            .map_err(|error| Error::malformed("TransactWriteItems", error))
    }

    pub(crate) fn client(&self) -> &Client {
        &self.table.client
    }
}
