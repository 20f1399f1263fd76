"""The AWS that `aggregate` meets in a measurement: a run bucket, two tables, Security Hub, STS.

moto is too slow and takes too much memory for 200,000 findings: these are a few dictionaries behind
an HTTP server. It knows the requests of `aggregate` and nothing else.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from measure.table import Table

Objects = Callable[[str], Any]
"""The document of the run bucket under a key, or nothing."""

IDENTITY = """<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<GetCallerIdentityResult><Arn>arn:aws:iam::999900001111:role/r</Arn><UserId>r</UserId>
<Account>999900001111</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that was killed hangs up: nothing to say."""


class StandIn:
    """A server on a free port of 127.0.0.1."""

    def __init__(self) -> None:
        """Starts to listen."""
        self.tables = {"findings": Table("account", "place"), "runs": Table("pk", "sk")}
        self.objects: Objects = lambda _: None
        self.calls: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """The value of ``AWS_ENDPOINT_URL``."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stops to listen."""
        self._server.shutdown()
        self._server.server_close()

    def get(self, key: str) -> tuple[int, bytes]:
        """A document of the run bucket."""
        self._count("GetObject")
        document = self.objects(key)
        if document is None:
            return 404, b"<Error><Code>NoSuchKey</Code></Error>"
        return 200, json.dumps(document).encode()

    def put(self) -> tuple[int, bytes]:
        """Takes a document and forgets it."""
        self._count("PutObject")
        return 200, b""

    def dynamodb(self, operation: str, asked: dict[str, Any]) -> tuple[int, Any]:
        """Answers a request to DynamoDB."""
        self._count(operation)
        if operation == "TransactWriteItems":
            return self._transact(asked["TransactItems"])
        if operation == "BatchWriteItem":
            for table, writes in asked["RequestItems"].items():
                for write in writes:
                    self.tables[table].put(write["PutRequest"]["Item"])
            return 200, {"UnprocessedItems": {}}
        table = self.tables[asked["TableName"]]
        if operation == "Query":
            return 200, table.query(asked)
        with self._lock:
            if table.refuses(asked):
                return 400, {"__type": "ConditionalCheckFailedException"}
            table.put(asked["Item"]) if operation == "PutItem" else table.update(asked)
        return 200, {}

    def import_findings(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Takes findings and forgets them."""
        self._count("BatchImportFindings")
        return {"SuccessCount": len(asked["Findings"]), "FailedCount": 0, "FailedFindings": []}

    def _transact(self, items: list[dict[str, Any]]) -> tuple[int, Any]:
        writes = [next(iter(item.items())) for item in items]
        with self._lock:
            refused = [self.tables[write["TableName"]].refuses(write) for _, write in writes]
            if any(refused):
                codes = ["ConditionalCheckFailed" if it else "None" for it in refused]
                reasons = [{"Code": code} for code in codes]
                kind = "TransactionCanceledException"
                return 400, {"__type": kind, "CancellationReasons": reasons}
            for kind, write in writes:
                table = self.tables[write["TableName"]]
                if kind == "Update":
                    table.update(write)
                elif kind == "Delete":
                    table.delete(write["Key"])
        return 200, {}

    def _count(self, operation: str) -> None:
        with self._lock:
            self.calls[operation] += 1


def _handler(aws: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # noqa: D102, N802
            key = self.path.split("?")[0].split("/", 2)[2]
            self._answer(*aws.get(key))

        def do_PUT(self) -> None:  # noqa: D102, N802
            self._body()
            self._answer(*aws.put())

        def do_POST(self) -> None:  # noqa: D102, N802
            body = self._body()
            target = self.headers.get("x-amz-target")
            if target:
                status, answer = aws.dynamodb(target.split(".")[1], json.loads(body))
                self._answer(status, json.dumps(answer).encode())
            elif self.path.startswith("/findings/import"):
                self._answer(200, json.dumps(aws.import_findings(json.loads(body))).encode())
            else:
                self._answer(200, IDENTITY.encode())

        def _body(self) -> bytes:
            return self.rfile.read(int(self.headers.get("content-length") or 0))

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    return Handler
