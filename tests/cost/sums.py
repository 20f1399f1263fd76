"""What runs amount to: requests, transitions, time, dollars. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cost import prices, transitions
from cost.estates import Account, Timing


@dataclass(frozen=True)
class Amounts:
    """What one run amounts to."""

    transitions: int
    invocations: int
    calls: int
    """Calls in the members: reads of S3, KMS, EC2 and STS."""

    lambda_seconds: float
    written: int
    """Findings written."""

    write_units: int
    read_units: int
    ingested: int
    bucket_puts: int
    bucket_gets: int
    log_gb: float
    s3_calls: int
    kms_calls: int


def amounts(measured: dict[str, Any], accounts: int, steady: bool) -> Amounts:
    """One run over so many accounts; a steady one finds what the run before it found."""
    account, timing = Account(), Timing()
    regions = account.regions
    s3 = round(account.buckets * measured["calls_per_bucket"]) + 2
    kms = round(
        account.keys * measured["calls_per_key"] + regions * measured["calls_per_region"]["kms"]
    )
    ec2 = round(regions * measured["calls_per_region"]["ec2"]) + 1
    invocations = 1 + 1 + 2 * regions + 1
    sts = 3 * (1 + 1 + 2 * regions) + 3
    calls = s3 + kms + ec2 + sts
    stores = _per_account(measured, "steady" if steady else "first")
    written = round(account.findings * (account.changed_per_mille / 1000 if steady else 1))
    seconds = calls * timing.seconds_per_call / timing.calls_at_once
    seconds += invocations * timing.seconds_per_invocation
    rows, units = 1 + 2 * regions, measured["write_units"]
    reads = account.findings / timing.findings_per_read_unit + rows
    return Amounts(
        transitions=transitions.of_run() + accounts * transitions.of_account(regions),
        invocations=2 + accounts * invocations,
        calls=accounts * calls,
        lambda_seconds=accounts * seconds,
        written=accounts * written,
        write_units=accounts * (written * units["finding"] + rows * units["coverage_row"]),
        read_units=round(accounts * reads),
        ingested=accounts * written,
        bucket_puts=round(accounts * stores["bucket_puts"]),
        bucket_gets=round(accounts * stores["bucket_gets"]),
        log_gb=accounts * invocations * timing.log_bytes_per_invocation / 1e9,
        s3_calls=accounts * s3,
        kms_calls=accounts * kms,
    )


def _per_account(measured: dict[str, Any], kind: str) -> dict[str, float]:
    """Measured calls on the run bucket, scaled from the regions of the emulated Organization."""
    estate, scopes = measured["estate"], 1 + 2 * Account().regions
    measured_scopes = estate["accounts"] * (1 + 2 * estate["regions"])
    return {
        name: count / measured_scopes * scopes
        for name, count in measured[kind].items()
        if name.startswith("bucket_")
    }


def dollars(run: Amounts) -> dict[str, float]:
    """What a run costs, by service; Security Hub as if nothing were free."""
    gb_seconds = run.lambda_seconds * Timing().memory_gb
    return {
        "Step Functions": prices.TRANSITIONS.of(run.transitions),
        "Lambda": prices.INVOCATIONS.of(run.invocations) + prices.GB_SECONDS.of(gb_seconds),
        "DynamoDB": prices.WRITES.of(run.write_units) + prices.READS.of(run.read_units),
        "S3": prices.PUTS.of(run.bucket_puts) + prices.GETS.of(run.bucket_gets + run.s3_calls),
        "KMS": prices.KEY_REQUESTS.of(run.kms_calls),
        "Logs": prices.LOGS.of(run.log_gb),
        "Security Hub": prices.INGESTED.of(run.ingested),
    }
