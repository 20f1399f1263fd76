//! The findings table: what is asked of it. Every question is an indexed query with paging, never a scan.

use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::Select;
use compliance::{AccountId, ControlId, Finding, Region, RunId, Service, Severity};
use futures::future::try_join_all;

use crate::attribute::text;
use crate::tables::{
    self, BY_CONTROL, BY_RESOURCE, CHANGED_IN_RUN, FINDINGS, Key, OPEN_BY_SEVERITY,
};
use crate::{Error, answer, finding_item};

/// The findings table.
#[derive(Debug, Clone)]
pub struct FindingsTable {
    pub(crate) client: Client,
    pub(crate) table: String,
}

impl FindingsTable {
    /// The table, in the region and with the credentials of `config`.
    #[must_use]
    pub fn new(config: &SdkConfig, table: impl Into<String>) -> Self {
        Self {
            client: crate::client!(aws_sdk_dynamodb, config),
            table: table.into(),
        }
    }

    /// All findings of an account, by place.
    ///
    /// # Errors
    ///
    /// `Query` failed, or an item is not what we write.
    pub async fn of_account(&self, account: &AccountId) -> Result<Vec<Finding>, Error> {
        let query = self.query(None, FINDINGS.key, account.as_str(), None);
        self.all(query, None).await
    }

    /// All findings of a scope, by resource and control; consistent with every write that has ended.
    ///
    /// # Errors
    ///
    /// `Query` failed, or an item is not what we write.
    pub async fn of_scope(
        &self,
        account: &AccountId,
        region: Option<&Region>,
        service: Service,
    ) -> Result<Vec<Finding>, Error> {
        let prefix = finding_item::scope_prefix(region, service);
        let query = self.query(None, FINDINGS.key, account.as_str(), Some(&prefix));
        self.all(query.consistent_read(true), None).await
    }

    /// The open failures of a severity, the oldest first, at most `most`.
    ///
    /// # Errors
    ///
    /// `Query` failed, or an item is not what we write.
    pub async fn open_by_severity(
        &self,
        severity: Severity,
        most: usize,
    ) -> Result<Vec<Finding>, Error> {
        let index = OPEN_BY_SEVERITY;
        let mut findings = self
            .of_shards(index.name, index.key, severity.as_str(), Some(most))
            .await?;
        findings.sort_by(|a, b| {
            (a.first_observed_at, a.id.as_str()).cmp(&(b.first_observed_at, b.id.as_str()))
        });
        findings.truncate(most);
        Ok(findings)
    }

    /// How many open failures of a severity there are.
    ///
    /// # Errors
    ///
    /// `Query` failed.
    pub async fn count_open(&self, severity: Severity) -> Result<u64, Error> {
        let index = OPEN_BY_SEVERITY;
        let counts = (0..tables::SHARDS).map(|shard| {
            let partition = format!("{severity}#{shard}");
            self.count(self.query(Some(index.name), index.key, &partition, None))
        });
        Ok(try_join_all(counts).await?.into_iter().sum())
    }

    /// All findings of a control, by account and place.
    ///
    /// # Errors
    ///
    /// `Query` failed, or an item is not what we write.
    pub async fn by_control(&self, control: &ControlId) -> Result<Vec<Finding>, Error> {
        let index = BY_CONTROL;
        let mut findings = self
            .of_shards(index.name, index.key, control.as_str(), None)
            .await?;
        findings.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(findings)
    }

    /// All findings of a resource, by control.
    ///
    /// # Errors
    ///
    /// `Query` failed, or an item is not what we write.
    pub async fn by_resource(&self, resource: &str) -> Result<Vec<Finding>, Error> {
        let index = BY_RESOURCE;
        let query = self.query(Some(index.name), index.key, resource, None);
        self.all(query, None).await
    }

    /// All findings that a run was the last to change, by id.
    ///
    /// # Errors
    ///
    /// `Query` failed, or an item is not what we write.
    pub async fn changed_in(&self, run: &RunId) -> Result<Vec<Finding>, Error> {
        let index = CHANGED_IN_RUN;
        let mut findings = self
            .of_shards(index.name, index.key, run.as_str(), None)
            .await?;
        findings.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(findings)
    }

    /// The findings of all shards of an index key, at most `most` of each.
    async fn of_shards(
        &self,
        index: &str,
        key: Key,
        partition: &str,
        most: Option<usize>,
    ) -> Result<Vec<Finding>, Error> {
        let shards = (0..tables::SHARDS).map(|shard| {
            let partition = format!("{partition}#{shard}");
            self.all(self.query(Some(index), key, &partition, None), most)
        });
        Ok(try_join_all(shards).await?.into_iter().flatten().collect())
    }

    fn query(
        &self,
        index: Option<&str>,
        key: Key,
        partition: &str,
        prefix: Option<&str>,
    ) -> QueryFluentBuilder {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .set_index_name(index.map(str::to_owned))
            .expression_attribute_names("#partition", key.partition)
            .expression_attribute_values(":partition", text(partition));
        match prefix {
            None => query.key_condition_expression("#partition = :partition"),
            Some(prefix) => query
                .key_condition_expression("#partition = :partition AND begins_with(#sort, :prefix)")
                .expression_attribute_names("#sort", key.sort)
                .expression_attribute_values(":prefix", text(prefix)),
        }
    }

    /// All pages of a query, or as many as hold `most` findings.
    async fn all(
        &self,
        query: QueryFluentBuilder,
        most: Option<usize>,
    ) -> Result<Vec<Finding>, Error> {
        let limit = most.and_then(|most| i32::try_from(most.max(1)).ok());
        let mut pages = query.set_limit(limit).into_paginator().send();
        let mut findings = Vec::new();
        while let Some(page) = pages.next().await {
            for item in answer::stored("Query", &self.table, page)?.items() {
                findings.extend(finding_item::parse(item)?);
            }
            if most.is_some_and(|most| findings.len() >= most) {
                break;
            }
        }
        Ok(findings)
    }

    async fn count(&self, query: QueryFluentBuilder) -> Result<u64, Error> {
        let mut pages = query.select(Select::Count).into_paginator().send();
        let mut count = 0;
        while let Some(page) = pages.next().await {
            let page = answer::stored("Query", &self.table, page)?;
            count += u64::try_from(page.count()).unwrap_or_default();
        }
        Ok(count)
    }
}
