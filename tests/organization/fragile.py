"""A small Organization in which faults are armed: swept undisturbed, then disturbed, then again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from emulator import Fault
from organization import World
from organization.standing import Standing, standing
from organization.sweeps import Ended, coverage, sweep

REGION = "us-east-1"
OTHER_REGION = "eu-west-1"
"""Beside it; swept where a test asks for it."""


class Fragile:
    """The Organization, of which two accounts are swept in one region.

    `payments` has findings of all services and Security Hub; faults strike it. `log-archive` is
    beside it, so that a run sees something whatever becomes of the other.
    """

    def __init__(self, world: World) -> None:
        """Remembers the faults that belong to the Organization itself."""
        self.world = world
        self._own = {fault["id"] for fault in world.emulator.faults.list()}

    @property
    def account(self) -> str:
        """The account that faults strike."""
        return self.world.accounts["payments"]

    @cached_property
    def undisturbed(self) -> Standing:
        """What the findings table says when nothing is wrong. Keys know the buckets of accounts
        that are aggregated after them from the second run on."""
        for _ in range(2):
            ended = self.sweep(REGION, OTHER_REGION)
            assert ended.output["status"] == "COMPLETE", (ended.cause, ended.output)
        return standing(self.world)

    def arm(self, fault: Fault) -> str:
        """Arms a fault."""
        return self.world.emulator.faults.add(fault)

    def disarm(self) -> None:
        """Ends every fault that a test has armed."""
        self.world.emulator.faults.keep_only(self._own)

    def struck(self) -> list[int]:
        """How often each fault of the test has struck."""
        faults = self.world.emulator.faults.list()
        return [fault["struck"] for fault in faults if fault["id"] not in self._own]

    def sweep(self, *regions: str) -> Ended:
        """Sweeps both accounts."""
        accounts = [self.account, self.world.accounts["log-archive"]]
        chosen = {
            "accounts": {"include": accounts},
            "regions": {"include": list(regions or (REGION,))},
        }
        return sweep(self.world, chosen)

    def rows(self, ended: Ended, status: str | None = None) -> list[dict[str, Any]]:
        """The coverage of the struck account, without what was left out on purpose."""
        return [
            row
            for row in coverage(self.world, ended.run_id)
            if row["account"] == self.account
            and row["status"] != "SKIPPED"
            and status in (None, row["status"])
        ]

    def statuses(self, ended: Ended) -> dict[str | None, str]:
        """The status of each service of the struck account; one row may stand for the account."""
        return {row["service"]: row["status"] for row in self.rows(ended)}

    def assert_nothing_is_lost(self) -> None:
        """Holds that whatever was open before is open still."""
        falsely = set(self.undisturbed.open) - set(standing(self.world).open)
        assert not falsely, falsely

    def assert_all_is_as_before(self, *regions: str) -> None:
        """Ends the faults, and holds that a run then finds what was there before."""
        self.disarm()
        ended = self.sweep(*regions)
        assert ended.output["status"] == "COMPLETE", (ended.cause, ended.output)
        self.assert_findings_are_as_before()

    def assert_findings_are_as_before(self) -> None:
        """Holds that the open findings are those of before, and say the same."""
        now = standing(self.world)
        assert now.open == self.undisturbed.open
        assert not now.closed & set(self.undisturbed.open)

    @contextmanager
    def news(self, bucket: str) -> Iterator[str]:
        """A bucket that no run has seen, so that there is something to write and to tell; its ARN.
        When it is gone, its findings are resolved as deleted."""
        s3 = self.world.client("s3", account="payments")
        s3.create_bucket(Bucket=bucket)
        try:
            yield f"arn:aws:s3:::{bucket}"
        finally:
            s3.delete_bucket(Bucket=bucket)

    def seen_whole(self, ended: Ended) -> dict[str, bool]:
        """Whether each scope of the struck account was seen whole in this run, by its marker."""
        return {
            place.removeprefix("scope#"): run == ended.run_id
            for (account, place), run in standing(self.world).complete_in.items()
            if account == self.account
        }

    def findings_of(self, resource: str) -> dict[str, dict[str, Any]]:
        """The open findings of a resource, by control."""
        found = standing(self.world).open.values()
        return {it["control"]: it for it in found if it["resource"] == resource}

    def assert_news_are_found(self, resource: str) -> None:
        """Holds that the findings are those of before and those of a new resource."""
        now = standing(self.world).open
        new = {name for name, it in now.items() if it["resource"] == resource}
        assert new, "nothing was found about what is new"
        assert set(now) - new == set(self.undisturbed.open)

    def report(self, ended: Ended, scope: str) -> str:
        """The first part of a report of the struck account, for example of ``sg/us-east-1``."""
        key = f"runs/{ended.run_id}/accounts/{self.account}/{scope}/part-00000.json"
        bucket = self.world.deployment.run_bucket
        answer = self.world.client("s3").get_object(Bucket=bucket, Key=key)
        return str(answer["Body"].read().decode())

    def assert_named(self, ended: Ended, service: str, *names: str) -> None:
        """Holds that the run is partial, and that the row of a service of the struck account says
        in its reason or its gaps all of these names."""
        assert ended.output["status"] == "PARTIAL", (ended.cause, ended.output)
        [row] = [row for row in self.rows(ended) if row["service"] == service]
        assert row["status"] in ("PARTIAL", "FAILED"), row
        said = f"{row['account']} {row['region']} {row['reason']} {row.get('gaps')}"
        missing = [name for name in names if name not in said]
        assert not missing, (missing, row)
