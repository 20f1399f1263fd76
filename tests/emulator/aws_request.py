"""One AWS request, read the way AWS reads it: who asks which service to do what, to which thing.

moto recognises operations only inside each service. The gateway must know them before moto
is asked (access control, faults, the record of calls), so it reads requests itself, with the
service models that moto and botocore share.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

from botocore.serialize import create_serializer
from moto.core.model import OperationModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import NotFound, get_service_router
from moto.core.utils import get_service_model
from werkzeug.wsgi import get_input_stream

SIGNING_NAMES = {
    "access-analyzer": "accessanalyzer",
    "monitoring": "cloudwatch",
    "states": "stepfunctions",
    "tagging": "resourcegroupstaggingapi",
}
"""Names in the signature that differ from botocore's name of the service."""

_CREDENTIAL = re.compile(r"Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request")


@dataclass
class AwsRequest:
    """A request to an AWS operation.

    ``service`` and ``operation`` are botocore's names; ``operation`` is empty when the request
    fits no operation. ``params`` are the operation's input members.
    """

    environ: dict[str, Any]
    body: bytes
    access_key_id: str | None = None
    signing_name: str = ""
    service: str = ""
    region: str = "us-east-1"
    operation: str = ""
    protocol: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def model(self) -> OperationModel:
        """The operation's model."""
        return get_service_model(self.service).operation_model(self.operation)

    def fresh_environ(self) -> dict[str, Any]:
        """A copy of the WSGI environment whose body has not been read yet."""
        return {
            **{k: v for k, v in self.environ.items() if not k.startswith("werkzeug.request")},
            "wsgi.input": io.BytesIO(self.body),
            "CONTENT_LENGTH": str(len(self.body)),
        }

    def with_params(self, params: dict[str, Any]) -> AwsRequest:
        """The same request with other input members."""
        wire = create_serializer(self.protocol, include_validation=False).serialize_to_request(
            params, self.model
        )
        body = _encoded_body(wire["body"])
        query = wire["query_string"]
        pairs = query.items() if isinstance(query, dict) else query
        path, _, fixed_query = wire["url_path"].partition("?")
        text = "&".join(filter(None, [fixed_query, _urlencoded(pairs)]))
        environ = {
            **self.environ,
            "PATH_INFO": path,
            "RAW_URI": path + (f"?{text}" if text else ""),
            "REQUEST_URI": path + (f"?{text}" if text else ""),
            "QUERY_STRING": text,
        }
        return AwsRequest(
            environ, body, self.access_key_id, self.signing_name, self.service, self.region,
            self.operation, self.protocol, params,
        )  # fmt: skip


def _urlencoded(pairs: Any) -> str:
    from urllib.parse import urlencode

    return urlencode(list(pairs), doseq=True)


def _encoded_body(body: Any) -> bytes:
    if isinstance(body, dict):
        return _urlencoded(body.items()).encode()
    return body.encode() if isinstance(body, str) else bytes(body)


def read_request(environ: dict[str, Any]) -> AwsRequest:
    """Reads the request in ``environ``; what cannot be recognised stays empty."""
    body = get_input_stream(environ).read()
    request = AwsRequest(environ, body)
    match = _CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
    if match:
        request.access_key_id, request.region, request.signing_name = match.groups()
    request.service = _service(request)
    if request.service:
        _read_operation(request)
    return request


def _service(request: AwsRequest) -> str:
    path = request.environ.get("PATH_INFO", "")
    if request.signing_name == "s3" and path.startswith("/v20180820/"):
        return "s3control"
    if request.signing_name == "ses" and path.startswith("/v2/email/"):
        return "sesv2"
    if request.signing_name == "dynamodb" and "Streams" in request.environ.get(
        "HTTP_X_AMZ_TARGET", ""
    ):
        return "dynamodbstreams"
    return SIGNING_NAMES.get(request.signing_name, request.signing_name)


def _read_operation(request: AwsRequest) -> None:
    try:
        model = get_service_model(request.service)
        http = Request(request.fresh_environ())
        operation, path_params = get_service_router(request.service).match(http)
        request.protocol = determine_request_protocol(model, http.content_type)
    except (NotFound, NotImplementedError, ValueError, LookupError):
        request.operation = request.environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
        return
    request.operation = str(operation.name)
    request.params = _params(request, operation, http, path_params)


def _params(
    request: AwsRequest, operation: OperationModel, http: Request, path_params: dict[str, Any]
) -> dict[str, Any]:
    parser = PROTOCOL_PARSERS[request.protocol](operation)
    try:
        return dict(
            parser.parse(
                {
                    "method": http.method,
                    "values": http.values,
                    "headers": http.headers,
                    "body": request.body,
                    "url_path": http.path,
                    "url_params": path_params,
                }
            )
        )
    except Exception:  # moto refuses the malformed request itself, with AWS's error
        return dict(path_params)
