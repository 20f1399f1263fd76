"""Intrinsic functions, pseudo parameters, conditions and dynamic references of a template."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

NO_VALUE = "AWS::NoValue"
_ABSENT = object()
_VARIABLE = re.compile(r"\$\{([^!}][^}]*)\}")
_DYNAMIC = re.compile(r"\{\{resolve:([^}]+)\}\}")


class TemplateError(ValueError):
    """A template says something that cannot be carried out; the message names it."""


def _no_dynamic(reference: str) -> str:
    raise TemplateError(f"the dynamic reference `{reference}` leads nowhere")


@dataclass
class Scope:
    """What names in a template lead to."""

    refs: dict[str, Any]
    """By parameter, pseudo parameter, and logical id of what has been made."""

    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Of what has been made, by logical id."""

    conditions: dict[str, Any] = field(default_factory=dict)
    """The section ``Conditions``."""

    dynamic: Callable[[str], str] = _no_dynamic
    """Reads what ``{{resolve:...}}`` names, for example ``secretsmanager:NAME``."""

    def ref(self, name: str) -> Any:
        """What ``Ref`` leads to."""
        try:
            return self.refs[name]
        except KeyError:
            raise TemplateError(f"`{name}` is no parameter and no resource that was made") from None

    def attribute(self, name: str, attribute: str) -> Any:
        """What ``Fn::GetAtt`` leads to."""
        try:
            return self.attributes[name][attribute]
        except KeyError:
            raise TemplateError(f"`{name}` has no attribute `{attribute}`") from None


def resolve(value: Any, scope: Scope) -> Any:
    """The value with its functions carried out.

    # Errors
    :class:`TemplateError` for a name that leads nowhere, or a function that is not known.
    """
    match value:
        case str():
            return _DYNAMIC.sub(lambda found: scope.dynamic(found[1]), value)
        case list():
            return _present(resolve(item, scope) for item in value)
        case dict() if len(value) == 1 and (name := next(iter(value))) in FUNCTIONS:
            return FUNCTIONS[name](value[name], scope)
        case dict():
            if unknown := next((key for key in value if key.startswith("Fn::")), None):
                raise TemplateError(f"the function `{unknown}` is not known")
            done = ((key, resolve(part, scope)) for key, part in value.items())
            return {key: part for key, part in done if part is not _ABSENT}
    return value


def _present(items: Any) -> list[Any]:
    return [item for item in items if item is not _ABSENT]


def _ref(name: str, scope: Scope) -> Any:
    return _ABSENT if name == NO_VALUE else scope.ref(name)


def _get_att(value: str | list[str], scope: Scope) -> Any:
    name, attribute = value.split(".", 1) if isinstance(value, str) else value
    return scope.attribute(name, attribute)


def _join(value: list[Any], scope: Scope) -> str:
    separator, parts = value
    joined = str(separator).join(str(part) for part in resolve(parts, scope))
    return str(resolve(joined, scope))  # a dynamic reference may be put together


def _sub(value: str | list[Any], scope: Scope) -> str:
    text, own = (value, {}) if isinstance(value, str) else value
    own = resolve(own, scope)

    def found(name: str) -> str:
        if name in own:
            return str(own[name])
        return str(_get_att(name, scope) if "." in name else scope.ref(name))

    return str(resolve(_VARIABLE.sub(lambda match: found(match[1]), text), scope))


def _if(value: list[Any], scope: Scope) -> Any:
    condition, yes, no = value
    return resolve(yes if holds(condition, scope) else no, scope)


def holds(condition: Any, scope: Scope) -> bool:
    """Whether a condition, by name or written out, holds."""
    match condition:
        case str():
            if condition not in scope.conditions:
                raise TemplateError(f"the condition `{condition}` is not there")
            return holds(scope.conditions[condition], scope)
        case {"Condition": name}:
            return holds(name, scope)
        case {"Fn::Equals": [left, right]}:
            return bool(resolve(left, scope) == resolve(right, scope))
        case {"Fn::Not": [inner]}:
            return not holds(inner, scope)
        case {"Fn::And": [*inner]}:
            return all(holds(one, scope) for one in inner)
        case {"Fn::Or": [*inner]}:
            return any(holds(one, scope) for one in inner)
    raise TemplateError(f"this is no condition: {condition!r}")


FUNCTIONS: dict[str, Callable[[Any, Scope], Any]] = {
    "Ref": _ref,
    "Fn::GetAtt": _get_att,
    "Fn::Join": _join,
    "Fn::Sub": _sub,
    "Fn::If": _if,
}


def names_in(value: Any) -> set[str]:
    """Every name that a part of a template refers to: what has to be made before it."""
    match value:
        case {"Ref": str(name)}:
            return {name}
        case {"Fn::GetAtt": str(text)}:
            return {text.split(".", 1)[0]}
        case {"Fn::GetAtt": [str(name), _]}:
            return {name}
        case {"Fn::Sub": [str(text), dict(own)]}:
            return (_variables(text) - own.keys()) | names_in(own)
        case {"Fn::Sub": str(text)}:
            return _variables(text)
        case dict():
            return set().union(*(names_in(part) for part in value.values()))
        case list():
            return set().union(*(names_in(part) for part in value))
    return set()


def _variables(text: str) -> set[str]:
    return {name.split(".", 1)[0] for name in _VARIABLE.findall(text)}
