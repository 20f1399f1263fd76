"""Policy documents and their statements."""

from __future__ import annotations

import enum
import functools
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from emulator.iam.conditions import conditions_hold

Context = Mapping[str, str | list[str]]
"""Condition keys in lower case, and their values."""


class Effect(enum.Enum):
    """What a set of policies says."""

    DENY = "explicit deny"
    ALLOW = "allow"
    NOTHING = "no statement"


def decide(
    documents: Iterable[str],
    action: str,
    resource: str | None,
    context: Context,
    principals: set[str] | None = None,
) -> Effect:
    """What the documents say about an action on a resource.

    ``principals`` are the caller's names when the documents are resource policies.
    """
    effect = Effect.NOTHING
    for document in documents:
        for statement in statements(document):
            if not _applies(statement, action, resource, context, principals):
                continue
            if statement["Effect"] == "Deny":
                return Effect.DENY
            effect = Effect.ALLOW
    return effect


@functools.lru_cache(maxsize=4096)
def statements(document: str) -> list[dict[str, Any]]:
    """The statements of a document; none if it is not a policy."""
    try:
        found = json.loads(document)["Statement"]
    except (ValueError, KeyError, TypeError):
        return []
    return as_list(found)


def as_list(value: Any) -> list[Any]:
    """IAM lets a list of one be written without brackets."""
    return value if isinstance(value, list) else [value]


def _applies(
    statement: dict[str, Any],
    action: str,
    resource: str | None,
    context: Context,
    principals: set[str] | None,
) -> bool:
    return (
        _selected(statement, "Action", action.lower(), lower=True)
        and (resource is None or _selected(statement, "Resource", resource))
        and (principals is None or _names_principal(statement, principals))
        and conditions_hold(statement.get("Condition", {}), context)
    )


def _selected(statement: dict[str, Any], element: str, value: str, lower: bool = False) -> bool:
    if f"Not{element}" in statement:
        return not _any_matches(statement[f"Not{element}"], value, lower)
    if element not in statement:
        return element == "Resource"  # trust policies have no Resource
    return _any_matches(statement[element], value, lower)


def _any_matches(patterns: Any, value: str, lower: bool) -> bool:
    texts = (str(pattern) for pattern in as_list(patterns))
    return any(matches(text.lower() if lower else text, value) for text in texts)


def matches(pattern: str, value: str) -> bool:
    """IAM's wildcards: ``*`` for any text, ``?`` for any one character."""
    return _pattern(pattern).fullmatch(value) is not None


@functools.lru_cache(maxsize=4096)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)


def _names_principal(statement: dict[str, Any], principals: set[str]) -> bool:
    if "NotPrincipal" in statement:
        return not principals & _principals(statement["NotPrincipal"])
    return bool(principals & _principals(statement.get("Principal", {})))


def _principals(element: Any) -> set[str]:
    if isinstance(element, str):
        return {element}
    return {str(name) for names in element.values() for name in as_list(names)}
