"""Replaces a function of moto's interpreter wherever it was imported by name."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

PACKAGE = "moto.stepfunctions"


def replace_everywhere(home: ModuleType, name: str, new: Any) -> None:
    """Puts ``new`` in place of ``home.name`` in every module of the interpreter."""
    old = getattr(home, name)
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith(PACKAGE) and getattr(module, name, None) is old:
            setattr(module, name, new)
