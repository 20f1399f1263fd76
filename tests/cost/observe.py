"""Measures: sweeps the emulated Organization twice and counts what was called for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from cost.units import finding_units, row_units
from emulator import Call
from organization import REGIONS, World
from organization.layout import AUDIT_ROLE, FUNCTIONS
from organization.roles import function_role
from organization.sweeps import findings, items, sweep

SWEPT = ("payments", "sandbox")
"""The accounts that are swept: one with known flaws, one of ordinary resources."""

PLAIN = "sandbox"
"""The account whose buckets are ordinary."""


def observe(world: World) -> dict[str, Any]:
    """What two sweeps of a new world call; the second finds what the first found."""
    calls = []
    accounts = [world.accounts[name] for name in SWEPT]
    chosen = {"accounts": {"include": accounts}, "regions": {"include": list(REGIONS)}}
    for _ in range(2):
        world.emulator.clear_calls()
        ended = sweep(world, chosen, seconds=1_200)
        assert ended.status == "SUCCEEDED", ended.cause
        calls.append(world.emulator.calls())
    first, steady = calls
    return {
        "estate": _estate(world),
        "calls_per_bucket": _per_bucket(world, first),
        "calls_per_key": _per_key(world, first),
        "calls_per_region": _per_region(first),
        "write_units": _write_units(world, ended.run_id),
        "first": _stores(first),
        "steady": _stores(steady),
    }


def _estate(world: World) -> dict[str, int]:
    return {
        "accounts": len(SWEPT),
        "regions": len(REGIONS),
        "findings": len([row for row in findings(world) if row["state"] == "OPEN"]),
    }


def _write_units(world: World, run_id: str) -> dict[str, int]:
    """What it takes to write a finding, and a row of the coverage, on average."""
    table = world.client("dynamodb").describe_table(TableName=world.deployment.findings_table)
    schemas = [index["KeySchema"] for index in table["Table"]["GlobalSecondaryIndexes"]]
    indexes = [{key["KeyType"]: key["AttributeName"] for key in schema} for schema in schemas]
    stored = [finding_units(row, indexes) for row in findings(world)]
    runs = items(world, world.deployment.runs_table)
    rows = [row_units(row) for row in runs if row["pk"] == f"RUN#{run_id}"]
    return {
        "finding": round(sum(stored) / len(stored)),
        "coverage_row": round(sum(rows) / len(rows)),
    }


def _role(call: Call) -> str:
    return call.role.rsplit("/", 1)[1] if call.role else ""


def _audit(calls: Iterable[Call], service: str) -> list[Call]:
    return [call for call in calls if _role(call) == AUDIT_ROLE and call.service == service]


def _per_bucket(world: World, calls: list[Call]) -> float:
    """Calls of S3 for each bucket of the account whose buckets are ordinary."""
    account = world.accounts[PLAIN]
    asked = [call for call in _audit(calls, "s3") if call.account == account]
    lists = [call for call in asked if call.operation == "ListBuckets"]
    buckets = len(world.client("s3", account=PLAIN).list_buckets()["Buckets"])
    return round((len(asked) - len(lists)) / buckets, 1)


def _per_key(world: World, calls: list[Call]) -> float:
    """Calls of KMS for each key, listings left out."""
    asked = Counter(call.operation for call in _audit(calls, "kms"))
    listed = asked["ListKeys"] + asked["ListAliases"]
    return round((asked.total() - listed) / asked["DescribeKey"], 1)


def _per_region(calls: list[Call]) -> dict[str, float]:
    """Calls for each account and region, whatever is in it."""
    groups = _audit(calls, "ec2")
    places = {(call.account, call.region) for call in groups if call.operation != "DescribeRegions"}
    keys = [call for call in _audit(calls, "kms") if call.operation.startswith("List")]
    listings = [call for call in keys if call.operation in ("ListKeys", "ListAliases")]
    described = [call for call in groups if call.operation != "DescribeRegions"]
    return {
        "ec2": round(len(described) / len(places), 1),
        "kms": round(len(listings) / len(places), 1),
    }


def _once_a_process(calls: list[Call]) -> int:
    """Reads of the list of the Organization's accounts: one for each process of a function.

    How many invocations share a process is up to Lambda; the most it can be is one each.
    """
    name = "/organization.json"
    return len([c for c in calls if c.operation == "GetObject" and c.resource.endswith(name)])


def _stores(calls: list[Call]) -> dict[str, int]:
    """Calls of the functions on what is ours, and imports of findings."""
    functions = {function_role(name) for name in FUNCTIONS}
    own = Counter((call.service, call.operation) for call in calls if _role(call) in functions)
    imports = _audit(calls, "securityhub")
    invoked = [call for call in calls if call.operation == "Invoke"]
    writes = ("PutItem", "UpdateItem", "BatchWriteItem", "TransactWriteItems")
    reads = ("Query", "GetItem", "BatchGetItem")
    return {
        "bucket_puts": own["s3", "PutObject"],
        "bucket_gets": own["s3", "GetObject"] - _once_a_process(calls) + len(invoked),
        "table_writes": sum(own["dynamodb", name] for name in writes),
        "table_reads": sum(own["dynamodb", name] for name in reads),
        "imports": len(imports),
        "invocations": len(invoked),
    }
