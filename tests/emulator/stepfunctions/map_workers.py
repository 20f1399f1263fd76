"""Map workers loop over their items.

moto's workers call themselves once per item: 1,500 items with MaxConcurrency 1 exhaust the
stack, and the execution hangs for ever.
"""

from __future__ import annotations

from typing import Any

from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.itemprocessor.distributed_item_processor_worker import (  # noqa: E501
    DistributedItemProcessorWorker,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.iteration_worker import (  # noqa: E501
    IterationWorker,
)
from moto.stepfunctions.parser.asl.eval.environment import Environment


def install() -> None:
    """Replaces the recursion of inline and distributed workers."""
    IterationWorker._eval_pool = _work_inline  # type: ignore[method-assign]
    DistributedItemProcessorWorker._eval_pool = _work_distributed  # type: ignore[method-assign]


def _work_inline(self: IterationWorker, job: Any, worker_frame: Environment) -> None:
    while job is not None:
        job_frame = worker_frame.open_inner_frame()
        self._eval_job(env=job_frame, job=job)
        worker_frame.close_frame(job_frame)
        ended = isinstance(job.job_output, Exception) or self.stopped()
        following = None if ended else self._job_pool.next_job()
        if following is None:
            if not ended:
                worker_frame.event_history_context.source_event_id = (
                    job_frame.event_history_context.last_published_event_id
                )
            # frames first: the Map waits for jobs, not for workers
            self._env.close_frame(worker_frame)
        self._job_pool.close_job(job)
        job = following
    self._env.close_frame(worker_frame)


def _work_distributed(
    self: DistributedItemProcessorWorker, job: Any, worker_frame: Environment
) -> None:
    while job is not None:
        job_frame = worker_frame.open_inner_frame()
        self._eval_job(env=job_frame, job=job)
        worker_frame.delete_frame(job_frame)
        ended = isinstance(job.job_output, Exception) or self.stopped()
        following = None if ended else self._job_pool.next_job()
        if following is None:
            self._env.delete_frame(worker_frame)
        self._job_pool.close_job(job)
        job = following
    self._env.delete_frame(worker_frame)
