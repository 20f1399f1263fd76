//! Suppressions that operators make and take back.

use anyhow::{Context, bail};
use aws::{LeftOut, Page, Token};
use compliance::suppression::Draft;
use compliance::{
    Suppression, SuppressionId, SuppressionRecord, SuppressionSource, SuppressionStatus,
};
use controls::Catalog;
use futures::stream::{self, StreamExt, TryStreamExt};
use jiff::Timestamp;

use crate::questions::{Tables, Wanted, matched_by};
use crate::report::suppressions::Standing;

/// Suppressions whose findings are counted at a time; each takes eight queries.
const COUNTED_AT_ONCE: usize = 4;
/// Findings read at a time to see which of them are accepted.
const READ_AT_ONCE: usize = 500;

/// Which suppressions are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those in force, and those that begin later.
    Standing,
    /// Those in force that are over within 14 days.
    Expiring,
    /// Those that are over, too.
    All,
}

impl Tables {
    /// Makes a suppression, and says how many findings that are open it covers from now on; nothing is written
    /// unless all is right.
    ///
    /// # Errors
    ///
    /// If it breaks a rule, names no control, is over already, has the id of another one, or a table does not answer.
    pub async fn suppress(
        &self,
        draft: Draft,
        who: String,
        catalog: &Catalog,
    ) -> anyhow::Result<Standing> {
        let now = draft.created;
        if draft.expires <= now {
            bail!(
                "a suppression that expires {} is over already: it is {now}",
                draft.expires
            );
        }
        let suppression = Suppression::try_from(draft)?;
        suppression.check_controls(catalog.controls().map(|control| &control.id))?;
        let id = suppression.id().clone();
        if self.suppressions().await?.knows(&id) {
            bail!("there is a suppression `{id}`, or there was one: choose another id");
        }
        let findings = self.matched(&suppression).await?;
        let record = SuppressionRecord {
            suppression,
            source: SuppressionSource::Operator,
            created_by: Some(who),
            withdrawn_at: None,
            withdrawn_by: None,
        };
        let added = self.runs.add_suppression(&record).await;
        if !added.context("cannot write the suppression")? {
            bail!("somebody has just made a suppression `{id}`: choose another id");
        }
        Ok(Standing {
            status: record.status(now),
            findings,
            record,
        })
    }

    /// Takes a suppression back.
    ///
    /// # Errors
    ///
    /// If there is none with this id, it is the configuration's, or over already, or the table does not answer.
    pub async fn unsuppress(&self, id: &SuppressionId, who: String) -> anyhow::Result<Standing> {
        let known = self.suppressions().await?;
        let named = known
            .records()
            .iter()
            .filter(|it| it.suppression.id() == id);
        let named: Vec<&SuppressionRecord> = named.collect();
        let own = named
            .iter()
            .find(|it| it.source == SuppressionSource::Operator);
        let Some(own) = own else {
            if named.is_empty() {
                bail!("there is no suppression `{id}`; see `orgsweep suppressions`");
            }
            bail!(
                "the suppression `{id}` is in the configuration of the environment: take it out there"
            );
        };
        let now = Timestamp::now();
        let status = own.status(now);
        if matches!(
            status,
            SuppressionStatus::Expired | SuppressionStatus::Withdrawn
        ) {
            bail!(
                "the suppression `{id}` is over already: {}",
                status.as_str()
            );
        }
        let withdrawn = SuppressionRecord {
            withdrawn_at: Some(now),
            withdrawn_by: Some(who),
            ..(*own).clone()
        };
        let written = self.runs.withdraw_suppression(&withdrawn).await;
        if !written.context("cannot write the suppression")? {
            bail!("somebody has just taken the suppression `{id}` back");
        }
        let findings = self.findings.count_suppressed(id).await;
        Ok(Standing {
            status: withdrawn.status(now),
            findings: findings.context("cannot count the findings")?,
            record: withdrawn,
        })
    }

    /// How many findings are open now that a suppression matches: what it would hide.
    ///
    /// # Errors
    ///
    /// If a table does not answer.
    pub async fn matched(&self, suppression: &Suppression) -> anyhow::Result<u64> {
        let question = matched_by(suppression);
        let mut wanted = Wanted {
            after: None,
            limit: READ_AT_ONCE,
        };
        let mut matched = 0;
        loop {
            let page = self.findings(&question, &wanted).await?;
            let findings = page.items.iter();
            let matching = findings.filter(|finding| suppression.matches(&finding.verdict));
            matched += matching.count() as u64;
            match page.next {
                Some(next) => wanted.after = Some(next),
                None => return Ok(matched),
            }
        }
    }

    /// A page of the suppressions, by id.
    ///
    /// # Errors
    ///
    /// If a table does not answer.
    pub async fn standings(&self, which: Which, wanted: &Wanted) -> anyhow::Result<Page<Standing>> {
        let now = Timestamp::now();
        let known = self.suppressions().await?;
        let records = known
            .records()
            .iter()
            .filter(|record| which.wants(record, now));
        let mut records: Vec<&SuppressionRecord> = records.collect();
        records.sort_by_key(|record| (record.suppression.id(), record.source));
        let page = page(&records, wanted);
        let standing = |record: &SuppressionRecord| {
            let record = record.clone();
            async move {
                let id = record.suppression.id();
                let findings = self.findings.count_suppressed(id).await;
                anyhow::Ok(Standing {
                    status: record.status(now),
                    findings: findings.context("cannot count the findings")?,
                    record,
                })
            }
        };
        let standings = stream::iter(page.items.iter().copied()).map(standing);
        Ok(Page {
            items: standings.buffered(COUNTED_AT_ONCE).try_collect().await?,
            next: page.next,
            left_out: page.left_out,
        })
    }
}

impl Which {
    fn wants(self, record: &SuppressionRecord, now: Timestamp) -> bool {
        match self {
            Self::All => true,
            Self::Expiring => record.expires_soon(now),
            Self::Standing => matches!(
                record.status(now),
                SuppressionStatus::Pending | SuppressionStatus::InForce
            ),
        }
    }
}

/// The part of the records that is wanted.
fn page<'a>(records: &[&'a SuppressionRecord], wanted: &Wanted) -> Page<&'a SuppressionRecord> {
    let token = |record: &SuppressionRecord| {
        Token::after(record.suppression.id().as_str(), record.source.as_str())
    };
    let after = wanted.after.as_ref();
    let rest = records.iter().copied();
    let rest = rest.filter(|record| after.is_none_or(|after| token(record) > *after));
    let rest: Vec<&SuppressionRecord> = rest.collect();
    let items: Vec<&SuppressionRecord> = rest.iter().copied().take(wanted.limit).collect();
    let count = (rest.len() - items.len()) as u64;
    Page {
        next: items.last().filter(|_| count > 0).map(|last| token(last)),
        left_out: Some(LeftOut {
            count,
            or_more: false,
        }),
        items,
    }
}
