"""Mends moto's Step Functions interpreter, so that it runs a definition as AWS would."""

from __future__ import annotations

import moto.stepfunctions.parser.models  # noqa: F401 - imports the whole interpreter

from emulator.stepfunctions import (
    choices,
    definitions,
    distributed_map,
    executions,
    json_paths,
    jsonata,
    map_workers,
    roles,
    sdk_integration,
)


def install(endpoint: str, wait_scale: float = 1.0) -> None:
    """Mends the interpreter. Tasks call AWS at ``endpoint``.

    ``wait_scale`` multiplies the pauses before retries, so that tests need not sit through them.
    """
    roles.install(endpoint)
    definitions.install()
    json_paths.install()
    jsonata.install()
    choices.install()
    map_workers.install()
    distributed_map.install()
    sdk_integration.install()
    executions.install(wait_scale)
