"""``arn:aws:states:::aws-sdk:*`` tasks: error names, and S3 bodies.

moto names errors ``s3.s3Exception`` where AWS says ``S3.S3Exception``, and fails on S3 bodies:
JSON given as ``Body`` is not written out, a body that was read is not turned into text.
"""

from __future__ import annotations

import json
from typing import Any

from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import (
    state_task_service_aws_sdk as moto_sdk,
)

ERROR_NAMES = {
    "ec2": "Ec2",
    "kms": "Kms",
    "organizations": "Organizations",
    "s3": "S3",
    "securityhub": "SecurityHub",
    "sesv2": "SesV2",
    "sns": "Sns",
    "sts": "Sts",
}


def install() -> None:
    """Mends names and bodies."""
    moto_sdk._SERVICE_ERROR_NAMES.update(ERROR_NAMES)
    task = moto_sdk.StateTaskServiceAwsSdk
    moto_eval = task._eval_service_task

    def eval_service_task(
        self: Any,
        env: Any,
        resource_runtime_part: Any,
        normalised_parameters: dict[str, Any],
        state_credentials: Any,
    ) -> None:
        body = normalised_parameters.get("Body")
        if isinstance(body, dict | list):
            normalised_parameters["Body"] = json.dumps(body).encode()
        moto_eval(self, env, resource_runtime_part, normalised_parameters, state_credentials)
        answer = env.stack[-1]
        if hasattr(answer.get("Body"), "read"):
            answer["Body"] = answer["Body"].read().decode()
        env.stack[-1] = json.loads(json.dumps(answer, default=str))

    task._eval_service_task = eval_service_task
