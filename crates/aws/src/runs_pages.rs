//! Pages of the runs table for people: the newest runs, and the coverage of one; what is left out is counted.

use aws_sdk_dynamodb::types::Select;
use compliance::{Coverage, RunId, RunSummary};
use serde::de::DeserializeOwned;

use crate::attribute::Item;
use crate::page::{LeftOut, Page, Token};
use crate::runs_table::{RunsTable, SUMMARIES, coverage_partition, key};
use crate::tables::RUNS;
use crate::{Error, answer};

impl RunsTable {
    /// A page of the coverage of a run, by account, region and service.
    ///
    /// # Errors
    ///
    /// `Query` failed, or a row is not what we write.
    pub async fn coverage_page(
        &self,
        run: &RunId,
        after: Option<&Token>,
        limit: usize,
    ) -> Result<Page<Coverage>, Error> {
        let partition = coverage_partition(run);
        self.page(&partition, true, after, limit).await
    }

    /// A page of the summaries, the newest first.
    ///
    /// # Errors
    ///
    /// `Query` failed, or a summary is not what we write.
    pub async fn summaries(
        &self,
        after: Option<&Token>,
        limit: usize,
    ) -> Result<Page<RunSummary>, Error> {
        self.page(SUMMARIES, false, after, limit).await
    }

    /// A page of the documents of a partition; what comes after it is counted.
    async fn page<T: DeserializeOwned>(
        &self,
        partition: &str,
        forward: bool,
        after: Option<&Token>,
        limit: usize,
    ) -> Result<Page<T>, Error> {
        let mut start = after.map(|token| key(partition, &token.position().sort));
        let mut page = Page::whole(Vec::new());
        let mut last = None;
        while page.items.len() < limit {
            let wanted = i32::try_from(limit - page.items.len()).unwrap_or(i32::MAX);
            let query = self.query(partition).scan_index_forward(forward);
            let query = query.limit(wanted).set_exclusive_start_key(start.take());
            let answered = answer::stored("Query", &self.table, query.send().await)?;
            for item in answered.items() {
                page.items.push(self.document(item)?);
                last = item
                    .get(RUNS.key.sort)
                    .and_then(|sort| sort.as_s().ok())
                    .cloned();
            }
            start = answered.last_evaluated_key;
            if start.is_none() {
                return Ok(page);
            }
        }
        let count = self.count_after(partition, forward, start).await?;
        if count > 0 {
            page.next = last.map(|sort| Token::new(0, sort, ""));
        }
        page.left_out = Some(LeftOut {
            count,
            or_more: false,
        });
        Ok(page)
    }

    /// How many documents of a partition come after a key.
    async fn count_after(
        &self,
        partition: &str,
        forward: bool,
        start: Option<Item>,
    ) -> Result<u64, Error> {
        let query = self.query(partition).scan_index_forward(forward);
        let query = query.select(Select::Count).set_exclusive_start_key(start);
        let mut pages = query.into_paginator().send();
        let mut count = 0;
        while let Some(page) = pages.next().await {
            let page = answer::stored("Query", &self.table, page)?;
            count += u64::try_from(page.count()).unwrap_or_default();
        }
        Ok(count)
    }
}
