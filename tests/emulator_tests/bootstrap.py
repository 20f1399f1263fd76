"""A Lambda ``bootstrap`` for tests: does what its event orders, through the Runtime API."""

import http.client
import json
import os
import time

API = os.environ["AWS_LAMBDA_RUNTIME_API"]
served = 0


def call(method: str, path: str, body: bytes | None = None) -> tuple[dict, bytes]:
    connection = http.client.HTTPConnection(API)
    connection.request(method, f"/2018-06-01/runtime/{path}", body)
    response = connection.getresponse()
    return dict(response.getheaders()), response.read()


def put_object(path: str) -> None:
    """Writes an object with the credentials of the function; nobody verifies the signature."""
    scope = f"{os.environ['AWS_ACCESS_KEY_ID']}/20260101/us-east-1/s3/aws4_request"
    connection = http.client.HTTPConnection(os.environ["AWS_ENDPOINT_URL"].removeprefix("http://"))
    signed = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=none"
    connection.request("PUT", path, b"{}", {"Authorization": signed})
    connection.getresponse().read()


def carry_out(event: dict, headers: dict) -> dict:
    time.sleep(event.get("sleep", 0))
    if "put" in event:
        put_object(event["put"])
    if "exit" in event:
        os._exit(event["exit"])
    if "stdout" in event:
        print(event["stdout"], flush=True)
    return {
        "echo": event,
        "pid": os.getpid(),
        "served": served,
        "environment": dict(os.environ),
        "deadline_ms": int(headers["Lambda-Runtime-Deadline-Ms"]),
    }


if os.environ.get("FAIL_INIT"):
    call("POST", "init/error", b'{"errorType": "Init.Failed", "errorMessage": "no luck"}')
    raise SystemExit(1)

while True:
    headers, body = call("GET", "invocation/next")
    request_id, event = headers["Lambda-Runtime-Aws-Request-Id"], json.loads(body)
    served += 1
    if served <= event.get("fail_first", 0) or "error" in event:
        error = {"errorType": event.get("error", "Flaky"), "errorMessage": "as ordered"}
        call("POST", f"invocation/{request_id}/error", json.dumps(error).encode())
        continue
    answer = json.dumps(carry_out(event, headers)).encode()
    call("POST", f"invocation/{request_id}/response", answer)
