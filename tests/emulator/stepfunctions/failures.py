"""Raises the failures that the States Language names."""

from __future__ import annotations

from moto.stepfunctions.parser.api import HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEvent,
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import (
    StatesErrorName,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails


def map_failure(env: Environment, kind: StatesErrorNameType, cause: str) -> FailureEventException:
    """A failure of a Map state."""
    details = {"error": kind.to_name(), "cause": cause}
    return FailureEventException(
        FailureEvent(
            env=env,
            error_name=StatesErrorName(kind),
            event_type=HistoryEventType.MapRunFailed,
            event_details=EventDetails(mapRunFailedEventDetails=details),
        )
    )


def execution_failure(
    env: Environment, kind: StatesErrorNameType, cause: str
) -> FailureEventException:
    """A failure of a state that has no retry and no catch, such as Choice."""
    details = {"error": kind.to_name(), "cause": cause}
    return FailureEventException(
        FailureEvent(
            env=env,
            error_name=StatesErrorName(kind),
            event_type=HistoryEventType.ExecutionFailed,
            event_details=EventDetails(executionFailedEventDetails=details),
        )
    )
