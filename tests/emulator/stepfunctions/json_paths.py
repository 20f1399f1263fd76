"""JSONPath: a definite path yields a value, an indefinite one a list.

moto decides by what was found: ``$.a[0].b`` becomes ``[x]`` where AWS gives ``x``. It also
parses the path again at each use, which costs most of the interpreter's time; here parsed
paths are kept.
"""

from __future__ import annotations

import functools
import re
from typing import Any

from jsonpath_ng import JSONPath
from jsonpath_ng.ext import parse
from moto.stepfunctions.parser.asl.utils import json_path

from emulator.stepfunctions.replace import replace_everywhere

_INDEFINITE = re.compile(r"\*|\.\.|\?\(|\[-?\d*:-?\d*\]|\[-?\d+(?:,-?\d+)+\]")


@functools.lru_cache(maxsize=4096)
def _parsed(path: str) -> JSONPath:
    return parse(path)


def extract_json(path: str, data: Any) -> Any:
    """The value, or the list of values, at ``path``.

    # Errors
    moto's ``NoSuchJsonPathError`` if a definite path leads nowhere.
    """
    found = [match.value for match in _parsed(path).find(data)]
    if _INDEFINITE.search(path):
        return found
    if not found:
        raise json_path.NoSuchJsonPathError(json_path=path, data=data)
    return found[0]


def install() -> None:
    """Replaces moto's evaluation of paths."""
    replace_everywhere(json_path, "extract_json", extract_json)
