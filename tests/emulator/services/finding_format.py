"""The AWS Security Finding Format: the shapes of the service's model, and documented limits.

The model holds names and types but no lengths: those are in the Security Hub API Reference,
`AwsSecurityFinding` and the types in it.
"""

from __future__ import annotations

import functools
import re
from datetime import datetime
from typing import Any

import botocore.session
from botocore.validate import ParamValidator

LENGTHS = {
    "AwsAccountId": (12, 12),
    "Description": (1, 1_024),
    "GeneratorId": (1, 512),
    "Id": (1, 512),
    "ProductArn": (12, 2_048),
    "Title": (1, 256),
}
"""Characters of top-level texts, at least and at most."""

COUNTS = {"Resources": (1, 32), "Types": (0, 50)}
"""Members of top-level lists, at least and at most."""

PRODUCT_FIELDS, PRODUCT_FIELD_NAME, PRODUCT_FIELD = 50, 128, 2_048
RECOMMENDATION = 512
TYPE = re.compile(r"[\w &+-]+(/[\w &+-]+){0,2}")


@functools.cache
def _shape() -> Any:
    model = botocore.session.get_session().get_service_model("securityhub")
    return model.shape_for("AwsSecurityFinding")


def fault(finding: dict[str, Any]) -> str | None:
    """What is wrong with a finding, in words; ``None`` if Security Hub would take it."""
    report = ParamValidator().validate(finding, _shape())
    if report.has_errors():
        return str(report.generate_report())
    faults = [*_lengths(finding), *_product_fields(finding), *_texts(finding)]
    return faults[0] if faults else None


def _lengths(finding: dict[str, Any]) -> list[str]:
    bounds = {**LENGTHS, **COUNTS}
    return [
        f"{name} has a length of {len(finding[name])}: {least} to {most} are allowed"
        for name, (least, most) in bounds.items()
        if name in finding and not least <= len(finding[name]) <= most
    ]


def _product_fields(finding: dict[str, Any]) -> list[str]:
    fields = finding.get("ProductFields", {})
    faults = [
        f"ProductFields.{name} is longer than {PRODUCT_FIELD_NAME} or {PRODUCT_FIELD} characters"
        for name, value in fields.items()
        if len(name) > PRODUCT_FIELD_NAME or len(value) > PRODUCT_FIELD
    ]
    if len(fields) > PRODUCT_FIELDS:
        faults.append(f"there are more than {PRODUCT_FIELDS} ProductFields")
    return faults


def _texts(finding: dict[str, Any]) -> list[str]:
    faults = [f"{name} is blank" for name, value in _all_texts("", finding) if not value.strip()]
    advice = finding.get("Remediation", {}).get("Recommendation", {}).get("Text", "-")
    if len(advice) > RECOMMENDATION:
        faults.append(f"Remediation.Recommendation.Text is longer than {RECOMMENDATION} characters")
    for kind in finding.get("Types", []):
        if not TYPE.fullmatch(kind):
            faults.append(f"`{kind}` is not namespace/category/classifier")
    for name in ("CreatedAt", "UpdatedAt"):
        try:
            datetime.fromisoformat(finding[name])
        except ValueError:
            faults.append(f"{name} is not a time")
    return faults


def _all_texts(name: str, value: Any) -> list[tuple[str, str]]:
    """Every text in a finding with its path: none of them may be blank (`NonEmptyString`)."""
    if isinstance(value, str):
        return [(name, value)]
    if isinstance(value, dict):
        return [it for key, inner in value.items() for it in _all_texts(f"{name}.{key}", inner)]
    if isinstance(value, list):
        return [it for inner in value for it in _all_texts(name, inner)]
    return []
