"""The child executions of a Distributed Map."""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.itemprocessor.map_run_record import (  # noqa: E501
    MapRunRecord,
)
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str

from emulator.stepfunctions.timestamps import timestamp

COUNTERS = {
    "SUCCEEDED": "succeeded",
    "FAILED": "failed",
    "TIMED_OUT": "timed_out",
    "ABORTED": "aborted",
}
_creating = threading.Lock()


@dataclass
class Child:
    """One child execution."""

    index: int
    name: str
    execution_arn: str
    state_machine_arn: str
    start: datetime
    status: str = "RUNNING"
    stop: datetime | None = None
    input: Any = None
    output: Any = None
    error: str | None = None
    cause: str | None = None

    @classmethod
    def start_in(cls, record: MapRunRecord, index: int) -> Child:
        """Starts the child for the item at ``index`` and remembers it in the map run."""
        name = str(uuid.uuid4())
        machine = record.map_state_machine_arn  # ...:stateMachine:<machine>/<label>
        child = cls(
            index=index,
            name=name,
            execution_arn=f"{machine.replace(':stateMachine:', ':execution:', 1)}:{name}",
            state_machine_arn=machine,
            start=datetime.now(UTC),
        )
        children_of(record)[index] = child
        return child

    @property
    def counter(self) -> str:
        """The name of moto's counter for the child's status."""
        return COUNTERS[self.status]

    def enter(self, context: dict[str, Any]) -> None:
        """Makes ``context`` (a frame's context object) that of this child."""
        context.pop("Map", None)
        context["Execution"] = {
            **context["Execution"],
            "Id": self.execution_arn,
            "Name": self.name,
            "Input": self.input,
            "StartTime": timestamp(self.start),
        }
        context["StateMachine"] = {
            "Id": self.state_machine_arn,
            "Name": self.state_machine_arn.rpartition(":")[2],
        }

    def end(
        self,
        status: str,
        output: Any = None,
        error: str | None = None,
        cause: str | None = None,
    ) -> None:
        """Records how the child ended."""
        self.status, self.output, self.error, self.cause = status, output, error, cause
        self.stop = datetime.now(UTC)

    def description(self) -> dict[str, Any]:
        """The child as ListExecutions lists it."""
        return {
            "executionArn": self.execution_arn,
            "stateMachineArn": self.state_machine_arn,
            "name": self.name,
            "status": self.status,
            "startDate": self.start,
            "stopDate": self.stop,
        }

    def result(self) -> dict[str, Any]:
        """The child's row in a file of the ResultWriter."""
        row = {
            "ExecutionArn": self.execution_arn,
            "Name": self.name,
            "Status": self.status,
            "Input": to_json_str(self.input, separators=(",", ":")),
            "StartDate": timestamp(self.start),
            "StopDate": timestamp(self.stop) if self.stop else None,
            "StateMachineArn": self.state_machine_arn,
        }
        if self.status == "SUCCEEDED":
            row["Output"] = to_json_str(self.output, separators=(",", ":"))
        else:
            row |= {"Error": self.error, "Cause": self.cause}
        return row


def children_of(record: MapRunRecord) -> dict[int, Child]:
    """The children of a map run, by index of their item."""
    with _creating:
        return record.__dict__.setdefault("children", {})
