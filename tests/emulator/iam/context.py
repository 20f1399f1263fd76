"""The condition keys of a request."""

from __future__ import annotations

import time

from moto.organizations.models import organizations_backends

from emulator.aws_request import AwsRequest
from emulator.callers import Caller


def context_of(
    request: AwsRequest, caller: Caller, resource: str | None
) -> dict[str, str | list[str]]:
    """Condition keys in lower case: global ones, and those of some services."""
    now = time.time()
    context: dict[str, str | list[str]] = {
        "aws:currenttime": str(now),
        "aws:epochtime": str(now),
        "aws:principalaccount": caller.account,
        "aws:principalarn": caller.role or caller.arn,
        "aws:principaltype": "AssumedRole" if caller.role else "User",
        "aws:requestedregion": request.region,
        "aws:securetransport": "true",
        "aws:sourceip": "127.0.0.1",
    }
    if organization := organization_of(caller.account):
        context["aws:principalorgid"] = organization
    account = resource.split(":")[4] if resource and resource.count(":") >= 5 else ""
    context["aws:resourceaccount"] = account or caller.account
    for key, member in SERVICE_KEYS.get(request.service, {}).items():
        if (value := request.params.get(member)) is not None:
            context[key] = str(value)
    if request.operation == "BatchImportFindings":
        context["securityhub:targetaccount"] = [
            finding.get("AwsAccountId", "") for finding in request.params.get("Findings", [])
        ]
    if request.operation == "PutEvents":
        entries = request.params.get("Entries", [])
        context["events:source"] = [str(entry.get("Source", "")) for entry in entries]
    if tags := request.params.get("Tags") if request.service == "sts" else None:
        context["aws:tagkeys"] = [tag["Key"] for tag in tags]
        context.update({f"aws:requesttag/{tag['Key'].lower()}": tag["Value"] for tag in tags})
    if request.service == "dynamodb" and (keys := _leading_keys(request)):
        context["dynamodb:leadingkeys"] = keys
    return context


def _leading_keys(request: AwsRequest) -> list[str]:
    """The partition key of the item that is read or written, if it is ``pk``."""
    item = request.params.get("Item") or request.params.get("Key") or {}
    return [str(value) for value in item.get("pk", {}).values()]


SERVICE_KEYS = {
    "sts": {
        "sts:externalid": "ExternalId",
        "sts:rolesessionname": "RoleSessionName",
        "sts:sourceidentity": "SourceIdentity",
    },
    "s3": {
        "s3:prefix": "Prefix",
        "s3:delimiter": "Delimiter",
        "s3:max-keys": "MaxKeys",
        "s3:x-amz-acl": "ACL",
        "s3:x-amz-server-side-encryption": "ServerSideEncryption",
        "s3:x-amz-server-side-encryption-aws-kms-key-id": "SSEKMSKeyId",
    },
    "sesv2": {"ses:fromaddress": "FromEmailAddress"},
    "kms": {"kms:keyspec": "KeySpec", "kms:keyusage": "KeyUsage"},
}


def organization_of(account: str) -> str | None:
    """The id of the Organization that an account belongs to."""
    for _, backends in list(organizations_backends.items()):
        for backend in list(backends.values()):
            members = {member.id for member in backend.accounts}
            if backend.org and (account in members or account == backend.org.master_account_id):
                return str(backend.org.id)
    return None
