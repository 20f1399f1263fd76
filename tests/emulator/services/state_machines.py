"""Step Functions: roles of state machines, and the children of Distributed Maps.

moto takes any role, even one that does not exist, does not know children as executions, and fails
to list the map runs of an execution that has only just started.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.stepfunctions.parser.models import stepfunctions_parser_backends

from emulator.aws_request import AwsRequest
from emulator.aws_response import Answer, AwsError
from emulator.callers import Caller
from emulator.iam import service_may_assume
from emulator.moto_upstream import MotoUpstream
from emulator.services.paging import page
from emulator.stepfunctions.map_children import Child, children_of

PAGE = 100


def create_state_machine(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> Answer:
    """Creates a state machine.

    # Errors
    ``AccessDeniedException`` if Step Functions may not assume the role.
    """
    role = request.params["roleArn"]
    names = ("states.amazonaws.com", f"states.{request.region}.amazonaws.com")
    own = f"arn:{caller.partition}:states:{request.region}:{caller.account}:stateMachine"
    machine = f"{own}:{request.params['name']}"
    if not any(service_may_assume(name, role, machine) for name in names):
        raise AwsError(
            "AccessDeniedException",
            f"Neither the global service principal states.amazonaws.com, nor the regional one is "
            f"authorized to assume the provided role {role}.",
        )
    return moto.answer(request, caller.account)


def list_executions(
    request: AwsRequest, caller: Caller, moto: MotoUpstream
) -> dict[str, Any] | Answer:
    """Executions of a state machine, or the children of a map run, the latest first."""
    map_run, status = request.params.get("mapRunArn"), request.params.get("statusFilter")
    if map_run is None:
        return moto.answer(request, caller.account)
    records = [r for r in _map_runs(request, caller) if r.map_run_arn == map_run]
    if not records:
        raise AwsError("ResourceNotFound", f"map run `{map_run}` does not exist")
    children = sorted(children_of(records[0]).values(), key=lambda c: c.start, reverse=True)
    listed, token = page(
        [child for child in children if status in (None, child.status)],
        request.params.get("maxResults"),
        request.params.get("nextToken"),
        PAGE,
        "InvalidToken",
    )
    rows = [{**child.description(), "mapRunArn": map_run} for child in listed]
    return {"executions": rows, "nextToken": token}


def describe_execution(
    request: AwsRequest, caller: Caller, moto: MotoUpstream
) -> dict[str, Any] | Answer:
    """An execution, or a child of a map run."""
    arn = request.params.get("executionArn", "")
    for record in _map_runs(request, caller) if "/" in arn else ():
        for child in list(children_of(record).values()):
            if child.execution_arn == arn:
                return {**child.description(), **_outcome(child), "mapRunArn": record.map_run_arn}
    return moto.answer(request, caller.account)


def list_map_runs(
    request: AwsRequest, caller: Caller, moto: MotoUpstream
) -> dict[str, Any] | Answer:
    """The map runs of an execution: none before it has got going, where moto fails."""
    backend = stepfunctions_parser_backends[caller.account][request.region]
    arn = request.params.get("executionArn")
    for execution in backend._get_executions():
        worker = execution.exec_worker
        if execution.exec_arn == arn and (worker is None or worker.env is None):
            return {"mapRuns": []}
    return moto.answer(request, caller.account)


def _map_runs(request: AwsRequest, caller: Caller) -> Iterator[Any]:
    backend = stepfunctions_parser_backends[caller.account][request.region]
    for execution in backend._get_executions():
        if execution.exec_worker.env is not None:
            yield from execution.exec_worker.env.map_run_record_pool_manager.get_all()


def _outcome(child: Child) -> dict[str, Any]:
    row = child.result()
    names = {"Input": "input", "Output": "output", "Error": "error", "Cause": "cause"}
    return {member: row.get(name) for name, member in names.items()}


OPERATIONS = {
    ("stepfunctions", "CreateStateMachine"): create_state_machine,
    ("stepfunctions", "DescribeExecution"): describe_execution,
    ("stepfunctions", "ListExecutions"): list_executions,
    ("stepfunctions", "ListMapRuns"): list_map_runs,
}
