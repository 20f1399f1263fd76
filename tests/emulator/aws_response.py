"""Answers in the wire format of the operation: errors that every SDK can read, and results.

moto answers several refusals in XML to services that speak JSON, so that the Rust SDK sees no
error code at all. Here an error is written by the protocol of the operation that was asked.
"""

from __future__ import annotations

import json
import uuid
import warnings
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from botocore.parsers import create_parser
from moto.core.serialize import get_serializer_class

from emulator.aws_request import AwsRequest


@dataclass
class Answer:
    """An HTTP answer, and the error code in it if it is an error."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    error: str | None = None


class AwsError(Exception):
    """An error answer: ``code`` as the SDK shows it, ``status`` as HTTP.

    ``answer`` is moto's own if the error came from there: it may say more than the code.
    """

    def __init__(
        self, code: str, message: str, status: int = 400, answer: Answer | None = None
    ) -> None:
        """Takes the parts of the error."""
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.answer = answer


def error_answer(request: AwsRequest, error: AwsError) -> Answer:
    """Writes ``error`` in the protocol of the request, unless moto has done so."""
    if error.answer is not None:
        return error.answer
    request_id = str(uuid.uuid4())
    if request.protocol in ("json", "rest-json"):
        body = json.dumps({"__type": error.code, "message": error.message})
        kind = "application/x-amz-json-1.1" if request.protocol == "json" else "application/json"
    else:
        body = _xml_error(request, error, request_id)
        kind = "application/xml"
    headers = [
        ("Content-Type", kind),
        ("x-amzn-RequestId", request_id),
        ("x-amz-request-id", request_id),
    ]
    if request.protocol == "rest-json":
        headers.append(("x-amzn-ErrorType", error.code))
    return Answer(error.status, headers, body.encode(), error.code)


def _xml_error(request: AwsRequest, error: AwsError, request_id: str) -> str:
    inner = f"<Code>{escape(error.code)}</Code><Message>{escape(error.message)}</Message>"
    if request.protocol == "ec2":
        return (
            f"<Response><Errors><Error>{inner}</Error></Errors>"
            f"<RequestID>{request_id}</RequestID></Response>"
        )
    if request.service in ("s3", ""):
        return f"<Error>{inner}<RequestId>{request_id}</RequestId></Error>"
    return (
        f"<ErrorResponse><Error><Type>Sender</Type>{inner}</Error>"
        f"<RequestId>{request_id}</RequestId></ErrorResponse>"
    )


def result_answer(request: AwsRequest, result: dict[str, Any]) -> Answer:
    """Writes ``result`` (output members) in the protocol of the request."""
    serializer = get_serializer_class(request.service, request.protocol)(request.model)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wire = serializer.serialize(result)
    body = wire["body"]
    headers = [(str(k), str(v)) for k, v in wire["headers"].items()]
    headers.append(("x-amzn-RequestId", str(uuid.uuid4())))
    return Answer(
        int(wire["status_code"]), headers, body.encode() if isinstance(body, str) else body
    )


def read_answer(request: AwsRequest, answer: Answer) -> dict[str, Any]:
    """Reads an answer back into output members.

    # Errors
    :class:`AwsError` if it is an error answer.
    """
    parsed = parse_answer(request, answer)
    if answer.status >= 300:
        error = parsed.get("Error", {})
        code = str(error.get("Code", answer.status))
        raise AwsError(code, error.get("Message", ""), answer.status, answer)
    parsed.pop("ResponseMetadata", None)
    return parsed


def parse_answer(request: AwsRequest, answer: Answer) -> dict[str, Any]:
    """Output members, or ``{"Error": {"Code", "Message"}}`` of an error answer."""
    headers = {key.lower(): value for key, value in answer.headers}
    return dict(
        create_parser(request.protocol).parse(
            {"status_code": answer.status, "headers": headers, "body": answer.body},
            request.model.output_shape,
        )
    )


def error_code(request: AwsRequest, answer: Answer) -> str | None:
    """The error code of an answer, if it is one and can be read."""
    if answer.error or answer.status < 400 or not request.protocol:
        return answer.error
    try:
        return str(parse_answer(request, answer)["Error"]["Code"]) or None
    except Exception:  # an answer that no SDK could read has no code
        return None
