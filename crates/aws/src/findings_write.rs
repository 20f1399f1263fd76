//! The findings table: what a run writes. Only what changed is written, and never over a newer run.

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use compliance::{AccountId, Finding, Run};
use futures::StreamExt;
use futures::stream;

use crate::answer;
use crate::attribute::text;
pub use crate::delta::ScopeVerdicts;
use crate::delta::{self, Change, Delta};
use crate::findings_table::FindingsTable;
use crate::{Error, finding_item};

/// Scopes compared at a time: each is one range query.
const SCOPES: usize = 8;
/// Items written at a time: some 2,000 a second at 10 ms each, twice what one partition takes.
const WRITES: usize = 16;
/// A write goes ahead unless a newer run has written.
const NOT_NEWER: &str = "attribute_not_exists(run_started_at) OR run_started_at <= :run_started_at";

/// What a run changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Findings that are new, or failed again after they were resolved.
    pub opened: Vec<Finding>,
    /// Findings whose verdict says something else than before.
    pub changed: Vec<Finding>,
    /// Findings that no longer stand.
    pub resolved: Vec<Finding>,
    /// Findings that stay as they are; nothing was written for them.
    pub unchanged: u64,
    /// Scopes of which a newer run has written, so that nothing was.
    pub superseded: u64,
}

impl Written {
    fn add(&mut self, change: Change, finding: Finding) {
        match change {
            Change::Opened => self.opened.push(finding),
            Change::Changed => self.changed.push(finding),
            Change::Resolved => self.resolved.push(finding),
        }
    }

    fn extend(&mut self, other: Self) {
        self.opened.extend(other.opened);
        self.changed.extend(other.changed);
        self.resolved.extend(other.resolved);
        self.unchanged += other.unchanged;
        self.superseded += other.superseded;
    }
}

impl FindingsTable {
    /// Writes what a run found in the scopes of an account. Repeating it writes nothing and gives the same answer.
    ///
    /// Each scope has a marker (`scope#{region|global}#{service}`) with the newest run that wrote it, so that an
    /// older run that finishes late changes nothing there, not even what the newer one found unchanged.
    ///
    /// # Errors
    ///
    /// `Query` or `UpdateItem` failed, or a stored item is not what we write.
    pub async fn write_account(
        &self,
        run: &Run,
        account: &AccountId,
        scopes: &[ScopeVerdicts],
    ) -> Result<Written, Error> {
        let mut results = stream::iter(scopes.iter())
            .map(|scope| self.write_scope(run, account, scope))
            .buffered(SCOPES);
        let mut written = Written::default();
        while let Some(scope) = results.next().await {
            written.extend(scope?);
        }
        Ok(written)
    }

    async fn write_scope(
        &self,
        run: &Run,
        account: &AccountId,
        scope: &ScopeVerdicts,
    ) -> Result<Written, Error> {
        if scope.verdicts.is_empty() && scope.resolvable.is_empty() {
            return Ok(Written::default());
        }
        if !self.mark(run, account, scope).await? {
            return Ok(Written {
                superseded: 1,
                ..Written::default()
            });
        }
        let stored = self
            .of_scope(account, scope.region.as_ref(), scope.service)
            .await?;
        self.apply(delta::between(run, scope, stored)).await
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

    async fn apply(&self, delta: Delta) -> Result<Written, Error> {
        let mut written = Written {
            unchanged: delta.unchanged,
            ..Written::default()
        };
        for (change, finding) in delta.written {
            written.add(change, finding);
        }
        let mut writes = stream::iter(delta.writes)
            .map(|(change, finding)| async move {
                let done = self.put(&finding).await?;
                Ok::<_, Error>(done.then_some((change, finding)))
            })
            .buffered(WRITES);
        while let Some(write) = writes.next().await {
            if let Some((change, finding)) = write? {
                written.add(change, finding);
            }
        }
        Ok(written)
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
