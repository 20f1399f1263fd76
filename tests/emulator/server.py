"""Assembles the emulator and serves it until it is told to stop."""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import signal
import sys
import threading
import warnings
from pathlib import Path
from types import FrameType

from moto.core.config import default_user_config

default_user_config.update(
    {"stepfunctions": {"execute_state_machine": True}, "lambda": {"use_docker": False}}
)

from werkzeug.serving import make_server  # noqa: E402

from emulator import callers, moto_speed, moto_transactions, services, stepfunctions  # noqa: E402
from emulator.admin import Admin  # noqa: E402
from emulator.gateway import Gateway  # noqa: E402
from emulator.http_handler import Handler  # noqa: E402
from emulator.lambda_host import LambdaHost  # noqa: E402

POLL_SECONDS = 0.2


def serve(
    port: int, data_dir: Path, until_stdin_closes: bool = False, wait_scale: float = 1.0
) -> None:
    """Serves on 127.0.0.1; returns after SIGTERM, SIGINT or, if asked, the end of stdin."""
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("moto.stepfunctions").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module=r"moto\.")
    server = make_server("127.0.0.1", port, _Late(), threaded=True, request_handler=Handler)
    endpoint = f"http://127.0.0.1:{server.server_port}"
    os.environ["MOTO_PORT"] = str(server.server_port)

    host = LambdaHost(endpoint, data_dir)
    host.install()
    moto_speed.install()
    moto_transactions.install()
    callers.install()
    stepfunctions.install(endpoint, wait_scale)
    services.install()
    server.app = Admin(
        Gateway(services.operations(), services.CHECKS, services.ADDITIONS, host.end_process)
    )

    stopped = threading.Event()

    def stop(signum: int, frame: FrameType | None) -> None:
        stopped.set()

    faulthandler.register(signal.SIGUSR1)  # writes where every thread is to the log
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if until_stdin_closes:
        threading.Thread(target=_watch_stdin, args=(stopped,), daemon=True).start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        print(json.dumps({"endpoint": endpoint}), flush=True)
        while not stopped.wait(POLL_SECONDS):  # a signal may reach another thread than this one
            pass
    finally:
        host.stop()
        sys.stdout.flush()
        os._exit(0)  # worker threads may sit in a state machine's Wait for hours


class _Late:
    """Stands in for the application until the port is known."""

    def __call__(self, environ: object, start_response: object) -> list[bytes]:
        """Never called: requests are accepted only after the real application is set."""
        raise NotImplementedError


def _watch_stdin(stopped: threading.Event) -> None:
    while sys.stdin.buffer.read(1):
        pass
    stopped.set()
