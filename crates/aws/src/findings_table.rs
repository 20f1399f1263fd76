//! The findings table: what is asked of it. Every question is an indexed query with paging, never a scan.

use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::Select;
use compliance::{ControlId, Finding, FindingId, Severity, SuppressionId, Suppressions};
use futures::future::try_join_all;
use jiff::Timestamp;

use crate::findings_merge::Merge;
use crate::page::{LeftOut, Page, Token};
use crate::question::{NoIndex, Question, Source};
use crate::retention::Retention;
use crate::tables::BY_RESOURCE;
use crate::{Error, answer, finding_item};

/// The findings table.
#[derive(Debug, Clone)]
pub struct FindingsTable {
    pub(crate) client: Client,
    pub(crate) table: String,
    pub(crate) retention: Retention,
}

/// What is known besides the table when a question is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// All suppressions, those that have ended included.
    pub suppressions: &'a Suppressions,
    /// The time of the question.
    pub now: Timestamp,
}

/// Which part of an answer is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// What the page before ended with; `None` for the first one.
    pub after: Option<&'a Token>,
    /// At most so many findings.
    pub limit: usize,
    /// Count what comes after, but no further than this.
    pub count: u64,
}

impl FindingsTable {
    /// The table, in the region and with the credentials of `config`.
    #[must_use]
    pub fn new(config: &SdkConfig, table: impl Into<String>) -> Self {
        Self {
            client: crate::client!(aws_sdk_dynamodb, config),
            table: table.into(),
            retention: Retention::default(),
        }
    }

    /// The table, whose resolved findings are kept so long.
    #[must_use]
    pub fn keeping(self, retention: Retention) -> Self {
        Self { retention, ..self }
    }

    /// A page of the findings that are wanted, in the order of the index that answers: open ones the worst first,
    /// then the oldest; those of a control by account, of a resource by control, of a run by id.
    ///
    /// # Errors
    ///
    /// `Query` failed, or an item is not what we write; the inner error if no index answers.
    pub async fn page(
        &self,
        question: &Question,
        asked: Asked<'_>,
        part: Part<'_>,
    ) -> Result<Result<Page<Finding>, NoIndex>, Error> {
        let plan = match question.plan(asked.suppressions, asked.now) {
            Ok(plan) => plan,
            Err(none) => return Ok(Err(none)),
        };
        let mut merge = Merge::new(self, plan, part.after, part.limit);
        let mut page = Page::whole(Vec::new());
        let mut last = None;
        let mut rest = 0;
        while let Some((token, finding)) = merge.next().await? {
            let finding = finding.at(asked.suppressions, asked.now);
            if !question.wants(&finding) {
                continue;
            }
            if page.items.len() < part.limit {
                page.items.push(finding);
                last = Some(token);
                continue;
            }
            page.next.clone_from(&last);
            if rest >= part.count {
                break;
            }
            rest += 1;
        }
        let counted = part.count > 0;
        page.left_out = counted.then_some(LeftOut {
            count: rest,
            or_more: rest >= part.count,
        });
        Ok(Ok(page))
    }

    /// How many open failures of a severity there are.
    ///
    /// # Errors
    ///
    /// `Query` failed.
    pub async fn count_open(&self, severity: Severity, asked: Asked<'_>) -> Result<u64, Error> {
        let question = Question {
            severities: [severity].into(),
            ..Question::default()
        };
        if asked.suppressions.records().is_empty() {
            let plan = question.plan(asked.suppressions, asked.now);
            let sources = plan.unwrap_or_default().into_iter().flatten();
            let counts = sources.map(|source| self.count(self.query(&source)));
            return Ok(try_join_all(counts).await?.into_iter().sum());
        }
        // What a suppression covers now, only the findings themselves tell.
        let part = Part {
            after: None,
            limit: 0,
            count: u64::MAX,
        };
        let page = self.page(&question, asked, part).await?;
        let left_out = page.ok().and_then(|page| page.left_out);
        Ok(left_out.map_or(0, |left_out| left_out.count))
    }

    /// Asks something that costs nothing, to see whether the table answers.
    ///
    /// # Errors
    ///
    /// `Query` failed.
    pub async fn reach(&self) -> Result<(), Error> {
        let query = self.query(&Source {
            index: Some(BY_RESOURCE.name),
            key: BY_RESOURCE.key,
            partition: "nothing".to_owned(),
            range: None,
        });
        self.count(query).await.map(drop)
    }

    /// How many findings the last runs have found covered by a suppression.
    ///
    /// # Errors
    ///
    /// `Query` failed.
    pub async fn count_suppressed(&self, id: &SuppressionId) -> Result<u64, Error> {
        let question = Question {
            suppression: Some(id.clone()),
            ..Question::default()
        };
        let plan = question.plan(&Suppressions::default(), Timestamp::UNIX_EPOCH);
        let sources = plan.unwrap_or_default().into_iter().flatten();
        let counts = sources.map(|source| self.count(self.query(&source)));
        Ok(try_join_all(counts).await?.into_iter().sum())
    }

    /// The finding of a control on a resource, with the last steps of its life; `None` if there never was one, or
    /// it was resolved so long ago that it was deleted.
    ///
    /// # Errors
    ///
    /// `Query` failed, or the item is not what we write.
    pub async fn finding(
        &self,
        id: &FindingId,
        control: &ControlId,
        resource: &str,
    ) -> Result<Option<Finding>, Error> {
        let query = self.query(&Source {
            index: Some(BY_RESOURCE.name),
            key: BY_RESOURCE.key,
            partition: resource.to_owned(),
            range: Some((control.to_string(), control.to_string())),
        });
        let found = self.all(query).await?;
        Ok(found.into_iter().find(|finding| finding.id == *id))
    }

    pub(crate) fn query(&self, source: &Source) -> QueryFluentBuilder {
        let (condition, values) = source.condition();
        let mut query = self
            .client
            .query()
            .table_name(&self.table)
            .set_index_name(source.index.map(str::to_owned))
            .key_condition_expression(condition)
            .expression_attribute_names("#partition", source.key.partition);
        if source.range.is_some() {
            query = query.expression_attribute_names("#sort", source.key.sort);
        }
        for (name, value) in values {
            query = query.expression_attribute_values(name, value);
        }
        query
    }

    /// The findings of all pages of a query.
    async fn all(&self, query: QueryFluentBuilder) -> Result<Vec<Finding>, Error> {
        let mut pages = query.into_paginator().send();
        let mut findings = Vec::new();
        while let Some(page) = pages.next().await {
            for item in answer::stored("Query", &self.table, page)?.items() {
                findings.extend(finding_item::parse(item)?);
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
