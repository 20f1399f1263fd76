"""The front door: every request is read, authorised, answered and recorded here.

Order: faults, access control, our own answer if a service module has one, moto.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from emulator import fault_effects, iam
from emulator.aws_request import AwsRequest, read_request
from emulator.aws_response import Answer, AwsError, error_answer, error_code, result_answer
from emulator.callers import Caller, caller_of
from emulator.calls import CallRecord
from emulator.fault_effects import EndProcess
from emulator.faults import FaultBoard
from emulator.moto_upstream import MotoUpstream
from emulator.records import Call, Fault

log = logging.getLogger("emulator")


Operation = Callable[[AwsRequest, Caller, MotoUpstream], dict[str, Any] | Answer]
"""Our own implementation of an operation: its output members, or moto's answer as it is.

It raises AwsError to refuse."""

Check = Callable[[AwsRequest, Caller], None]
"""A condition on requests of any operation; raises AwsError to refuse."""

Addition = Callable[[AwsRequest, Answer], None]
"""What every answer of a service carries, a refusal too."""


class Gateway:
    """Answers AWS requests."""

    def __init__(
        self,
        operations: dict[tuple[str, str], Operation],
        checks: Sequence[Check] = (),
        additions: Sequence[Addition] = (),
        end_process: EndProcess = lambda access_key_id: False,
    ) -> None:
        """``operations`` maps (service, operation) to the implementations that replace moto's.

        ``checks`` are asked after access control and before the operation; ``additions``
        complete every answer; ``end_process`` is what a fault that kills a function calls.
        """
        self._operations = operations
        self._checks = checks
        self._additions = additions
        self._end_process = end_process
        self.moto = MotoUpstream()
        self.faults = FaultBoard()
        self.calls = CallRecord()
        self.enforce_iam = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The WSGI entry."""
        answer = self.answer(read_request(environ))
        if environ["REQUEST_METHOD"] == "HEAD":
            headers, body = answer.headers, b""
        else:
            headers, body = (
                [*answer.headers, ("Content-Length", str(len(answer.body)))],
                answer.body,
            )
        start_response(f"{answer.status} {'OK' if answer.status < 300 else 'Error'}", headers)
        return [body]

    def answer(self, request: AwsRequest) -> Answer:
        """Answers and records one request."""
        caller = caller_of(request.access_key_id, request.region)
        access = iam.Access.of(request, caller)
        decision = "unchecked"
        fault = self.faults.strike(
            service=request.service,
            operation=request.operation,
            account=caller.account,
            region=request.region,
            resource=access.resource,
        )
        try:
            if self.enforce_iam and not (fault and fault.kind == "error"):
                decision = "denied"
                iam.authorize(request, caller, access)
                decision = "allowed"
            answer = self._carry_out(request, caller, fault)
        except AwsError as error:
            answer = error_answer(request, error)
        except Exception as error:  # a defect of the emulator; the log has its trace
            log.exception("%s %s", request.service, request.operation)
            message = f"the emulator failed: {type(error).__name__}: {error}"
            answer = error_answer(request, AwsError("InternalFailure", message, 500))
        for addition in self._additions:
            addition(request, answer)
        self._record(request, caller, access, decision, fault is not None, answer)
        return answer

    def _carry_out(self, request: AwsRequest, caller: Caller, fault: Fault | None) -> Answer:
        if fault is None:
            return self._do(request, caller)
        carry = partial(self._do, caller=caller)
        return fault_effects.strike(fault, request, carry, self._end_process)

    def _do(self, request: AwsRequest, caller: Caller) -> Answer:
        for check in self._checks:
            check(request, caller)
        ours = self._operations.get((request.service, request.operation))
        if ours is None:
            return self.moto.answer(request, caller.account)
        result = ours(request, caller, self.moto)
        return result if isinstance(result, Answer) else result_answer(request, result)

    def _record(
        self,
        request: AwsRequest,
        caller: Caller,
        access: iam.Access,
        decision: str,
        fault: bool,
        answer: Answer,
    ) -> None:
        code = error_code(request, answer)
        if answer.status >= 500 and not fault:
            log.error("%s %s: %s %r", request.service, request.operation, answer.status,
                      answer.body[-500:])  # fmt: skip
        self.calls.add(
            Call(
                account=caller.account,
                principal=caller.arn,
                role=caller.role,
                service=request.service,
                operation=request.operation,
                action=access.action,
                actions=[need.action for need in access.needs],
                region=request.region,
                resource=access.resource,
                decision=decision,
                status=answer.status,
                error=code,
                fault=fault,
            )
        )
