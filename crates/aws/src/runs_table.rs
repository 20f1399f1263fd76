//! The runs table: the summary of every run, and the coverage and scores of each.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use compliance::{AccountScores, Coverage, Region, Run, RunId, RunSummary, Service};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::attribute::{self, Item, text};
use crate::error::Failed;
use crate::retention::Retention;
use crate::tables::{EXPIRES_AT, RUNS};
use crate::{Error, answer};

/// Items in one `BatchWriteItem` (DynamoDB, `BatchWriteItem`).
const BATCH: usize = 25;
/// Rounds in which what a batch left over is written again.
const ROUNDS: u32 = 5;
/// Pause before the second round; doubled each time, 1.5 s in all.
const PAUSE: Duration = Duration::from_millis(100);
/// The partition of the summaries.
pub(crate) const SUMMARIES: &str = "RUNS";
/// The attribute that holds the document.
pub(crate) const DOCUMENT: &str = "document";

/// The runs table.
#[derive(Debug, Clone)]
pub struct RunsTable {
    pub(crate) client: Client,
    pub(crate) table: String,
    retention: Retention,
}

impl RunsTable {
    /// The table, in the region and with the credentials of `config`.
    #[must_use]
    pub fn new(config: &SdkConfig, table: impl Into<String>) -> Self {
        Self {
            client: crate::client!(aws_sdk_dynamodb, config),
            table: table.into(),
            retention: Retention::default(),
        }
    }

    /// The table, whose rows of runs are kept so long. Summaries stay: they are few, and tell the trend.
    #[must_use]
    pub fn keeping(self, retention: Retention) -> Self {
        Self { retention, ..self }
    }

    /// Writes rows of a run's coverage; a row for the same scope replaces the one before.
    ///
    /// # Errors
    ///
    /// `BatchWriteItem` failed, or left rows over after several rounds.
    pub async fn put_coverage(&self, run: &Run, rows: &[Coverage]) -> Result<(), Error> {
        let places = rows.iter().map(|row| (coverage_place(row), row));
        self.put_all(run, &coverage_partition(&run.id), places)
            .await
    }

    /// Writes the scores of a run's accounts; those of the same account are replaced.
    ///
    /// # Errors
    ///
    /// As [`RunsTable::put_coverage`].
    pub async fn put_scores(&self, run: &Run, scores: &[AccountScores]) -> Result<(), Error> {
        let places = scores.iter().map(|it| (it.account.to_string(), it));
        self.put_all(run, &scores_partition(&run.id), places).await
    }

    /// The scores of a run's accounts, by account.
    ///
    /// # Errors
    ///
    /// `Query` failed, or an item is not what we write.
    pub async fn scores(&self, run: &RunId) -> Result<Vec<AccountScores>, Error> {
        self.documents(self.query(&scores_partition(run))).await
    }

    /// Writes documents of a partition by their sort keys, of equal ones the last.
    async fn put_all<T: Serialize>(
        &self,
        run: &Run,
        partition: &str,
        documents: impl Iterator<Item = (String, T)>,
    ) -> Result<(), Error> {
        let mut requests: BTreeMap<String, WriteRequest> = BTreeMap::new();
        for (place, document) in documents {
            let mut item = self.item(partition, &place, &document)?;
            let expiry = self.retention.expiry(run.started_at);
            item.insert(EXPIRES_AT.to_owned(), expiry);
            let put = PutRequest::builder().set_item(Some(item)).build();
            let put = put.map_err(|error| Error::malformed("BatchWriteItem", error))?;
            requests.insert(place, WriteRequest::builder().put_request(put).build());
        }
        let requests: Vec<WriteRequest> = requests.into_values().collect();
        for batch in requests.chunks(BATCH) {
            self.write(batch.to_vec()).await?;
        }
        Ok(())
    }

    /// The coverage of a run, by account, region and service.
    ///
    /// # Errors
    ///
    /// `Query` failed, or a row is not what we write.
    pub async fn coverage(&self, run: &RunId) -> Result<Vec<Coverage>, Error> {
        self.documents(self.query(&coverage_partition(run))).await
    }

