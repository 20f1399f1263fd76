"""moto itself, called in process."""

from __future__ import annotations

import logging
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.wrappers import Response

from emulator.aws_request import AwsRequest
from emulator.aws_response import Answer, AwsError, read_answer

log = logging.getLogger("emulator")

NOT_IMPLEMENTED = 501
"""Unlike 500, SDKs do not try again after it."""
HOP_HEADERS = {"content-length", "connection", "transfer-encoding"}


class MotoUpstream:
    """Answers requests with moto, as the account that the gateway has recognised."""

    def __init__(self) -> None:
        """Creates moto's dispatcher; services are loaded when first used."""
        self.application = DomainDispatcherApplication(create_backend_app)

    def answer(self, request: AwsRequest, account: str) -> Answer:
        """moto's answer, untouched.

        # Errors
        :class:`emulator.aws_response.AwsError` ``NotImplemented`` if moto raises an exception.
        """
        environ = request.fresh_environ()
        environ["HTTP_X_MOTO_ACCOUNT_ID"] = account
        try:
            response = Response.from_app(self.application, environ, buffered=True)
        except Exception as error:  # moto raises what it has not implemented, and its defects
            log.exception("%s %s", request.service, request.operation)
            message = f"moto cannot do {request.operation}: {type(error).__name__}: {error}"
            raise AwsError("NotImplemented", message, NOT_IMPLEMENTED) from error
        hop_headers = HOP_HEADERS - (
            {"content-length"} if environ["REQUEST_METHOD"] == "HEAD" else set()
        )
        headers = [(k, v) for k, v in response.headers if k.lower() not in hop_headers]
        return Answer(response.status_code, headers, response.get_data())

    def call(
        self, request: AwsRequest, account: str, params: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """moto's answer as output members, optionally for other input members.

        # Errors
        :class:`emulator.aws_response.AwsError` if moto answers with an error.
        """
        asked = request if params is None else request.with_params(params)
        return read_answer(asked, self.answer(asked, account))
