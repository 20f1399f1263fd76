"""Security Hub findings: imported with AWS's conditions, and found by filters.

moto accepts findings of any account into hubs that are not enabled, any number at once, and
GetFindings returns all of them whatever the filter. Findings are kept here, per account and
region; enabling, members and administrators stay moto's.
"""

from __future__ import annotations

import copy
import json
import threading
from datetime import UTC, datetime
from typing import Any

from moto.securityhub.models import securityhub_backends

from emulator.aws_request import AwsRequest
from emulator.aws_response import AwsError
from emulator.callers import Caller
from emulator.moto_upstream import MotoUpstream
from emulator.services import finding_format
from emulator.services.findings import matches, order
from emulator.services.paging import page

IMPORT_LIMIT = 100
FINDING_BYTES = 240_000
REQUIRED = (
    "AwsAccountId", "CreatedAt", "Description", "GeneratorId", "Id", "ProductArn", "Resources",
    "SchemaVersion", "Title", "UpdatedAt",
)  # fmt: skip
KEPT_BY_ANALYSTS = ("Confidence", "Criticality", "Note", "RelatedFindings", "Severity",
                    "Types", "UserDefinedFields", "VerificationState", "Workflow")  # fmt: skip
"""An import never changes these on a finding that exists; BatchUpdateFindings does."""

_lock = threading.RLock()
_findings: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}


def _hub(request: AwsRequest, caller: Caller) -> dict[str, dict[str, Any]]:
    """The findings of the caller's hub, by id.

    # Errors
    ``InvalidAccessException`` if the hub is not enabled.
    """
    if not securityhub_backends[caller.account][request.region].enabled:
        raise AwsError(
            "InvalidAccessException",
            f"Account {caller.account} is not subscribed to AWS Security Hub",
            401,
        )
    return _findings.setdefault((caller.account, request.region), {})


def import_findings(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """Imports or updates findings; each that is refused is named in ``FailedFindings``."""
    with _lock:
        hub = _hub(request, caller)
        findings = json.loads(request.body).get("Findings", [])
        if not 1 <= len(findings) <= IMPORT_LIMIT:
            raise AwsError(
                "InvalidInputException",
                f"Invalid parameter 'Findings'. {len(findings)} findings, 1 to 100 are allowed.",
            )
        failed = []
        for finding in findings:
            reason = _refusal(finding, request, caller, hub)
            if reason is None:
                _store(hub, finding)
            else:
                code, message = reason
                failed.append(
                    {"Id": finding.get("Id", ""), "ErrorCode": code, "ErrorMessage": message}
                )
    return {
        "FailedCount": len(failed),
        "SuccessCount": len(findings) - len(failed),
        "FailedFindings": failed,
    }


def _refusal(
    finding: dict[str, Any], request: AwsRequest, caller: Caller, hub: dict[str, Any]
) -> tuple[str, str] | None:
    missing = [name for name in REQUIRED if not finding.get(name)]
    if missing:
        return "InvalidInput", f"Finding does not have required fields: {', '.join(missing)}"
    if "Severity" not in finding and "Severity" not in finding.get("FindingProviderFields", {}):
        return "InvalidInput", "Finding does not have a severity"
    fault = finding_format.fault(finding)
    if fault is not None:
        return "InvalidInput", fault
    product = f"arn:{caller.partition}:securityhub:{request.region}:{caller.account}:product/"
    if not finding["ProductArn"].startswith(product):
        return "InvalidInput", f"ProductArn is not one of {product}*"
    if finding["AwsAccountId"] != caller.account:
        return "InvalidInput", f"AwsAccountId is not {caller.account}, the account of the import"
    if len(json.dumps(finding)) > FINDING_BYTES:
        return "LimitExceeded", "Finding is larger than 240 KB"
    known = hub.get(finding["Id"])
    if known and finding["UpdatedAt"] < known["UpdatedAt"]:
        return "InvalidInput", "UpdatedAt is older than that of the finding that exists"
    return None


def _store(hub: dict[str, dict[str, Any]], finding: dict[str, Any]) -> None:
    known = hub.get(finding["Id"])
    provided = finding.get("FindingProviderFields", {})
    if known is None:
        stored = {"Severity": provided.get("Severity"), "Workflow": {"Status": "NEW"}} | finding
        stored["Types"] = finding.get("Types") or provided.get("Types", [])
        stored.setdefault("RecordState", "ACTIVE")
    else:
        kept = {name: known[name] for name in KEPT_BY_ANALYSTS if name in known}
        stored = {**known, **finding, **kept}
        if "Severity" in provided:
            stored["Severity"] = provided["Severity"]
    stored["ProcessedAt"] = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    stored["Region"] = finding["ProductArn"].split(":")[3]
    hub[finding["Id"]] = copy.deepcopy(stored)


def get_findings(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """The findings that match all filters, in the order asked for, in pages of up to 100."""
    asked = json.loads(request.body or b"{}")
    with _lock:
        found = [
            copy.deepcopy(finding)
            for finding in _hub(request, caller).values()
            if matches(finding, asked.get("Filters") or {})
        ]
    listed, token = page(
        order(found, asked.get("SortCriteria") or []),
        asked.get("MaxResults"),
        asked.get("NextToken"),
        IMPORT_LIMIT,
        "InvalidInputException",
    )
    return {"Findings": listed, "NextToken": token}


def update_findings(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """What an analyst changes, above all the workflow status."""
    asked = json.loads(request.body)
    processed, unprocessed = [], []
    with _lock:
        hub = _hub(request, caller)
        for name in asked["FindingIdentifiers"]:
            finding = hub.get(name["Id"])
            if finding is None or finding["ProductArn"] != name["ProductArn"]:
                unprocessed.append(
                    {
                        "FindingIdentifier": name,
                        "ErrorCode": "FindingNotFound",
                        "ErrorMessage": "Finding does not exist",
                    }
                )
                continue
            changes = {k: v for k, v in asked.items() if k in KEPT_BY_ANALYSTS}
            finding.update(copy.deepcopy(changes))
            processed.append(name)
    return {"ProcessedFindings": processed, "UnprocessedFindings": unprocessed}


OPERATIONS = {
    ("securityhub", "BatchImportFindings"): import_findings,
    ("securityhub", "BatchUpdateFindings"): update_findings,
    ("securityhub", "GetFindings"): get_findings,
}
