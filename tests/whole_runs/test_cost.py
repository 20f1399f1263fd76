"""The measurements that docs/COST.md rests on are those of a whole run."""

from __future__ import annotations

import json
from pathlib import Path

from cost.__main__ import MEASURED
from cost.observe import observe
from organization import build
from whole_runs.conftest import BIN_DIR


def test_the_committed_measurements_are_what_two_sweeps_call(tmp_path: Path) -> None:
    with build(tmp_path, BIN_DIR) as world:
        assert observe(world) == json.loads(MEASURED.read_text()), "run `python -m cost observe`"
