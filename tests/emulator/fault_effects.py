"""What a fault does to the call that it strikes: refuses or holds it, answers something else,
refuses a part of its items, or ends the process that made it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from emulator.aws_request import AwsRequest
from emulator.aws_response import Answer, AwsError
from emulator.records import Fault

Carry = Callable[[AwsRequest], Answer]
"""Carries a request out."""

EndProcess = Callable[[str], bool]
"""Ends the function process that holds an access key; false if none does."""


def strike(fault: Fault, request: AwsRequest, carry: Carry, end: EndProcess) -> Answer:
    """Answers a request as the fault orders.

    # Errors
    :class:`AwsError`: the one that was ordered, or ``InvalidFault`` if the fault does not fit the
    call that it struck.
    """
    time.sleep(fault.delay_seconds)
    if fault.kind == "error":
        raise _error(fault, request)
    if fault.kind == "part":
        return _refuse_items(fault, request, carry)
    answer = carry(request)
    if fault.kind == "answer" and answer.status < 300:
        return Answer(answer.status, [("Content-Type", "binary/octet-stream")],
                      (fault.body or "").encode())  # fmt: skip
    if fault.kind == "kill" and not end(request.access_key_id or ""):
        raise _misfit("only a function with its role's own credentials can be killed")
    return answer


def _error(fault: Fault, request: AwsRequest) -> AwsError:
    code = fault.code or ""
    if fault.body is None:
        return AwsError(code, fault.message, fault.status)
    kind = "application/x-amz-json-1.1" if "json" in request.protocol else "application/xml"
    answer = Answer(fault.status, [("Content-Type", kind)], fault.body.encode(), code)
    return AwsError(code, fault.message, fault.status, answer)


def _misfit(why: str) -> AwsError:
    return AwsError("InvalidFault", why, 501)


def _refuse_items(fault: Fault, request: AwsRequest, carry: Carry) -> Answer:
    """Carries the request out without its last items, and says that these were not taken."""
    if (split := SPLITS.get((request.service, request.operation))) is None:
        raise _misfit(f"{request.operation} has no items that can be refused one by one")
    asked = json.loads(request.body)
    left, refused = split(asked, fault)
    if left is None:
        body = refused({})
    else:
        answer = carry(replace(request, body=json.dumps(left).encode(), params=left))
        if answer.status >= 300:
            return answer
        body = refused(json.loads(answer.body))
    kind = "application/x-amz-json-1.0" if request.protocol == "json" else "application/json"
    return Answer(200, [("Content-Type", kind)], json.dumps(body).encode())


Refused = Callable[[dict[str, Any]], dict[str, Any]]
"""Adds the items that were refused to the answer about the others."""


def _split_writes(asked: dict[str, Any], fault: Fault) -> tuple[dict[str, Any] | None, Refused]:
    """DynamoDB: ``UnprocessedItems`` have the shape of ``RequestItems``."""
    writes = [(table, it) for table, its in asked["RequestItems"].items() for it in its]
    kept = max(len(writes) - (fault.items or 0), 0)

    def by_table(chosen: list[tuple[str, Any]]) -> dict[str, list[Any]]:
        tables: dict[str, list[Any]] = {}
        for table, write in chosen:
            tables.setdefault(table, []).append(write)
        return tables

    left = {**asked, "RequestItems": by_table(writes[:kept])} if kept else None
    return left, lambda answer: {**answer, "UnprocessedItems": by_table(writes[kept:])}


def _split_findings(asked: dict[str, Any], fault: Fault) -> tuple[dict[str, Any] | None, Refused]:
    """Security Hub: ``FailedFindings``, with the code and message of the fault."""
    findings = asked["Findings"]
    kept = max(len(findings) - (fault.items or 0), 0)
    failed = [
        {"Id": it["Id"], "ErrorCode": fault.code or "", "ErrorMessage": fault.message}
        for it in findings[kept:]
    ]

    def refused(answer: dict[str, Any]) -> dict[str, Any]:
        before = answer.get("FailedFindings", [])
        return {
            "SuccessCount": answer.get("SuccessCount", 0),
            "FailedCount": len(before) + len(failed),
            "FailedFindings": [*before, *failed],
        }

    return ({**asked, "Findings": findings[:kept]} if kept else None), refused


SPLITS = {
    ("dynamodb", "BatchWriteItem"): _split_writes,
    ("securityhub", "BatchImportFindings"): _split_findings,
}
