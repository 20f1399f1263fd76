"""Layers of a function. On Lambda their files are below ``/opt``; here they have a folder of their
own, and variables that name a path below ``/opt`` lead there."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

from moto.awslambda_simple.models import lambda_simple_backends

OPT = "/opt/"


def unpacked(function: Any, code: Path) -> Path:
    """The folder of a function's layers (of moto's model of it) below that of its code."""
    arns = [layer["Arn"] for layer in function.layers]
    folder = code / f".layers-{hashlib.sha256(repr(arns).encode()).hexdigest()[:16]}"
    if not folder.exists():
        folder.mkdir()
        _, _, _, region, account, _ = function.function_arn.split(":", 5)
        backend = lambda_simple_backends[account][region]
        for arn in arns:
            content = backend.layers_versions_by_arn(arn).code_bytes
            zipfile.ZipFile(io.BytesIO(content)).extractall(folder)
    return folder


def led_to(folder: Path, variables: dict[str, str]) -> dict[str, str]:
    """The variables, with paths below ``/opt`` leading into the folder."""
    return {
        name: str(folder / value.removeprefix(OPT)) if value.startswith(OPT) else value
        for name, value in variables.items()
    }
