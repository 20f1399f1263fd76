"""Prints ``docs/COST.md``, or measures anew."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from cost.page import page

ROOT = Path(__file__).resolve().parents[2]
MEASURED = Path(__file__).with_name("measured.json")
PAGE = ROOT / "docs" / "COST.md"


def main() -> None:
    """``python -m cost [observe]``."""
    if sys.argv[1:] == ["observe"]:
        MEASURED.write_text(json.dumps(_observe(), indent=2) + "\n")
    elif sys.argv[1:]:
        sys.exit("usage: python -m cost [observe]")
    print(page(json.loads(MEASURED.read_text())), end="")


def _observe() -> dict[str, object]:
    from cost.observe import observe
    from organization import build

    binaries = Path(os.environ.get("ORGSWEEP_BIN_DIR", ROOT / "target" / "debug"))
    with tempfile.TemporaryDirectory() as folder, build(Path(folder), binaries) as world:
        return observe(world)


if __name__ == "__main__":
    main()
