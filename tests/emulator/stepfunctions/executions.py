"""Executions: names, output, waiting.

moto names an unnamed execution ``None``, so that the second one clashes with the first, and
answers DescribeExecution with text that is not JSON when the output is a string, or HTTP 500
when it holds a date (the context object's StartTime is one). The interpreter's own errors
reach the caller without their names, some as HTTP 500.
"""

from __future__ import annotations

import time
import uuid
from types import SimpleNamespace
from typing import Any

from moto.core.exceptions import AWSError
from moto.stepfunctions.parser import api
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str
from moto.stepfunctions.parser.backend.execution import Execution
from moto.stepfunctions.parser.models import StepFunctionsParserBackend
from moto.stepfunctions.responses import StepFunctionResponse

from emulator.stepfunctions.timestamps import timestamp

START_SECONDS = 5


def install(wait_scale: float) -> None:
    """Names executions, writes outputs as JSON and scales the pauses before retries."""
    _name_executions()
    _date_executions()
    _encode_outputs()
    _name_errors()
    if wait_scale != 1.0:
        retrier_decl.time = SimpleNamespace(  # type: ignore[assignment]
            sleep=lambda seconds: time.sleep(seconds * wait_scale)
        )


def _name_executions() -> None:
    moto_start = StepFunctionsParserBackend.start_execution

    def start_execution(
        self: StepFunctionsParserBackend,
        state_machine_arn: str,
        name: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        name = name or str(uuid.uuid4())
        execution = moto_start(self, state_machine_arn, name, *args, **kwargs)
        deadline = time.monotonic() + START_SECONDS
        while execution.exec_worker.env is None and time.monotonic() < deadline:
            time.sleep(0.001)  # until it has an environment, moto's own look-ups fail
        return execution

    StepFunctionsParserBackend.start_execution = start_execution  # type: ignore[method-assign]


def _date_executions() -> None:
    moto_details = Execution.get_start_execution_details

    def details(self: Execution) -> Any:
        started = moto_details(self)
        started.start_time = timestamp(self.start_date)
        return started

    Execution.get_start_execution_details = details  # type: ignore[method-assign]


def _name_errors() -> None:
    for error in vars(api).values():
        if isinstance(error, type) and issubclass(error, api.ServiceException):
            name = error.__dict__.get("code")
            if isinstance(name, str):
                error.TYPE = name
                error.__init__ = _error_with_message  # type: ignore[misc]


def _error_with_message(self: AWSError, message: str = "", *args: Any) -> None:
    AWSError.__init__(self, message or str(self.TYPE), *args)


def _encode_outputs() -> None:
    moto_describe = StepFunctionResponse.describe_execution

    def describe_execution(self: StepFunctionResponse) -> Any:
        execution = self.stepfunction_backend.describe_execution(self._get_param("executionArn"))
        status = execution.status
        if status == "SUCCEEDED" and not hasattr(execution, "json_output"):
            execution.json_output = to_json_str(execution.output, separators=(",", ":"))
            execution.output = execution.json_output
        return moto_describe(self)

    StepFunctionResponse.describe_execution = describe_execution  # type: ignore[method-assign]
