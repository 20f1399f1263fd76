"""Runs ``provided.*`` Lambda functions: each deployed ``bootstrap`` is a local process.

moto runs functions in Docker or, without it, answers with the event itself. Here the deployed
zip is unpacked and its bootstrap started with what Lambda gives it: the Runtime API, the
function's environment and temporary credentials of the function's role. Processes stay warm
and are used again; they end with the emulator.
"""

from __future__ import annotations

import io
import json
import os
import threading
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from moto.awslambda_simple.models import LambdaSimpleBackend

from emulator import layers
from emulator.callers import role_session
from emulator.function_process import FunctionProcess
from emulator.runtime_api import Outcome

MAX_PROCESSES = 64
"""Functions running at once; further invocations wait, where AWS would start more."""


class LambdaHost:
    """The pool of function processes."""

    def __init__(self, endpoint: str, data_dir: Path) -> None:
        """Functions reach AWS at ``endpoint``; logs and code go below ``data_dir``."""
        self._endpoint = endpoint
        self._logs = data_dir / "logs"
        self._code = data_dir / "functions"
        self._temporary = data_dir / "tmp"
        self._logs.mkdir(parents=True, exist_ok=True)
        self._code.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._slots = threading.BoundedSemaphore(MAX_PROCESSES)
        self._idle: dict[str, list[FunctionProcess]] = defaultdict(list)
        self._all: set[FunctionProcess] = set()
        self._stopping = False

    def install(self) -> None:
        """Makes moto's Lambda service invoke through this host."""
        host = self

        def invoke(
            backend: LambdaSimpleBackend,
            function_name: str,
            qualifier: str | None,
            body: Any,
            headers: Any,
            response_headers: dict[str, str],
        ) -> bytes:
            function = backend.get_function(function_name, qualifier)
            event = body if isinstance(body, bytes) else (body or "{}").encode()
            kind = headers.get("X-Amz-Invocation-Type", "RequestResponse")
            if kind == "DryRun":
                return b""
            if kind == "Event":
                threading.Thread(target=host.run, args=(function, event), daemon=True).start()
                return b""
            outcome = host.run(function, event)
            if outcome.is_error:
                response_headers["x-amz-function-error"] = "Unhandled"
            response_headers["Content-Length"] = str(len(outcome.payload))
            return outcome.payload

        LambdaSimpleBackend.invoke = invoke  # type: ignore[method-assign]

    def run(self, function: Any, event: bytes) -> Outcome:
        """Invokes a deployed function (moto's model of it) and waits for its outcome."""
        with self._slots:
            try:
                process = self._take(function)
            except (LookupError, OSError, zipfile.BadZipFile, KeyError) as error:
                return _failure("Runtime.InvalidEntrypoint", str(error))
            outcome = process.invoke(event)
            self._give_back(process)
            return outcome

    def end_process(self, access_key_id: str) -> bool:
        """Kills the process that has these credentials; false if there is none."""
        with self._lock:
            found = [it for it in self._all if it.access_key_id == access_key_id and it.alive]
        for process in found:
            process.kill()
        return bool(found)

    def stop(self) -> None:
        """Ends every function process."""
        with self._lock:
            self._stopping = True
            for process in self._all:
                process.stop()
            self._all.clear()
            self._idle.clear()

    def _take(self, function: Any) -> FunctionProcess:
        version = _version(function)
        with self._lock:
            if self._stopping:
                raise LookupError("the emulator is stopping")
            idle = self._idle[function.function_arn]
            for stale in [process for process in idle if process.version != version]:
                idle.remove(stale)
                self._discard(stale)
            if idle:
                return idle.pop()
            code = self._unpacked(function)
            opt = layers.unpacked(function, code)
        process = FunctionProcess(
            name=function.function_name,
            arn=function.function_arn,
            version=version,
            bootstrap=code / "bootstrap",
            environment=self._environment(function, opt),
            timeout_seconds=int(function.timeout or 3),
            log_path=self._logs / f"lambda-{function.function_name}.log",
        )
        with self._lock:
            self._all.add(process)
            if self._stopping:
                self._discard(process)
        return process

    def _give_back(self, process: FunctionProcess) -> None:
        with self._lock:
            if process.alive and not self._stopping:
                self._idle[process.arn].append(process)
            else:
                self._discard(process)

    def _discard(self, process: FunctionProcess) -> None:
        process.stop()
        self._all.discard(process)

    def _unpacked(self, function: Any) -> Path:
        digest = "".join(c for c in function.code_sha_256 if c.isalnum())[:16]
        folder = self._code / f"{function.function_name}-{digest}"
        if not folder.exists():
            zipfile.ZipFile(io.BytesIO(function.code_bytes)).extractall(folder)
        bootstrap = folder / "bootstrap"
        if not bootstrap.exists():
            raise LookupError(f"the code of `{function.function_name}` has no `bootstrap`")
        bootstrap.chmod(0o755)
        return folder

    def _environment(self, function: Any, opt: Path) -> dict[str, str]:
        region = function.function_arn.split(":")[3]
        temporary = self._temporary / function.function_name
        temporary.mkdir(parents=True, exist_ok=True)
        session = role_session(function.role, function.function_name)
        return {
            "AWS_ENDPOINT_URL": self._endpoint,
            "HOME": str(temporary),
            "TMPDIR": str(temporary),
            **layers.led_to(opt, function.environment_vars),
            # reserved: Lambda refuses to let a function define these
            "PATH": os.environ["PATH"],
            "TZ": ":UTC",
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_ACCESS_KEY_ID": session.access_key_id,
            "AWS_SECRET_ACCESS_KEY": session.secret_access_key,
            "AWS_SESSION_TOKEN": session.session_token,
            "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
            "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.function_name}",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "_HANDLER": "bootstrap",
        }


def _version(function: Any) -> str:
    """What must be equal for a warm process to be used again."""
    return json.dumps(
        [function.code_sha_256, function.environment_vars, function.role, function.timeout],
        sort_keys=True,
    )


def _failure(error_type: str, message: str) -> Outcome:
    body = {"errorType": error_type, "errorMessage": message}
    return Outcome(json.dumps(body).encode(), is_error=True)
