//! The two tables: keys and indexes, described once. `tables.json` beside the crate's manifest is this
//! description in the form of `CreateTable`, for whoever creates the tables; a test holds both equal.

use serde_json::{Value, json};

/// A table or index key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The partition key's attribute.
    pub partition: &'static str,
    /// The sort key's attribute.
    pub sort: &'static str,
}

/// A global secondary index; it projects all attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: &'static str,
    /// Its key. An item without these attributes is not in the index.
    pub key: Key,
}

/// A table. All key attributes are strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its key.
    pub key: Key,
    /// Its indexes.
    pub indexes: &'static [Index],
}

/// Findings: the partition is the account, and `place` is `{region|global}#{service}#{resource}#{control}`,
/// so that a scope is one range.
pub const FINDINGS: Table = Table {
    key: Key {
        partition: "account",
        sort: "place",
    },
    indexes: &[
        OPEN_BY_SEVERITY,
        OPEN_BY_ACCOUNT,
        OPEN_BY_REGION,
        BY_CONTROL,
        BY_RESOURCE,
        BY_SUPPRESSION,
        CHANGED_IN_RUN,
    ],
};

/// The sort key of all findings that are not resolved: `{rank}#{first observed}#{id}`, the worst first, then the
/// oldest. Rank 0 to 4 are failures from CRITICAL to INFORMATIONAL, 5 to 9 the same where nothing could be judged.
const URGENCY: &str = "urgency";

/// Open findings: `{SEVERITY}#{shard}` for failures, `NOT_AVAILABLE#{shard}` for what could not be judged.
pub const OPEN_BY_SEVERITY: Index = Index {
    name: "open-by-severity",
    key: Key {
        partition: "open_severity",
        sort: URGENCY,
    },
};

/// Open findings of an account: `{account}#{shard}`.
pub const OPEN_BY_ACCOUNT: Index = Index {
    name: "open-by-account",
    key: Key {
        partition: "open_account",
        sort: URGENCY,
    },
};

/// Open findings in a region, of all accounts: `{region}#{shard}`.
pub const OPEN_BY_REGION: Index = Index {
    name: "open-by-region",
    key: Key {
        partition: "open_region",
        sort: URGENCY,
    },
};

/// Findings that a run has found covered by a suppression: `{suppression}#{shard}`.
pub const BY_SUPPRESSION: Index = Index {
    name: "by-suppression",
    key: Key {
        partition: "suppression_shard",
        sort: URGENCY,
    },
};

/// All findings of a control: `{control}#{shard}`, by account and place.
pub const BY_CONTROL: Index = Index {
    name: "by-control",
    key: Key {
        partition: "control_shard",
        sort: "account_place",
    },
};

/// All findings of a resource, by control.
pub const BY_RESOURCE: Index = Index {
    name: "by-resource",
    key: Key {
        partition: "resource",
        sort: "control",
    },
};

/// What a run was the last to change: `{run}#{shard}`, by id.
pub const CHANGED_IN_RUN: Index = Index {
    name: "changed-in-run",
    key: Key {
        partition: "changed_shard",
        sort: "id",
    },
};

/// Runs: the partition `RUNS` holds the summaries by run id, `RUN#{run}` the coverage of a run by
/// `{account}#{region|*}#{service|*}`, `SCORES#{run}` the scores of its accounts by account, and
/// `SUPPRESSIONS#OPERATOR` and `SUPPRESSIONS#CONFIGURATION` the suppressions by id.
pub const RUNS: Table = Table {
    key: Key {
        partition: "pk",
        sort: "sk",
    },
    indexes: &[],
};

/// Items with this attribute, in seconds since 1970, are deleted some time after: resolved findings, rows of old
/// runs, suppressions that are over (DynamoDB, "Time to Live").
pub const EXPIRES_AT: &str = "expires_at";

/// Partitions over which a low-cardinality index key is spread: one partition takes 1,000 writes a second
/// (DynamoDB, "Partitions and data distribution"), and an account's findings are written some tens at a time.
pub const SHARDS: u32 = 8;

/// The shard of a finding: FNV-1a of its id, so that it never moves.
#[must_use]
pub fn shard(id: &str) -> u32 {
    let hash = id.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash % SHARDS
}

/// Both tables in the form of `CreateTable`, without names: `{"findings": {..}, "runs": {..}}`.
#[must_use]
pub fn definitions() -> Value {
    json!({"findings": FINDINGS.definition(), "runs": RUNS.definition()})
}

impl Table {
    fn definition(&self) -> Value {
        let mut attributes: Vec<&str> = std::iter::once(self.key)
            .chain(self.indexes.iter().map(|index| index.key))
            .flat_map(|key| [key.partition, key.sort])
            .collect();
        attributes.sort_unstable();
        attributes.dedup();
        let attributes: Vec<Value> = attributes
            .into_iter()
            .map(|name| json!({"AttributeName": name, "AttributeType": "S"}))
            .collect();
        let mut definition = json!({
            "AttributeDefinitions": attributes,
            "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": self.key.schema(),
        });
        if let (Some(fields), false) = (definition.as_object_mut(), self.indexes.is_empty()) {
            let indexes = self.indexes.iter().map(Index::definition).collect();
            fields.insert("GlobalSecondaryIndexes".to_owned(), Value::Array(indexes));
        }
        definition
    }
}

impl Index {
    fn definition(&self) -> Value {
        json!({
            "IndexName": self.name,
            "KeySchema": self.key.schema(),
            "Projection": {"ProjectionType": "ALL"},
        })
    }
}

impl Key {
    fn schema(self) -> Value {
        json!([
            {"AttributeName": self.partition, "KeyType": "HASH"},
            {"AttributeName": self.sort, "KeyType": "RANGE"},
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_description_is_current() {
        let committed: Value = serde_json::from_str(include_str!("../tables.json")).unwrap();
        let current = definitions();
        assert!(
            committed == current,
            "write this text to crates/aws/tables.json:\n{current:#}"
        );
    }

    #[test]
    fn the_shard_of_a_finding_never_moves() {
        assert_eq!(shard("111122223333/eu-west-1/S3.8/arn:aws:s3:::logs"), 1);
        let shards: std::collections::BTreeSet<u32> =
            (0..200).map(|n| shard(&format!("finding-{n}"))).collect();
        assert_eq!(shards, (0..SHARDS).collect());
    }
}
