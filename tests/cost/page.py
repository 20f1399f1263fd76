"""The page ``docs/COST.md``: measurements, assumptions and prices, written out. Pure."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from cost import prices
from cost.estates import SIZES, Account, Timing
from cost.limits import LIMITS
from cost.sums import Amounts, amounts, dollars


def page(measured: dict[str, Any]) -> str:
    """The whole page."""
    parts = [
        HEAD,
        _assumptions(),
        _measured(measured),
        AMOUNTS_HEAD,
        _amounts(measured, steady=False),
        _amounts(measured, steady=True),
        COSTS_HEAD,
        _dollars(measured, steady=False),
        _dollars(measured, steady=True),
        _limits(),
        _prices(),
    ]
    return "\n".join(parts)


HEAD = """# Cost and limits

Written by `python -m cost` in `tests/`; do not edit. A test holds this page equal to the
program, and a whole run holds the measurements equal to the emulated Organization. What cannot be
measured without AWS stands under "Assumed": change it in `tests/cost/estates.py` and print the
page again with `make docs`.
"""

AMOUNTS_HEAD = """## What a run amounts to

A first run writes every finding; a steady one what has changed since.
"""

COSTS_HEAD = """## What a run costs

US dollars a run. Not in it: keys, storage, alarms, the dashboard, custom metrics (a few dollars a
month, whatever the size), and free tiers. Security Hub is priced as if nothing were free; the
first 10,000 events of every account, Region and month are, so that a member that imports its own
findings seldom pays. Reads of S3 and KMS are charged to the members. Where Security Hub is priced
by resource, ingestion costs nothing more.
"""


def _assumptions() -> str:
    rows = ["## Assumed", "", "| on average | |", "| --- | ---: |"]
    for kind in (Account(), Timing()):
        for field in fields(kind):
            name = field.name.replace("_", " ")
            rows.append(f"| {name} | {getattr(kind, field.name):,} |")
    return "\n".join([*rows, ""])


def _measured(measured: dict[str, Any]) -> str:
    estate, region = measured["estate"], measured["calls_per_region"]
    units = measured["write_units"]
    rows = [
        "## Measured",
        "",
        f"Two sweeps of an emulated Organization: {estate['accounts']} accounts entered, "
        f"{estate['regions']} Regions, {estate['findings']} findings.",
        "",
        "| calls | |",
        "| --- | ---: |",
        f"| per ordinary bucket | {measured['calls_per_bucket']} |",
        f"| per key, those of AWS included | {measured['calls_per_key']} |",
        f"| of EC2 per account and Region | {region['ec2']} |",
        f"| listings of KMS per account and Region | {region['kms']} |",
        f"| write units of a finding, in table and indexes | {units['finding']} |",
        f"| write units of a row of the coverage | {units['coverage_row']} |",
        "",
        "| in one run | first | second |",
        "| --- | ---: | ---: |",
    ]
    for name in measured["first"]:
        first, steady = measured["first"][name], measured["steady"][name]
        rows.append(f"| {name.replace('_', ' ')} | {first:,} | {steady:,} |")
    return "\n".join([*rows, ""])


AMOUNTS = (
    ("state transitions", lambda run: f"{run.transitions:,}"),
    ("invocations", lambda run: f"{run.invocations:,}"),
    ("calls in the members", lambda run: f"{run.calls:,}"),
    ("hours of functions", lambda run: f"{run.lambda_seconds / 3600:,.1f}"),
    ("findings written and imported", lambda run: f"{run.written:,}"),
    ("write units", lambda run: f"{run.write_units:,}"),
    ("read units", lambda run: f"{run.read_units:,}"),
)


def _runs(measured: dict[str, Any], steady: bool) -> list[Amounts]:
    return [amounts(measured, size, steady) for size in SIZES]


def _table(title: str, rows: list[tuple[str, list[str]]]) -> str:
    head = f"| {title} | " + " | ".join(f"{size:,} accounts" for size in SIZES) + " |"
    lines = [head, "| --- |" + " ---: |" * len(SIZES)]
    lines += [f"| {name} | " + " | ".join(cells) + " |" for name, cells in rows]
    return "\n".join([*lines, ""])


def _title(steady: bool) -> str:
    return "steady run" if steady else "first run"


def _amounts(measured: dict[str, Any], steady: bool) -> str:
    runs = _runs(measured, steady)
    rows = [(name, [show(run) for run in runs]) for name, show in AMOUNTS]
    return _table(_title(steady), rows)


def _dollars(measured: dict[str, Any], steady: bool) -> str:
    costs = [dollars(run) for run in _runs(measured, steady)]
    rows = [(name, [f"{cost[name]:,.2f}" for cost in costs]) for name in costs[0]]
    rows.append(("all", [f"{sum(cost.values()):,.2f}" for cost in costs]))
    return _table(_title(steady), rows)


def _limits() -> str:
    rows = [
        "## Limits that bind",
        "",
        "| limit | by default | what respects it |",
        "| --- | --- | --- |",
    ]
    rows += [f"| {limit} | {amount} | {respected} |" for limit, amount, respected in LIMITS]
    return "\n".join([*rows, ""])


def _prices() -> str:
    rows = [
        "## Prices",
        "",
        f"List prices of {prices.REGION} as of {prices.AS_OF}, in US dollars.",
        "",
        "| what | price | page |",
        "| --- | ---: | --- |",
    ]
    for price in prices.ALL:
        dollars = f"{price.dollars:.10f}".rstrip("0").rstrip(".")
        units = f"{price.units:,.0f}"
        rows.append(f"| {price.what} | {dollars} for {units} | {price.page} |")
    return "\n".join([*rows, ""])
