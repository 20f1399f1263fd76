//! The coverage of a run, one page at a time: ten thousand accounts have some hundred thousand rows.

use std::fmt;

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use compliance::{Coverage, RunId};

use crate::attribute::Item;
use crate::runs_table::{self, RunsTable};
use crate::{Error, answer};

/// Pages of coverage rows, by account, region and service, consistent with every write that has ended.
pub struct CoveragePages<'a> {
    table: &'a RunsTable,
    query: QueryFluentBuilder,
    after: Option<Item>,
    ended: bool,
}

impl fmt::Debug for CoveragePages<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CoveragePages")
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

impl RunsTable {
    /// The coverage of a run in pages.
    #[must_use]
    pub fn coverage_pages(&self, run: &RunId) -> CoveragePages<'_> {
        let partition = runs_table::coverage_partition(run);
        CoveragePages {
            table: self,
            query: self.query(&partition).consistent_read(true),
            after: None,
            ended: false,
        }
    }
}

impl CoveragePages<'_> {
    /// The next page; `None` after the last.
    ///
    /// # Errors
    ///
    /// `Query` failed, or a row is not what we write.
    pub async fn next(&mut self) -> Result<Option<Vec<Coverage>>, Error> {
        if self.ended {
            return Ok(None);
        }
        let query = self
            .query
            .clone()
            .set_exclusive_start_key(self.after.take());
        let answered = answer::stored("Query", &self.table.table, query.send().await)?;
        let rows = answered
            .items()
            .iter()
            .map(|item| self.table.document(item));
        let rows = rows.collect::<Result<_, _>>()?;
        self.after = answered.last_evaluated_key.filter(|key| !key.is_empty());
        self.ended = self.after.is_none();
        Ok(Some(rows))
    }
}
