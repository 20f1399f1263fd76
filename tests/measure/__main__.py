"""`python -m measure [FINDINGS ...]`: what `aggregate` takes for accounts of growing size.

Memory, time and calls, each row in a process of its own: the real binary, invoked as Lambda invokes
it, against `stand_in`.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from emulator.function_process import FunctionProcess
from measure.account import Account
from measure.stand_in import StandIn

ROOT = Path(__file__).parents[2]
BIN_DIR = Path(os.environ.get("ORGSWEEP_BIN_DIR", ROOT / "target" / "debug"))
SIZES = (2_000, 20_000, 200_000)
RUNS = (("first", False), ("identical", False), ("all fixed", True))
TIMEOUT = 3_600


def main() -> None:
    """Prints one row per size and run."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    print(f"{'findings':>9} {'run':<10} {'peak MB':>8} {'seconds':>8}  calls")
    for size in sizes:
        aws = StandIn()
        for number, (name, fixed) in enumerate(RUNS, start=1):
            account = Account(size, f"2026110{number}T000000000Z-1a2b3c4d", fixed)
            measure(aws, account, name, f"2026-11-0{number}T00:00:00Z")
        aws.close()


def measure(aws: StandIn, account: Account, name: str, started_at: str) -> None:
    """Aggregates the account once, in a fresh process, and prints what it took."""
    aws.objects = account.document
    aws.calls.clear()
    with tempfile.TemporaryDirectory() as folder:
        function = FunctionProcess(
            "aggregate",
            "arn:aws:lambda:us-east-1:999900001111:function:aggregate",
            "1",
            BIN_DIR / "aggregate",
            environment(aws),
            TIMEOUT,
            Path(folder) / "aggregate.log",
        )
        try:
            started = time.monotonic()
            outcome = function.invoke(json.dumps(account.event(started_at)).encode())
            seconds = time.monotonic() - started
            peak = peak_megabytes(function.pid)
        finally:
            function.stop()
    if outcome.is_error:
        raise SystemExit(outcome.payload.decode())
    calls = ", ".join(f"{call} {count}" for call, count in sorted(aws.calls.items()))
    print(f"{account.findings:>9} {name:<10} {peak:>8.0f} {seconds:>8.1f}  {calls}", flush=True)


def environment(aws: StandIn) -> dict[str, str]:
    """The function's environment."""
    return {
        "AWS_ENDPOINT_URL": aws.url,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "AKIAMEASURE",
        "AWS_SECRET_ACCESS_KEY": "measure",
        "AWS_LAMBDA_FUNCTION_NAME": "aggregate",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "AWS_LAMBDA_FUNCTION_VERSION": "1",
        "AWS_LAMBDA_LOG_GROUP_NAME": "measure",
        "RUN_BUCKET": "run-bucket",
        "FINDINGS_TABLE": "findings",
        "RUNS_TABLE": "runs",
        "AUDIT_ROLE_NAME": "orgsweep-audit",
        "SECURITY_HUB": "central",
    }


def peak_megabytes(pid: int) -> float:
    """The most memory that a living process has had resident (Linux, `VmHWM`)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise SystemExit(f"process {pid} does not tell its peak memory")


if __name__ == "__main__":
    main()
