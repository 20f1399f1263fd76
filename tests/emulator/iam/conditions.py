"""The Condition element of a policy statement."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any


def conditions_hold(
    condition: Mapping[str, Mapping[str, Any]], context: Mapping[str, str | list[str]]
) -> bool:
    """Whether every operator and every key of a Condition holds.

    # Errors
    :class:`NotImplementedError` names an operator that IAM does not have.
    """
    return all(
        _holds(operator, key, _texts(wanted), context)
        for operator, keys in condition.items()
        for key, wanted in keys.items()
    )


def _holds(
    operator: str, key: str, wanted: list[str], context: Mapping[str, str | list[str]]
) -> bool:
    given = context.get(key.lower())
    if operator == "Null":
        return (given is None) == (wanted[0].lower() == "true")
    quantifier, _, rest = operator.rpartition(":")
    optional = rest.endswith("IfExists")
    name = rest.removesuffix("IfExists")
    negative = "Not" in name
    if given is None:
        return optional or negative or quantifier == "ForAllValues"
    test = _test(name)
    values = _texts(given)
    verdicts = [_value_holds(test, value, wanted, negative) for value in values]
    return all(verdicts) if quantifier == "ForAllValues" else any(verdicts)


def _value_holds(
    test: Callable[[str, str], bool], value: str, wanted: list[str], negative: bool
) -> bool:
    found = any(test(value, pattern) for pattern in wanted)
    return not found if negative else found


def _test(name: str) -> Callable[[str, str], bool]:
    positive = name.replace("Not", "")
    if positive not in TESTS:
        raise NotImplementedError(f"condition operator `{name}`")
    return TESTS[positive]


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(v).lower() if isinstance(v, bool) else str(v) for v in values]


def _like(value: str, pattern: str) -> bool:
    text = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(text, value, re.DOTALL) is not None


def _arn_like(value: str, pattern: str) -> bool:
    values, patterns = value.split(":", 5), pattern.split(":", 5)
    return len(values) == len(patterns) and all(map(_like, values, patterns))


def _in_network(value: str, network: str) -> bool:
    return ipaddress.ip_address(value) in ipaddress.ip_network(network, strict=False)


def _moment(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


TESTS: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": lambda value, wanted: value == wanted,
    "StringEqualsIgnoreCase": lambda value, wanted: value.lower() == wanted.lower(),
    "StringLike": _like,
    "ArnEquals": _arn_like,
    "ArnLike": _arn_like,
    "Bool": lambda value, wanted: value.lower() == wanted.lower(),
    "IpAddress": _in_network,
    "NumericEquals": lambda value, wanted: float(value) == float(wanted),
    "NumericLessThan": lambda value, wanted: float(value) < float(wanted),
    "NumericLessThanEquals": lambda value, wanted: float(value) <= float(wanted),
    "NumericGreaterThan": lambda value, wanted: float(value) > float(wanted),
    "NumericGreaterThanEquals": lambda value, wanted: float(value) >= float(wanted),
    "DateEquals": lambda value, wanted: _moment(value) == _moment(wanted),
    "DateLessThan": lambda value, wanted: _moment(value) < _moment(wanted),
    "DateLessThanEquals": lambda value, wanted: _moment(value) <= _moment(wanted),
    "DateGreaterThan": lambda value, wanted: _moment(value) > _moment(wanted),
    "DateGreaterThanEquals": lambda value, wanted: _moment(value) >= _moment(wanted),
}
