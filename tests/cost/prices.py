"""Prices of AWS, in one place."""

from __future__ import annotations

from dataclasses import dataclass

AS_OF = "2026-11-28"
REGION = "us-east-1"


@dataclass(frozen=True)
class Price:
    """US dollars for so many units, before free tiers and discounts."""

    what: str
    dollars: float
    units: float
    page: str

    def of(self, amount: float) -> float:
        """Dollars for an amount of units."""
        return amount * self.dollars / self.units


TRANSITIONS = Price(
    "Step Functions Standard, state transitions",
    0.025,
    1_000,
    "https://aws.amazon.com/step-functions/pricing/",
)
INVOCATIONS = Price("Lambda, requests", 0.20, 1_000_000, "https://aws.amazon.com/lambda/pricing/")
GB_SECONDS = Price(
    "Lambda on Arm, GB-seconds", 0.0000133334, 1, "https://aws.amazon.com/lambda/pricing/"
)
WRITES = Price(
    "DynamoDB on demand, write request units",
    0.625,
    1_000_000,
    "https://aws.amazon.com/dynamodb/pricing/on-demand/",
)
READS = Price(
    "DynamoDB on demand, read request units",
    0.125,
    1_000_000,
    "https://aws.amazon.com/dynamodb/pricing/on-demand/",
)
INGESTED = Price(
    "Security Hub CSPM, finding ingestion events beyond 10,000 per account, Region and month",
    0.00003,
    1,
    "https://aws.amazon.com/security-hub/cspm/pricing/",
)
PUTS = Price("S3, PUT and LIST requests", 0.005, 1_000, "https://aws.amazon.com/s3/pricing/")
GETS = Price("S3, GET and all other requests", 0.0004, 1_000, "https://aws.amazon.com/s3/pricing/")
KEY_REQUESTS = Price("KMS, requests", 0.03, 10_000, "https://aws.amazon.com/kms/pricing/")
LOGS = Price("CloudWatch Logs, GB ingested", 0.50, 1, "https://aws.amazon.com/cloudwatch/pricing/")

ALL = (
    TRANSITIONS, INVOCATIONS, GB_SECONDS, WRITES, READS, INGESTED, PUTS, GETS, KEY_REQUESTS, LOGS,
)  # fmt: skip
