//! Writes of a scope in transactions: up to 99 items and the check that no newer run has begun, all or nothing.

use std::time::Duration;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use compliance::Finding;

use crate::answer::{self, Meaning};
use crate::attribute::text;
use crate::error::Failed;
use crate::findings_table::FindingsTable;
use crate::findings_write::ScopeWriter;
use crate::{Error, finding_item};

const OPERATION: &str = "TransactWriteItems";
/// Writes in one transaction: 100 items with the check (DynamoDB API, `TransactWriteItems`).
const ITEMS: usize = 99;
/// Bytes in one transaction, far below the 4 MB that DynamoDB takes: our size is an estimate.
const BYTES: usize = 2_000_000;
/// Rounds in which a transaction that was cancelled or throttled is tried, after the SDK's own retries.
const ROUNDS: u32 = 6;
/// Pause before the second round; doubled each time, 3 s in all.
const PAUSE: Duration = Duration::from_millis(100);
/// Why a transaction was cancelled, where another try may help (DynamoDB API, `CancellationReason`).
const PASSING: [&str; 3] = [
    "ProvisionedThroughputExceeded",
    "ThrottlingError",
    "TransactionConflict",
];

/// One write of a transaction, and about how many bytes it takes.
#[derive(Debug, Clone)]
pub(crate) struct Write {
    item: TransactWriteItem,
    bytes: usize,
}

impl Write {
    pub(crate) fn new(item: TransactWriteItem, bytes: usize) -> Self {
        Self { item, bytes }
    }
}

/// What became of writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All are written.
    Done,
    /// A newer run has begun to write the scope; the rest is not written.
    Superseded,
}

/// Writes a finding as it is to be. Attributes that are not ours stay.
pub(crate) fn put(table: &FindingsTable, finding: &Finding) -> Result<Write, Error> {
    let mut set = Vec::new();
    let mut remove = Vec::new();
    let mut bytes = 0;
    let mut update = Update::builder()
        .table_name(&table.table)
        .set_key(Some(finding_item::key(finding)));
    for (name, value) in finding_item::attributes(finding, table.retention)? {
        update = update.expression_attribute_names(format!("#{name}"), name);
        if let Some(value) = value {
            bytes += name.len() + value.as_s().map_or(3_000, String::len);
            set.push(format!("#{name} = :{name}"));
            update = update.expression_attribute_values(format!(":{name}"), value);
        } else {
            remove.push(format!("#{name}"));
        }
    }
    bytes += finding
        .verdict
        .buckets
        .iter()
        .map(String::len)
        .sum::<usize>();
    let mut expression = format!("SET {}", set.join(", "));
    if !remove.is_empty() {
        expression = format!("{expression} REMOVE {}", remove.join(", "));
    }
    let update = update.update_expression(expression).build();
    let update = update.map_err(|error| Error::malformed(OPERATION, error))?;
    let item = TransactWriteItem::builder().update(update).build();
    Ok(Write::new(item, bytes))
}

/// Writes when a finding was imported; nothing for one that was not.
pub(crate) fn note_import(table: &str, finding: &Finding) -> Result<Option<Write>, Error> {
    let Some(imported_at) = finding.imported_at else {
        return Ok(None);
    };
    let update = Update::builder()
        .table_name(table)
        .set_key(Some(finding_item::key(finding)))
        .update_expression("SET imported_at = :imported_at")
        .expression_attribute_values(":imported_at", text(finding_item::moment(imported_at)))
        .build()
        .map_err(|error| Error::malformed(OPERATION, error))?;
    let item = TransactWriteItem::builder().update(update).build();
    Ok(Some(Write::new(item, 500)))
}

/// The writes in transactions that DynamoDB takes, by number and by size.
fn batches(writes: Vec<Write>) -> Vec<Vec<TransactWriteItem>> {
    let mut batches: Vec<Vec<TransactWriteItem>> = Vec::new();
    let mut bytes = 0;
    for write in writes {
        match batches.last_mut() {
            Some(batch) if batch.len() < ITEMS && bytes + write.bytes <= BYTES => {
                bytes += write.bytes;
                batch.push(write.item);
            }
            _ => {
                bytes = write.bytes;
                batches.push(vec![write.item]);
            }
        }
    }
    batches
}

impl ScopeWriter<'_> {
    /// Writes, one transaction after the other: two at once would conflict on the marker.
    pub(crate) async fn write(&self, writes: Vec<Write>) -> Result<Outcome, Error> {
        for batch in batches(writes) {
            if self.transact(batch).await? == Outcome::Superseded {
                return Ok(Outcome::Superseded);
            }
        }
        Ok(Outcome::Done)
    }

    /// One transaction, tried again while what stands in its way passes.
    async fn transact(&self, batch: Vec<TransactWriteItem>) -> Result<Outcome, Error> {
        let guard = TransactWriteItem::builder()
            .condition_check(self.guard()?)
            .build();
        let items: Vec<TransactWriteItem> = std::iter::once(guard).chain(batch).collect();
        let mut pause = PAUSE;
        let mut round = 1;
        loop {
            let transact = self.client().transact_write_items();
            let result = transact
                .set_transact_items(Some(items.clone()))
                .send()
                .await;
            let Err(error) = result else {
                return Ok(Outcome::Done);
            };
            match refusal(&error) {
                Refusal::Superseded => return Ok(Outcome::Superseded),
                Refusal::Passing(_) if round < ROUNDS => {}
                Refusal::Passing(code) => return Err(self.throttled(code)),
                Refusal::Final => {
                    return answer::stored(OPERATION, &self.table.table, Err(error));
                }
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
            round += 1;
        }
    }

    fn throttled(&self, code: String) -> Error {
        Error::Throttled(Box::new(Failed {
            place: None,
            store: Some(self.table.table.clone()),
            operation: OPERATION,
            code,
            cause: None,
        }))
    }
}

/// Why a transaction was not written.
enum Refusal {
    /// The check failed.
    Superseded,
    /// Something that another try may overcome, by its code.
    Passing(String),
    /// Anything else.
    Final,
}

fn refusal(error: &SdkError<TransactWriteItemsError>) -> Refusal {
    if let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) =
        error.as_service_error()
    {
        let codes: Vec<&str> = cancelled
            .cancellation_reasons()
            .iter()
            .filter_map(|reason| reason.code())
            .filter(|code| *code != "None")
            .collect();
        // Only the check has a condition.
        if codes.contains(&"ConditionalCheckFailed") {
            return Refusal::Superseded;
        }
        return match codes.first() {
            Some(code) if codes.iter().all(|code| PASSING.contains(code)) => {
                Refusal::Passing((*code).to_owned())
            }
            _ => Refusal::Final,
        };
    }
    let code = answer::code_of(error);
    match answer::meaning(&code) {
        Some(Meaning::Throttled) => Refusal::Passing(code),
        _ => Refusal::Final,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(bytes: usize) -> Write {
        Write::new(TransactWriteItem::builder().build(), bytes)
    }

    #[test]
    fn a_transaction_holds_a_hundred_items_with_its_check_and_less_than_it_may_weigh() {
        let sizes =
            |writes: Vec<Write>| -> Vec<usize> { batches(writes).iter().map(Vec::len).collect() };
        assert_eq!(sizes(vec![write(2_000); 200]), [99, 99, 2]);
        assert_eq!(sizes(vec![write(900_000); 5]), [2, 2, 1]);
        assert_eq!(
            sizes(vec![write(9_000_000)]),
            [1],
            "one that is too heavy goes alone"
        );
        assert!(sizes(Vec::new()).is_empty());
    }
}
