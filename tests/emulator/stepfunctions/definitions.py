"""Parsing of definitions.

moto's grammar refuses two things AWS accepts: ``ToleratedFailurePercentage`` written as an
integer and ``ExecutionType: EXPRESS`` (children then run as STANDARD ones). Worse, a refused
definition leaves its query language on a class-level stack, after which every later JSONPath
definition is refused too.
"""

from __future__ import annotations

import json
import threading
from typing import Any

from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.parser.asl.parse.preprocessor import Preprocessor

_parsing = threading.Lock()


def install() -> None:
    """Rewrites definitions to moto's dialect and parses them one at a time."""
    moto_parse = AmazonStateLanguageParser.parse

    def parse(definition: str) -> Any:
        try:
            text = json.dumps(in_moto_dialect(json.loads(definition)))
        except json.JSONDecodeError:
            text = definition  # moto says what is wrong with it
        with _parsing:
            Preprocessor._query_language_per_scope = []
            return moto_parse(text)

    AmazonStateLanguageParser.parse = staticmethod(parse)  # type: ignore[method-assign]


def in_moto_dialect(node: Any) -> Any:
    """The definition as moto can parse it."""
    if isinstance(node, list):
        return [in_moto_dialect(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: _field(key, value) for key, value in node.items()}


def _field(key: str, value: Any) -> Any:
    if key == "ToleratedFailurePercentage" and isinstance(value, int):
        return float(value)
    if key == "ExecutionType" and value == "EXPRESS":
        return "STANDARD"
    return in_moto_dialect(value)
