//! The comparison of a slice with its stored findings, one page of a range query at a time.

use std::collections::BTreeSet;
use std::fmt;

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use compliance::{AccountId, Finding};

use crate::attribute::{Item, text};
use crate::delta::{self, Accepts, Delta};
use crate::findings_table::FindingsTable;
use crate::findings_write::ScopeWriter;
use crate::slice::{Merge, PlaceRange, Slice};
use crate::tables::FINDINGS;
use crate::{Error, answer, finding_item};

/// A slice that is being compared.
pub struct Comparison<'a> {
    writer: &'a ScopeWriter<'a>,
    accepts: Accepts<'a>,
    pages: Pages,
    merge: Merge,
    resources: BTreeSet<String>,
}

impl fmt::Debug for Comparison<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Comparison")
            .field("merge", &self.merge)
            .finish_non_exhaustive()
    }
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(writer: &'a ScopeWriter<'a>, slice: Slice, accepts: Accepts<'a>) -> Self {
        Self {
            writer,
            accepts,
            pages: Pages::of(writer.table, writer.account, &slice.range),
            merge: Merge::new(writer.look.service, slice.verdicts),
            resources: slice.resources,
        }
    }

    /// What the run changes in the next step of the slice; `None` at its end.
    ///
    /// # Errors
    ///
    /// `Query` failed, or a stored item is not what we write.
    pub async fn next(&mut self) -> Result<Option<Delta>, Error> {
        loop {
            if let Some(step) = self.merge.step() {
                let ScopeWriter { run, look, .. } = self.writer;
                let delta = delta::between(run, look, self.accepts, &self.resources, step);
                return Ok(Some(delta));
            }
            if self.pages.ended {
                return Ok(None);
            }
            let page = self.pages.next().await?;
            self.merge.add(page);
            if self.pages.ended {
                self.merge.end();
            }
        }
    }
}

/// The pages of the stored findings in a range, consistent with every write that has ended.
struct Pages {
    query: QueryFluentBuilder,
    table: String,
    after: Option<Item>,
    ended: bool,
}

impl Pages {
    fn of(table: &FindingsTable, account: &AccountId, range: &PlaceRange) -> Self {
        // `BETWEEN` takes its upper bound in; no place is one (see `PlaceRange`).
        let query = table
            .client
            .query()
            .table_name(&table.table)
            .consistent_read(true)
            .key_condition_expression("#partition = :partition AND #sort BETWEEN :from AND :to")
            .expression_attribute_names("#partition", FINDINGS.key.partition)
            .expression_attribute_names("#sort", FINDINGS.key.sort)
            .expression_attribute_values(":partition", text(account.as_str()))
            .expression_attribute_values(":from", text(&range.from))
            .expression_attribute_values(":to", text(&range.to));
        Self {
            query,
            table: table.table.clone(),
            after: None,
            ended: false,
        }
    }

    async fn next(&mut self) -> Result<Vec<Finding>, Error> {
        let query = self
            .query
            .clone()
            .set_exclusive_start_key(self.after.take());
        let answered = answer::stored("Query", &self.table, query.send().await)?;
        let mut findings = Vec::new();
        for item in answered.items() {
            findings.extend(finding_item::parse(item)?);
        }
        self.after = answered.last_evaluated_key.filter(|key| !key.is_empty());
        self.ended = self.after.is_none();
        Ok(findings)
    }
}
