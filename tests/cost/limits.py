"""The limits of AWS that bind a sweep, by default, and what respects each."""

from __future__ import annotations

from typing import NamedTuple


class Limit(NamedTuple):
    """A limit, as the service's page on quotas has it."""

    what: str
    amount: str
    respected: str


LIMITS = (
    Limit(
        "Lambda, concurrent executions per account and Region",
        "1,000 (10 in some new accounts)",
        "`account_concurrency` times two functions a Region at a time; `reserved_concurrency` "
        "keeps room for others",
    ),
    Limit(
        "Lambda, time of an invocation",
        "900 s",
        "auditors hand over 30 s before it and go on in the next invocation",
    ),
    Limit(
        "Step Functions, events of an execution's history",
        "25,000",
        "one child execution per account; 10,000 buckets are some 50 turns of a loop",
    ),
    Limit(
        "Step Functions, StartExecution",
        "1,300 at once, 300 a second",
        "`account_concurrency` bounds the children that start",
    ),
    Limit("Step Functions, open Map runs", "1,000 per account", "one a run"),
    Limit(
        "Step Functions, input and output of a state",
        "256 KiB",
        "pointers and counts; a notification is below 64 KiB",
    ),
    Limit(
        "KMS, reads of keys",
        "shared by all requests of an account and Region",
        "half of each quota at most: `crates/audit`, `pace`",
    ),
    Limit(
        "EC2, Describe actions",
        "100 at once, 20 a second, fewer for some",
        "paced below; pages of 1,000",
    ),
    Limit(
        "Security Hub, BatchImportFindings",
        "10 a second, 30 at once; 100 findings, 6 MB",
        "100 findings a call; refused ones are tried three times",
    ),
    Limit(
        "DynamoDB, on demand, a new table",
        "4,000 writes a second, doubled within 30 minutes",
        "a first run of 10,000 accounts: pre-warm the tables, or begin with some "
        "organizational units",
    ),
    Limit(
        "Organizations, ListTagsForResource",
        "10 a second",
        "a filter on account tags fits for some 8,000 accounts; above, choose by units",
    ),
    Limit("STS, AssumeRole", "600 a second per account", "two a function: far below"),
    Limit("S3, PUT requests", "3,500 a second per prefix", "every run has a prefix of its own"),
)
