//! The register of keys that buckets of other accounts use.
//!
//! Only the account of a bucket knows that it names another account's key, so it writes that down twice, in one
//! transaction: `foreign-key#{bucket}` among its own items, to know later what it has written, and
//! `use#{region}#{key}#{bucket}` among those of the key's account, which reads them when its keys are aggregated: in
//! the same run if that comes later, else in the next.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::{Delete, TransactWriteItem, Update};
use compliance::{AccountId, Region};

use crate::attribute::{Item, text};
use crate::finding_item::{self, Fields};
use crate::findings_table::FindingsTable;
use crate::findings_write::ScopeWriter;
use crate::tables::FINDINGS;
use crate::transaction::{Outcome, Write};
use crate::{Error, answer};

/// The start of the places of an account's foreign keys.
const OWN: &str = "foreign-key#";
/// The start of the places of the uses of an account's keys.
const USES: &str = "use#";

/// A key of another account, as a bucket names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForeignKey {
    /// ARN of the key.
    pub arn: String,
    /// The region in it.
    pub region: Region,
    /// The account in it.
    pub account: AccountId,
}

/// Buckets with the foreign key of each.
pub type ForeignKeys = BTreeMap<String, ForeignKey>;

/// A use of one of an account's keys by a bucket of another account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForeignUse {
    /// ARN of the bucket.
    pub bucket: String,
    /// The account of the bucket.
    pub account: AccountId,
}

impl FindingsTable {
    /// The foreign keys that the buckets of an account were last known to use, consistent with every write that has ended.
    ///
    /// # Errors
    ///
    /// `Query` failed, or an item is not what we write.
    pub async fn foreign_keys_of(&self, account: &AccountId) -> Result<ForeignKeys, Error> {
        let mut keys = ForeignKeys::new();
        for item in self.items_of(account, OWN).await? {
            let fields = Fields(&item);
            let key = ForeignKey {
                arn: fields.required("key")?,
                region: fields.required("key_region")?,
                account: fields.required("key_account")?,
            };
            keys.insert(fields.required("bucket")?, key);
        }
        Ok(keys)
    }

    /// The buckets of other accounts that use the keys of an account, by the ARN of the key.
    ///
    /// # Errors
    ///
    /// `Query` failed, or an item is not what we write.
    pub async fn foreign_uses_of(
        &self,
        account: &AccountId,
    ) -> Result<BTreeMap<String, BTreeSet<ForeignUse>>, Error> {
        let mut uses: BTreeMap<String, BTreeSet<ForeignUse>> = BTreeMap::new();
        for item in self.items_of(account, USES).await? {
            let fields = Fields(&item);
            let key = fields.required("key")?;
            uses.entry(key).or_default().insert(ForeignUse {
                bucket: fields.required("bucket")?,
                account: fields.required("bucket_account")?,
            });
        }
        Ok(uses)
    }

    async fn items_of(&self, account: &AccountId, prefix: &str) -> Result<Vec<Item>, Error> {
        let mut pages = self
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("#partition = :partition AND begins_with(#sort, :prefix)")
            .expression_attribute_names("#partition", FINDINGS.key.partition)
            .expression_attribute_names("#sort", FINDINGS.key.sort)
            .expression_attribute_values(":partition", text(account.as_str()))
            .expression_attribute_values(":prefix", text(prefix))
            .into_paginator()
            .send();
        let mut items = Vec::new();
        while let Some(page) = pages.next().await {
            items.extend(
                answer::stored("Query", &self.table, page)?
                    .items
                    .unwrap_or_default(),
            );
        }
        Ok(items)
    }
}

impl ScopeWriter<'_> {
    /// Brings the register from `before`, as it was read, to `now`; false if a newer run has begun to write the scope.
    ///
    /// # Errors
    ///
    /// `TransactWriteItems` failed: some may be written; repeating it writes the rest.
    pub async fn register(&self, before: &ForeignKeys, now: &ForeignKeys) -> Result<bool, Error> {
        let mut writes = Vec::new();
        for (bucket, key) in before {
            let after = now.get(bucket);
            if after != Some(key) {
                writes.push(self.forget(&key.account, use_place(bucket, key))?);
            }
            if after.is_none() {
                writes.push(self.forget(self.account, own_place(bucket))?);
            }
        }
        for (bucket, key) in now {
            if before.get(bucket) != Some(key) {
                writes.push(self.remember(self.account, own_place(bucket), bucket, key)?);
                writes.push(self.remember(&key.account, use_place(bucket, key), bucket, key)?);
            }
        }
        Ok(self.write(writes).await? == Outcome::Done)
    }

    fn remember(
        &self,
        account: &AccountId,
        place: String,
        bucket: &str,
        key: &ForeignKey,
    ) -> Result<Write, Error> {
        let update = Update::builder()
            .table_name(&self.table.table)
            .set_key(Some(finding_item::keyed(account, place)))
            .update_expression(
                "SET #bucket = :bucket, bucket_account = :bucket_account, #key = :key, \
                 key_region = :key_region, key_account = :key_account",
            )
            .expression_attribute_names("#bucket", "bucket")
            .expression_attribute_names("#key", "key")
            .expression_attribute_values(":bucket", text(bucket))
            .expression_attribute_values(":bucket_account", text(self.account.as_str()))
            .expression_attribute_values(":key", text(&key.arn))
            .expression_attribute_values(":key_region", text(key.region.as_str()))
            .expression_attribute_values(":key_account", text(key.account.as_str()))
            .build();
        let update = update.map_err(|error| Error::malformed("TransactWriteItems", error))?;
        let item = TransactWriteItem::builder().update(update).build();
        Ok(Write::new(item, 1_000))
    }

    fn forget(&self, account: &AccountId, place: String) -> Result<Write, Error> {
        let delete = Delete::builder()
            .table_name(&self.table.table)
            .set_key(Some(finding_item::keyed(account, place)))
            .build();
        let delete = delete.map_err(|error| Error::malformed("TransactWriteItems", error))?;
        let item = TransactWriteItem::builder().delete(delete).build();
        Ok(Write::new(item, 500))
    }
}

fn own_place(bucket: &str) -> String {
    format!("{OWN}{bucket}")
}

fn use_place(bucket: &str, key: &ForeignKey) -> String {
    format!("{USES}{}#{}#{bucket}", key.region, key.arn)
}
