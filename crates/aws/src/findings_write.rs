//! The findings table: what a run writes. Only what changed is written, and never over a newer run.

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use compliance::{AccountId, Finding, FindingChange, Run};
use futures::StreamExt;
use futures::stream;

use crate::answer;
use crate::attribute::text;
use crate::delta;
pub use crate::delta::{Delta, ScopeVerdicts};
use crate::findings_table::FindingsTable;
use crate::{Error, finding_item};

/// Items written at a time: some 2,000 a second at 10 ms each, twice what one partition takes.
const WRITES: usize = 16;
/// A write goes ahead unless a newer run has written.
const NOT_NEWER: &str = "attribute_not_exists(run_started_at) OR run_started_at <= :run_started_at";

/// What a run changed in a scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Findings that this run changed, each with its new state.
    pub findings: Vec<Finding>,
    /// Findings that stay as they are.
    pub unchanged: u64,
}

impl Written {
    /// How many findings the run changed in this way.
    #[must_use]
    pub fn count(&self, change: FindingChange) -> u64 {
        let changed = self.findings.iter();
        changed.filter(|f| f.last_change() == change).count() as u64
    }
}

impl FindingsTable {
    /// Compares what a run found in a scope with the stored findings; `None` if a newer run has written
    /// the scope. Nothing but the scope's marker is written: [`FindingsTable::apply`] writes the rest.
    ///
    /// The marker (`scope#{region|global}#{service}`) names the newest run that wrote the scope, so that an
    /// older run that finishes late changes nothing there, not even what the newer one found unchanged.
    ///
    /// # Errors
    ///
    /// `Query` or `UpdateItem` failed, or a stored item is not what we write.
    pub async fn compare(
        &self,
        run: &Run,
        account: &AccountId,
        scope: &ScopeVerdicts,
    ) -> Result<Option<Delta>, Error> {
        if scope.verdicts.is_empty() && scope.resolvable.is_empty() {
            return Ok(Some(Delta::default()));
        }
        if !self.mark(run, account, scope).await? {
            return Ok(None);
        }
        let stored = self
            .of_scope(account, scope.region.as_ref(), scope.service)
            .await?;
        Ok(Some(delta::between(run, scope, stored)))
    }

    /// Writes what a run changes in a scope. Repeating it writes nothing new and gives the same answer.
    ///
    /// # Errors
    ///
    /// `UpdateItem` failed: some findings may be written; repeating it writes the rest.
    pub async fn apply(&self, delta: Delta) -> Result<Written, Error> {
        let mut written = Written {
            findings: delta.written,
            unchanged: delta.unchanged,
        };
        let mut writes = stream::iter(delta.writes)
            .map(|finding| async move {
                let done = self.put(&finding).await?;
                Ok::<_, Error>(done.then_some(finding))
            })
            .buffered(WRITES);
        while let Some(write) = writes.next().await {
            written.findings.extend(write?);
        }
        let mut notes = stream::iter(delta.notes)
            .map(|finding| async move { self.note_import(&finding).await })
            .buffered(WRITES);
        while let Some(note) = notes.next().await {
            note?;
        }
        Ok(written)
    }

    /// Writes when a finding was imported, unless another run has changed it since it was read.
    async fn note_import(&self, finding: &Finding) -> Result<bool, Error> {
        let Some(imported_at) = finding.imported_at else {
            return Ok(false);
        };
        let result = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(finding_item::key(finding)))
            .update_expression("SET imported_at = :imported_at")
            .condition_expression("changed_in = :changed_in")
            .expression_attribute_values(":imported_at", text(finding_item::moment(imported_at)))
            .expression_attribute_values(":changed_in", text(finding.changed_in.as_str()))
            .send()
            .await;
        self.unless_newer(result)
    }

    /// Notes in the scope's marker that this run writes; false if a newer one has.
    async fn mark(
        &self,
        run: &Run,
        account: &AccountId,
        scope: &ScopeVerdicts,
    ) -> Result<bool, Error> {
        let place = finding_item::scope_prefix(scope.region.as_ref(), scope.service);
        let place = format!("scope#{}", place.trim_end_matches('#'));
        let result = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(finding_item::keyed(account, place)))
            .update_expression("SET run_started_at = :run_started_at, changed_in = :run")
            .condition_expression(NOT_NEWER)
            .expression_attribute_values(
                ":run_started_at",
                text(finding_item::moment(run.started_at)),
            )
            .expression_attribute_values(":run", text(run.id.as_str()))
            .send()
            .await;
        self.unless_newer(result)
    }

    /// Writes one finding; false if a newer run has written it. Attributes that are not ours stay.
    async fn put(&self, finding: &Finding) -> Result<bool, Error> {
        let mut set = Vec::new();
        let mut remove = Vec::new();
        let mut update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(finding_item::key(finding)))
            .condition_expression(NOT_NEWER);
        for (name, value) in finding_item::attributes(finding)? {
            update = update.expression_attribute_names(format!("#{name}"), name);
            if let Some(value) = value {
                set.push(format!("#{name} = :{name}"));
                update = update.expression_attribute_values(format!(":{name}"), value);
            } else {
                remove.push(format!("#{name}"));
            }
        }
        let mut expression = format!("SET {}", set.join(", "));
        if !remove.is_empty() {
            expression = format!("{expression} REMOVE {}", remove.join(", "));
        }
        self.unless_newer(update.update_expression(expression).send().await)
    }

    /// False where the condition failed.
    fn unless_newer<T, E: ProvideErrorMetadata>(
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
