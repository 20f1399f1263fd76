"""One warm process of a Lambda function."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import time
import uuid
from pathlib import Path

from emulator.runtime_api import Invocation, Outcome, RuntimeApi

POLL_SECONDS = 0.1


class FunctionProcess:
    """A started ``bootstrap`` that answers one event at a time."""

    def __init__(
        self,
        name: str,
        arn: str,
        version: str,
        bootstrap: Path,
        environment: dict[str, str],
        timeout_seconds: int,
        log_path: Path,
    ) -> None:
        """Starts the process in the folder of its code, in a process group of its own."""
        self.name = name
        self.arn = arn
        self.version = version
        self.access_key_id = environment.get("AWS_ACCESS_KEY_ID")
        self._timeout_seconds = timeout_seconds
        self._runtime = RuntimeApi(arn)
        self._log = open(log_path, "ab", buffering=0)  # noqa: SIM115 - lives as long as the process
        self._process = subprocess.Popen(
            [str(bootstrap)],
            cwd=bootstrap.parent,
            env={
                **environment,
                "LAMBDA_TASK_ROOT": str(bootstrap.parent),
                "AWS_LAMBDA_RUNTIME_API": self._runtime.address,
                "AWS_LAMBDA_LOG_STREAM_NAME": f"{time.strftime('%Y/%m/%d')}/[$LATEST]"
                + uuid.uuid4().hex,
            },
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )

    @property
    def alive(self) -> bool:
        """Whether the process can take another event."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def invoke(self, event: bytes) -> Outcome:
        """Hands the process an event and waits for its answer, its end or the timeout."""
        invocation = Invocation(event, time.time() + self._timeout_seconds)
        self._write(f"START RequestId: {invocation.request_id} Version: $LATEST")
        started = time.monotonic()
        self._runtime.submit(invocation)
        outcome = self._wait(invocation)
        milliseconds = (time.monotonic() - started) * 1000
        self._write(f"END RequestId: {invocation.request_id} Duration: {milliseconds:.0f} ms")
        return outcome

    def kill(self) -> None:
        """Ends the process at once, whatever it is doing; who waits for its answer learns of it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Kills the process and whatever it started."""
        self.kill()
        self._runtime.close()
        self._log.close()

    def _wait(self, invocation: Invocation) -> Outcome:
        while invocation.seconds_left > 0:
            with contextlib.suppress(queue.Empty):
                return invocation.outcome.get(timeout=min(POLL_SECONDS, invocation.seconds_left))
            if not self.alive:
                return self._last_words(invocation)
        self.kill()
        return self._failure(
            invocation,
            "Sandbox.Timedout",
            f"Task timed out after {self._timeout_seconds}.00 seconds",
        )

    def _last_words(self, invocation: Invocation) -> Outcome:
        for said in (invocation.outcome, self._runtime.init_error):
            with contextlib.suppress(queue.Empty):
                return said.get_nowait()
        status = self._process.returncode
        how = f"exit status {status}" if status >= 0 else f"signal: {signal.Signals(-status).name}"
        return self._failure(invocation, "Runtime.ExitError", f"Runtime exited with error: {how}")

    def _failure(self, invocation: Invocation, error_type: str, message: str) -> Outcome:
        text = f"RequestId: {invocation.request_id} Error: {message}"
        self._write(text)
        body = {"errorType": error_type, "errorMessage": text}
        return Outcome(json.dumps(body).encode(), is_error=True)

    def _write(self, line: str) -> None:
        with contextlib.suppress(ValueError, OSError):
            self._log.write(f"{line}\n".encode())
