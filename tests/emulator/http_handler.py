"""HTTP for the emulator: connections stay open.

Werkzeug closes the connection after each answer, because it does not know whether the
application has read the whole request. Here the request is read first, so that an SDK can go
on using its connection; thousands of small calls take half the time.
"""

from __future__ import annotations

import io
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.wsgi import get_input_stream

IDLE_SECONDS = 900
"""A function that is idle for that long has long been stopped."""
WITHOUT_BODY = {"204", "304"}


class Handler(MotoRequestHandler):
    """Serves one connection."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True
    wbufsize = -1

    def run_wsgi(self) -> None:
        """Answers one request."""
        if self.headers.get("Expect", "").lower().strip() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
        self._started: tuple[str, list[tuple[str, str]]] = ("500 Error", [])
        body = b"".join(self.server.app(self._environ(), self._start_response))
        status, headers = self._started
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        names = {name.lower() for name, _ in headers}
        if "content-length" not in names and code not in WITHOUT_BODY:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def _environ(self) -> dict[str, Any]:
        environ = self.make_environ()
        body = get_input_stream(environ).read()
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        environ.pop("wsgi.input_terminated", None)
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        return environ

    def _start_response(self, status: str, headers: list[tuple[str, str]], *_: object) -> None:
        self._started = (status, headers)

    def log_request(self, *_: object) -> None:
        """Says nothing; ``GET /emulator/calls`` has more."""
