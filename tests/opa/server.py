"""The engine of OPA behind the part of its REST API that orgsweep uses, with `policies/` loaded.

Answers are put as `opa run --server` puts them; with `OPA_TOKEN` set, to those who bear it.
Prints its port, and ends when its input does.
"""

from __future__ import annotations

import gzip
import json
import os
import queue
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
POLICIES = ROOT / "policies"
ENGINE = Path(os.environ.get("OPA_ENGINE", ROOT / ".venv" / "opa-engine"))

sys.path.insert(0, str(ENGINE))
try:
    from opa_bindings import OpaEngine, OpaError, OpaUndefinedError
except ImportError as error:
    sys.exit(f"no OPA engine in `{ENGINE}` ({error}): run `make test-opa`")


def engine() -> OpaEngine:
    """An engine with the policies and the default parameters, as docs/OPA.md loads them."""
    loaded = OpaEngine()
    for path in sorted(POLICIES.glob("*/*.rego")):
        if not path.name.endswith("_test.rego"):
            loaded.add_policy(str(path.relative_to(POLICIES)), path.read_text())
    loaded.add_data(json.loads((POLICIES / "parameters.json").read_text()))
    return loaded


ENGINES: queue.SimpleQueue[OpaEngine] = queue.SimpleQueue()


def evaluated(path: str, document: Any) -> tuple[int, dict[str, Any]]:
    """Status and body of a question to the document at a path.

    The engine is strict about builtin errors by itself.
    """
    one = ENGINES.get()
    try:
        return 200, {"result": one.eval_document(path.replace("/", "."), document)}
    except OpaUndefinedError:
        return 200, {}
    except OpaError as error:
        cause = {"code": error.code, "message": error.message}
        message = "error(s) occurred while evaluating query"
        return 500, {"code": "internal_error", "message": message, "errors": [cause]}
    finally:
        ENGINES.put(one)


TOKEN = os.environ.get("OPA_TOKEN")


class Handler(BaseHTTPRequestHandler):
    """`GET /health` and `POST /v1/data/<path>`."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The probe of the health."""
        self.answer(*((200, {}) if self.path.startswith("/health") else (404, {})))

    def do_POST(self) -> None:
        """A question."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if TOKEN and self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self.answer(401, {"code": "unauthorized", "message": "rejected"})
            return
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        path, _, _ = self.path.partition("?")
        self.answer(*evaluated(path.removeprefix("/v1/data/"), json.loads(body)["input"]))

    def answer(self, status: int, body: dict[str, Any]) -> None:
        """Sends a JSON document."""
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: Any) -> None:
        """Says nothing: the tests look at the answers."""


def main() -> None:
    """Serves until the input ends."""
    for _ in range(os.cpu_count() or 1):
        ENGINES.put(engine())
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