    /// Writes the summary of a run; a repeated write replaces it.
    ///
    /// # Errors
    ///
    /// `PutItem` failed.
    pub async fn put_summary(&self, summary: &RunSummary) -> Result<(), Error> {
        let item = self.item(SUMMARIES, summary.run.id.as_str(), summary)?;
        let put = self.client.put_item().table_name(&self.table);
        let result = put.set_item(Some(item)).send().await;
        answer::stored("PutItem", &self.table, result)?;
        Ok(())
    }

    /// The summary of a run, if it was summed up.
    ///
    /// # Errors
    ///
    /// `GetItem` failed, or the summary is not what we write.
    pub async fn summary(&self, run: &RunId) -> Result<Option<RunSummary>, Error> {
        let get = self.client.get_item().table_name(&self.table);
        let result = get.set_key(Some(key(SUMMARIES, run.as_str()))).send().await;
        let answered = answer::stored("GetItem", &self.table, result)?;
        answered.item().map(|item| self.document(item)).transpose()
    }

    /// Writes a batch, and what it leaves over again after a pause.
    async fn write(&self, mut batch: Vec<WriteRequest>) -> Result<(), Error> {
        let mut pause = PAUSE;
        for round in 1..=ROUNDS {
            let write = self.client.batch_write_item();
            let result = write.request_items(&self.table, batch).send().await;
            let answered = answer::stored("BatchWriteItem", &self.table, result)?;
            let left = answered.unprocessed_items.unwrap_or_default();
            batch = left.into_values().flatten().collect();
            if batch.is_empty() {
                return Ok(());
            }
            if round < ROUNDS {
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
        }
        Err(Error::Throttled(Box::new(Failed {
            place: None,
            store: Some(self.table.clone()),
            operation: "BatchWriteItem",
            code: "UnprocessedItems".to_owned(),
            cause: None,
        })))
    }

    pub(crate) fn query(&self, partition: &str) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.table)
            .key_condition_expression("#partition = :partition")
            .expression_attribute_names("#partition", RUNS.key.partition)
            .expression_attribute_values(":partition", text(partition))
    }

    /// All documents of a query.
    pub(crate) async fn documents<T: DeserializeOwned>(
        &self,
        query: QueryFluentBuilder,
    ) -> Result<Vec<T>, Error> {
        let mut pages = query.into_paginator().send();
        let mut documents = Vec::new();
        while let Some(page) = pages.next().await {
            for item in answer::stored("Query", &self.table, page)?.items() {
                documents.push(self.document(item)?);
            }
        }
        Ok(documents)
    }

    pub(crate) fn item<T: Serialize>(
        &self,
        partition: &str,
        sort: &str,
        document: &T,
    ) -> Result<Item, Error> {
        let mut item = key(partition, sort);
        let document = attribute::of(document).map_err(|source| Error::Unwritable {
            document: format!("{} {partition} {sort}", self.table),
            source,
        })?;
        item.insert(DOCUMENT.to_owned(), document);
        Ok(item)
    }

    pub(crate) fn document<T: DeserializeOwned>(&self, item: &Item) -> Result<T, Error> {
        let document = item.get(DOCUMENT).map(attribute::read).transpose();
        let unreadable = |source: Box<dyn std::error::Error + Send + Sync>| Error::Unreadable {
            document: format!("{} {:?}", self.table, item.get(RUNS.key.sort)),
            source,
        };
        document
            .map_err(|error| unreadable(Box::new(error)))?
            .ok_or_else(|| unreadable("it holds no document".into()))
    }
}

pub(crate) fn key(partition: &str, sort: &str) -> Item {
    Item::from([
        (RUNS.key.partition.to_owned(), text(partition)),
        (RUNS.key.sort.to_owned(), text(sort)),
    ])
}

/// The partition of a run's coverage.
pub(crate) fn coverage_partition(run: &RunId) -> String {
    format!("RUN#{run}")
}

/// The partition of the scores of a run's accounts.
fn scores_partition(run: &RunId) -> String {
    format!("SCORES#{run}")
}

/// The sort key of a row: `{account}#{region|*}#{service|*}`.
fn coverage_place(row: &Coverage) -> String {
    let region = row.region.as_ref().map_or("*", Region::as_str);
    let service = row.service.map_or("*", Service::as_str);
    format!("{}#{region}#{service}", row.account)
}
