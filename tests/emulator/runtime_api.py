"""The Lambda Runtime API for one function process.

A ``bootstrap`` binary asks ``/next`` for work and posts its answer; that is all the contract
between Lambda and a ``provided.al2023`` function.
"""

from __future__ import annotations

import queue
import threading
import time
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VERSION = "2018-06-01"


@dataclass
class Outcome:
    """What a function answered; ``is_error`` if it reported an error instead of a result."""

    payload: bytes
    is_error: bool


@dataclass
class Invocation:
    """One event on its way to a function process."""

    payload: bytes
    deadline: float
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    outcome: queue.Queue[Outcome] = field(default_factory=queue.Queue)

    @property
    def seconds_left(self) -> float:
        """Seconds until the deadline, negative after it."""
        return self.deadline - time.time()


class RuntimeApi:
    """Serves the Runtime API to one process on a port of its own."""

    def __init__(self, function_arn: str) -> None:
        """Starts to listen on a free port of 127.0.0.1."""
        self.function_arn = function_arn
        self.init_error: queue.Queue[Outcome] = queue.Queue()
        self._waiting: queue.Queue[Invocation | None] = queue.Queue()
        self._running: dict[str, Invocation] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True
        ).start()

    @property
    def address(self) -> str:
        """``host:port``, the value of ``AWS_LAMBDA_RUNTIME_API``."""
        return f"127.0.0.1:{self._server.server_port}"

    def submit(self, invocation: Invocation) -> None:
        """Gives the process an event; its outcome arrives in ``invocation.outcome``."""
        self._waiting.put(invocation)

    def close(self) -> None:
        """Stops listening."""
        self._waiting.put(None)
        threading.Thread(target=self._server.shutdown, daemon=True).start()
        self._server.server_close()

    def take(self) -> Invocation | None:
        """The next event, or ``None`` when the API closes; waits for it."""
        invocation = self._waiting.get()
        if invocation is not None:
            self._running[invocation.request_id] = invocation
        return invocation

    def finish(self, request_id: str, outcome: Outcome) -> bool:
        """Hands over an outcome; false if nothing runs under that id."""
        invocation = self._running.pop(request_id, None)
        if invocation is not None:
            invocation.outcome.put(outcome)
        return invocation is not None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        api = self

        class Handler(_RuntimeHandler):
            runtime = api

        return Handler


class _RuntimeHandler(BaseHTTPRequestHandler):
    runtime: RuntimeApi
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        """``/runtime/invocation/next``."""
        invocation = self.runtime.take()
        if invocation is None:
            self.close_connection = True
            return
        self._reply(
            200,
            invocation.payload,
            {
                "Content-Type": "application/json",
                "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
                "Lambda-Runtime-Deadline-Ms": str(int(invocation.deadline * 1000)),
                "Lambda-Runtime-Invoked-Function-Arn": self.runtime.function_arn,
                "Lambda-Runtime-Trace-Id": f"Root=1-{int(time.time()):x}-{uuid.uuid4().hex[:24]}",
            },
        )

    def do_POST(self) -> None:
        """``/runtime/invocation/{id}/response``, ``.../error`` and ``/runtime/init/error``."""
        payload = self._read_body()
        parts = self.path.strip("/").split("/")
        outcome = Outcome(payload, is_error=parts[-1] == "error")
        if parts[-2:] == ["init", "error"]:
            self.runtime.init_error.put(outcome)
            accepted = True
        else:
            accepted = self.runtime.finish(parts[-2], outcome)
        self._reply(202 if accepted else 403, b"", {})

    def _read_body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0].strip() or b"0", 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
