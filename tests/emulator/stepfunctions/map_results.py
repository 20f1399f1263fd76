"""ResultWriter: the files that its manifest names.

moto writes the manifest with empty lists, looks for the paths of ``Bucket`` and ``Prefix`` in
the results instead of the state's input, and takes the newest map run of the execution for
the one that ended, which is wrong when two run side by side.
"""

from __future__ import annotations

import json
from typing import Any

from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.result_writer.resource_eval.resource_eval_s3 import (  # noqa: E501
    ResourceEvalS3,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_map.result_writer.result_writer_decl import (  # noqa: E501
    ResultWriter,
)
from moto.stepfunctions.parser.asl.eval.environment import Environment

from emulator.stepfunctions.failures import map_failure
from emulator.stepfunctions.map_children import children_of

RECORD = "emulator.map_run_record"
"""Where the map run leaves its record for the ResultWriter, in the state's heap."""


def install() -> None:
    """Writes result files, and names failures as AWS does."""
    ResourceEvalS3._handle_put_object = staticmethod(_write)  # type: ignore[method-assign]

    def eval_body(self: ResultWriter, env: Environment) -> None:
        try:
            env.stack.append(env.states.get_input())  # paths are about the state's input
            self.parargs.eval(env=env)
            parameters = env.stack.pop()
            env.stack[-1] = parameters
            self.resource_eval.eval_resource(env=env)
        except FailureEventException:
            raise
        except Exception as error:
            kind = StatesErrorNameType.StatesResultWriterFailed
            raise map_failure(env, kind, str(error)) from error

    ResultWriter._eval_body = eval_body  # type: ignore[method-assign]


def _write(env: Environment, runtime_part: Any, state_credentials: Any) -> None:
    parameters = env.stack.pop()
    env.stack.pop()  # the results, which go to S3 instead of the state's output
    record = env.heap[RECORD]
    s3 = ResourceEvalS3._get_s3_client(runtime_part, state_credentials)
    bucket = parameters["Bucket"]
    prefix = parameters.get("Prefix", "").rstrip("/")
    folder = "/".join(filter(None, [prefix, record.map_run_arn.rpartition(":")[2]]))
    files: dict[str, list[dict[str, Any]]] = {"FAILED": [], "PENDING": [], "SUCCEEDED": []}
    for status, rows in _rows_by_status(record).items():
        if rows:
            body = json.dumps(rows).encode()
            key = f"{folder}/{status}_0.json"
            s3.put_object(Bucket=bucket, Key=key, Body=body)
            files[status].append({"Key": key, "Size": len(body)})
            _count_written(record, status, len(rows))
    manifest = {
        "DestinationBucket": bucket,
        "MapRunArn": record.map_run_arn,
        "ResultFiles": files,
    }
    key = f"{folder}/manifest.json"
    s3.put_object(Bucket=bucket, Key=key, Body=json.dumps(manifest).encode())
    details = {"Bucket": bucket, "Key": key}
    env.stack.append({"MapRunArn": record.map_run_arn, "ResultWriterDetails": details})


def _rows_by_status(record: Any) -> dict[str, list[dict[str, Any]]]:
    children = [child for _, child in sorted(children_of(record).items())]
    succeeded = [child.result() for child in children if child.status == "SUCCEEDED"]
    failed = [child.result() for child in children if child.status != "SUCCEEDED"]
    return {"SUCCEEDED": succeeded, "FAILED": failed}


def _count_written(record: Any, status: str, rows: int) -> None:
    if status == "SUCCEEDED":
        record.item_counter.results_written.count(rows)
        record.execution_counter.results_written.count(rows)
