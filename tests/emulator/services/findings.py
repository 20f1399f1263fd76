"""Filters and order of GetFindings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from emulator.aws_response import AwsError

PATHS = {
    "AwsAccountId": "AwsAccountId",
    "ComplianceSecurityControlId": "Compliance.SecurityControlId",
    "ComplianceStatus": "Compliance.Status",
    "GeneratorId": "GeneratorId",
    "Id": "Id",
    "ProductArn": "ProductArn",
    "ProductName": "ProductName",
    "RecordState": "RecordState",
    "Region": "Region",
    "ResourceId": "Resources.Id",
    "ResourceRegion": "Resources.Region",
    "ResourceType": "Resources.Type",
    "SeverityLabel": "Severity.Label",
    "Title": "Title",
    "Type": "Types",
    "UpdatedAt": "UpdatedAt",
    "WorkflowStatus": "Workflow.Status",
}
"""Filters that this emulator knows, and where the finding has the value."""
NEGATIVE = {"NOT_EQUALS", "PREFIX_NOT_EQUALS", "NOT_CONTAINS"}


def matches(finding: dict[str, Any], filters: dict[str, list[dict[str, Any]]]) -> bool:
    """Whether the finding meets every filter.

    # Errors
    ``InvalidInputException`` for a filter that the emulator does not know: an unknown filter
    that matched everything would let a wrong test pass.
    """
    for name, conditions in filters.items():
        if name not in PATHS:
            raise AwsError("InvalidInputException", f"the emulator has no filter `{name}`")
        values = list(_values(finding, PATHS[name].split(".")))
        if conditions and not _meets(values, conditions):
            return False
    return True


def _meets(values: list[str], conditions: list[dict[str, Any]]) -> bool:
    """Positive conditions are alternatives; negative ones must all hold."""
    positive = [c for c in conditions if c.get("Comparison") not in NEGATIVE]
    negative = [c for c in conditions if c.get("Comparison") in NEGATIVE]
    return (not positive or any(_holds(values, c) for c in positive)) and all(
        _holds(values, c) for c in negative
    )


def _holds(values: list[str], condition: dict[str, Any]) -> bool:
    wanted = condition.get("Value", "")
    comparison = condition.get("Comparison", "EQUALS")
    if comparison not in COMPARISONS:
        raise AwsError("InvalidInputException", f"the emulator has no comparison `{comparison}`")
    return COMPARISONS[comparison](values, wanted)


COMPARISONS = {
    "EQUALS": lambda values, wanted: wanted in values,
    "PREFIX": lambda values, wanted: any(value.startswith(wanted) for value in values),
    "CONTAINS": lambda values, wanted: any(wanted in value for value in values),
    "NOT_EQUALS": lambda values, wanted: wanted not in values,
    "PREFIX_NOT_EQUALS": lambda values, wanted: not any(v.startswith(wanted) for v in values),
    "NOT_CONTAINS": lambda values, wanted: not any(wanted in value for value in values),
}


def _values(node: Any, path: list[str]) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _values(item, path)
    elif not path:
        if node is not None:
            yield str(node)
    elif isinstance(node, dict):
        yield from _values(node.get(path[0]), path[1:])


def order(findings: list[dict[str, Any]], criteria: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The findings sorted by the criteria, the first one weighing most."""
    for criterion in reversed(criteria):
        path = PATHS.get(criterion["Field"], criterion["Field"]).split(".")
        findings = sorted(
            findings,
            key=lambda finding, path=path: next(_values(finding, path), ""),
            reverse=criterion.get("SortOrder") == "desc",
        )
    return findings
