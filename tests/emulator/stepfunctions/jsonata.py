"""JSONata: moto ships no evaluator, every expression ends in ``NoneType is not callable``."""

from __future__ import annotations

import json
from typing import Any

import jsonata as evaluator
from moto.stepfunctions.parser.asl.jsonata import jsonata as moto_jsonata

from emulator.stepfunctions.replace import replace_everywhere


def evaluate(expression: str) -> Any:
    """The value of an expression, as plain JSON."""
    try:
        return json.loads(json.dumps(evaluator.Jsonata(expression).evaluate(None)))
    except Exception as error:
        raise moto_jsonata.JSONataException("UNKNOWN", str(error)) from error


def encode_variables(bindings: dict[str, Any]) -> str:
    """Declarations of variables; unlike moto's, strings with quotes in them stay intact."""
    return "".join(f"{name}:={json.dumps(value, default=str)};" for name, value in bindings.items())


def install() -> None:
    """Gives moto an evaluator."""
    moto_jsonata._eval_jsonata = evaluate
    replace_everywhere(moto_jsonata, "encode_jsonata_variable_declarations", encode_variables)
