"""Distributed Map: children are executions of their own, failures count, results are written.

moto gives children the parent's context object (``$$.Execution.Id`` of the parent, which AWS
never shows a child), lets a map succeed however many children failed, counts wrongly, starts
MaxConcurrency threads for three items, and writes a manifest that lists no files.
"""

from __future__ import annotations

from typing import Any

from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.item_reader.item_reader_decl import (  # noqa: E501
    ItemReader,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.distributed_iteration_component import (  # noqa: E501
    DistributedIterationComponent,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.itemprocessor.distributed_item_processor_worker import (  # noqa: E501
    DistributedItemProcessorWorker,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.itemprocessor.map_run_record import (  # noqa: E501
    MapRunRecord,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.job import JobPool
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.asl.eval.program_state import (
    ProgramEnded,
    ProgramError,
    ProgramStopped,
    ProgramTimedOut,
)
from moto.stepfunctions.parser.asl.eval.states import ItemData, MapData

from emulator.stepfunctions import map_results
from emulator.stepfunctions.failures import map_failure
from emulator.stepfunctions.map_children import Child

MAX_CONCURRENCY = 200
"""Workers of a map that sets no limit; AWS would start up to 10,000 children."""


def install() -> None:
    """Replaces moto's evaluation of children and of the map run."""
    DistributedItemProcessorWorker._eval_job = _run_child  # type: ignore[method-assign]
    DistributedIterationComponent._map_run = _map_run  # type: ignore[method-assign]
    _name_reader_failures()
    map_results.install()


def _map_run(self: DistributedIterationComponent, env: Environment, eval_input: Any) -> None:
    items: list[Any] = env.stack.pop()
    record = eval_input.map_run_record
    _count(record, total=len(items), pending=len(items))
    pool = JobPool(job_program=self._get_iteration_program(), job_inputs=items)
    for _ in range(min(len(items), record.max_concurrency or MAX_CONCURRENCY)):
        self._launch_worker(env=env, eval_input=eval_input, job_pool=pool)
    pool.await_jobs()
    if failure := pool.get_worker_exception():
        raise failure
    env.heap[map_results.RECORD] = record
    if _too_many_failures(eval_input, len(items)):
        raise map_failure(
            env,
            StatesErrorNameType.StatesExceedToleratedFailureThreshold,
            "The specified tolerated failure threshold was exceeded",
        )
    env.stack.append([job.job_output for job in pool.get_closed_jobs()])


def _too_many_failures(eval_input: Any, items: int) -> bool:
    counter = eval_input.map_run_record.item_counter
    failed = counter.failed.get() + counter.timed_out.get()
    count = eval_input.tolerated_failure_count
    percentage = eval_input.tolerated_failure_percentage
    if count and failed > count:
        return True
    if percentage and failed * 100 > percentage * items:
        return True
    return failed > 0 and not count and not percentage


def _name_reader_failures() -> None:
    moto_read = ItemReader._eval_body

    def read(self: ItemReader, env: Environment) -> None:
        try:
            moto_read(self, env)
        except FailureEventException:
            raise
        except Exception as error:
            kind = StatesErrorNameType.StatesItemReaderFailed
            raise map_failure(env, kind, str(error)) from error

    ItemReader._eval_body = read  # type: ignore[method-assign]


def _run_child(self: DistributedItemProcessorWorker, env: Environment, job: Any) -> None:
    record = self._map_run_record
    child = Child.start_in(record, job.job_index)
    _count(record, pending=-1, running=1)
    try:
        job.job_output = _evaluate(self, env, job, child)
    except FailureEventException as failure:
        error, cause = failure.extract_error_cause_pair() or (None, None)
        child.end("FAILED", error=error, cause=cause)
    except Exception as failure:  # a defect of the definition: AWS calls it States.Runtime
        child.end("FAILED", error="States.Runtime", cause=str(failure))
    _count(record, running=-1, **{child.counter: 1})


def _evaluate(self: Any, env: Environment, job: Any, child: Child) -> Any:
    context = env.states.context_object.context_object_data
    context["Map"] = MapData(Item=ItemData(Index=job.job_index, Value=job.job_input))
    env.states.reset(job.job_input)
    env.stack.append(env.states.get_input())
    self._eval_input(env_frame=env)  # the ItemSelector sees the parent's context
    child.input = env.states.get_input()
    child.enter(context)
    job.job_program.eval(env)
    state = env.program_state()
    if isinstance(state, ProgramEnded):
        child.end("SUCCEEDED", output=env.states.get_input())
        return child.output
    if isinstance(state, ProgramError):
        said = state.error or {}
        child.end("FAILED", error=said.get("error"), cause=said.get("cause"))
    elif isinstance(state, ProgramTimedOut):
        child.end("TIMED_OUT", error="States.Timeout")
    elif isinstance(state, ProgramStopped):
        child.end("ABORTED")
    return None


def _count(record: MapRunRecord, **changes: int) -> None:
    for counter in (record.item_counter, record.execution_counter):
        for name, change in changes.items():
            getattr(counter, name).offset(change)
