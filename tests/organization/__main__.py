"""``python -m organization serve``: the emulated Organization for the CLI's demo.

Prints one JSON object on one line when it is ready, and ends when its standard input closes.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from organization.deploy import MissingBinary
from organization.template import ROOT, NotSynthesized
from organization.world import build


def main() -> int:
    """Serves until standard input closes."""
    parser = argparse.ArgumentParser(prog="python -m organization", description=__doc__)
    parser.add_argument("command", choices=["serve"])
    parser.add_argument(
        "--bin-dir",
        type=Path,
        default=os.environ.get("ORGSWEEP_BIN_DIR", ROOT / "target" / "debug"),
        help="folder of the built Lambda binaries",
    )
    parser.add_argument("--data-dir", type=Path, help="where logs and unpacked functions go")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="orgsweep-") as scratch:
        try:
            with build(options.data_dir or Path(scratch), Path(options.bin_dir)) as world:
                print(json.dumps(world.description()), flush=True)
                sys.stdin.read()
        except (MissingBinary, NotSynthesized) as missing:
            print(missing, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
