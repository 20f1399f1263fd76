"""``python -m emulator --port N --data-dir DIR``: one JSON line on stdout when ready."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path


def main() -> None:
    """Parses the command line and serves until a signal, or the end of stdin, says stop."""
    parser = argparse.ArgumentParser(prog="emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free port")
    parser.add_argument("--data-dir", type=Path, help="logs and unpacked functions go here")
    parser.add_argument(
        "--until-stdin-closes",
        action="store_true",
        help="end when stdin closes, so that no emulator outlives its parent",
    )
    parser.add_argument(
        "--wait-scale",
        type=float,
        default=1.0,
        help="multiplies the pauses before retries of a state machine",
    )
    arguments = parser.parse_args()
    data_dir = arguments.data_dir or Path(tempfile.mkdtemp(prefix="emulator-"))

    from emulator.server import serve  # takes a second: imports moto

    serve(arguments.port, data_dir.resolve(), arguments.until_stdin_closes, arguments.wait_scale)


if __name__ == "__main__":
    main()
