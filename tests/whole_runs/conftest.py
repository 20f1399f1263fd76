"""Worlds and runs that the tests of this folder share. A run takes seconds, so it is made once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator import Call
from organization import Settings, World, build
from organization.deploy import ROOT
from organization.fragile import Fragile
from organization.sweeps import Ended, sweep

BIN_DIR = Path(os.environ.get("ORGSWEEP_BIN_DIR", ROOT / "target" / "debug"))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The Organization as the demo shows it."""
    with build(tmp_path_factory.mktemp("world"), BIN_DIR) as running:
        yield running


@pytest.fixture(scope="session")
def observed(world: World) -> tuple[Ended, list[Call]]:
    """The first sweep of the Organization, and every call that it made."""
    world.emulator.clear_calls()
    ended = sweep(world)
    return ended, world.emulator.calls()


@pytest.fixture(scope="session")
def run(observed: tuple[Ended, list[Call]]) -> Ended:
    """The first sweep of the Organization."""
    return observed[0]


@pytest.fixture(scope="session")
def calls(observed: tuple[Ended, list[Call]]) -> list[Call]:
    """Every call of the first sweep."""
    return observed[1]


@pytest.fixture(scope="session")
def small_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An Organization whose auditors see 25 resources a page, and hand over after every page
    because their time box is shorter than their reserve."""
    settings = Settings(page_size=25, audit_timeout=25, security_hub="off")
    with build(tmp_path_factory.mktemp("small-pages"), BIN_DIR, settings) as running:
        yield running


@pytest.fixture(scope="session")
def fragile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fragile]:
    """A small Organization to arm faults in, which no other tests share."""
    settings = Settings(sandbox_buckets=2)
    with build(tmp_path_factory.mktemp("fragile"), BIN_DIR, settings) as running:
        yield Fragile(running)


@pytest.fixture
def faulty(fragile: Fragile) -> Iterator[Fragile]:
    """The small Organization, swept undisturbed; the faults that a test arms end with it."""
    assert fragile.undisturbed.open
    yield fragile
    fragile.disarm()


@pytest.fixture(scope="session")
def external_id(world: World) -> str:
    """The external id that the functions present."""
    return world.external_id


@pytest.fixture
def cli() -> Path:
    """The `orgsweep` binary."""
    return BIN_DIR / "orgsweep"
