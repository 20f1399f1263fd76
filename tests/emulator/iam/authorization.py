"""The decision: identity, session, resource and trust policies together, and how a no is told."""

from __future__ import annotations

from typing import Any

from moto.iam.models import iam_backends
from moto.kms.models import kms_backends
from moto.s3.models import s3_backends

from emulator.aws_request import AwsRequest
from emulator.aws_response import AwsError
from emulator.callers import Caller
from emulator.iam.access import Access, Need
from emulator.iam.context import context_of
from emulator.iam.policies import Context, Effect, decide

ALWAYS_ALLOWED = {"sts:GetCallerIdentity"}


def authorize(request: AwsRequest, caller: Caller, access: Access) -> None:
    """Lets a request pass, or raises the error that AWS would answer.

    # Errors
    :class:`AwsError`, with the code of the request's service.
    """
    if caller.is_root:
        return
    if not caller.known:
        raise _unknown_key(request)
    for need in access.needs:
        if need.action not in ALWAYS_ALLOWED:
            reason = _refusal(request, caller, need)
            if reason is not None:
                raise _denied(request, caller, need, reason)


def service_may_assume(service: str, role_arn: str, source_arn: str | None = None) -> bool:
    """Whether the role exists and its trust policy lets an AWS service take it on, for the
    resource ``source_arn`` if the service says for which."""
    policy, account = _trust_policy(role_arn)
    context = {"aws:sourceaccount": account}
    if source_arn is not None:
        context["aws:sourcearn"] = source_arn
    return policy is not None and (
        decide([policy], "sts:AssumeRole", None, context, {service}) is Effect.ALLOW
    )


def _refusal(request: AwsRequest, caller: Caller, need: Need) -> str | None:
    """Why the need is refused; ``None`` if it is not."""
    context = context_of(request, caller, need.resource)
    identity = _identity_effect(caller, need, context)
    policy, owner = _resource_policy(request, caller, need)
    resource = (
        Effect.NOTHING
        if policy is None
        else decide([policy], need.action, _in_policy(need), context, caller.principals)
    )
    if Effect.DENY in (identity, resource):
        return "with an explicit deny"
    if need.action.startswith(("sts:AssumeRole", "sts:TagSession")) or owner != caller.account:
        # the way into another account needs both sides
        allowed = identity is resource is Effect.ALLOW or (
            owner == caller.account and _names_directly(policy, caller, need, context)
        )
    elif need.action.startswith("kms:") and policy is not None:
        # the key policy must allow, itself or by handing over to the account's IAM
        allowed = _names_directly(policy, caller, need, context) or (
            identity is resource is Effect.ALLOW
        )
    else:
        allowed = Effect.ALLOW in (identity, resource)
    return None if allowed else "because no policy allows the action"


def _names_directly(policy: str | None, caller: Caller, need: Need, context: Context) -> bool:
    """Whether a resource policy allows the principal itself, not only its account."""
    names = caller.principals - {
        caller.account,
        f"arn:{caller.partition}:iam::{caller.account}:root",
    }
    return policy is not None and (
        decide([policy], need.action, _in_policy(need), context, names) is Effect.ALLOW
    )


def _in_policy(need: Need) -> str | None:
    """Key policies say ``*`` for the key itself; trust policies name no resource."""
    return None if need.action.startswith(("kms:", "sts:")) else need.resource


def _identity_effect(caller: Caller, need: Need, context: Context) -> Effect:
    """Identity policies, cut down by permissions boundary and session policy."""
    holder = _holder(caller)
    if holder is None:
        return Effect.NOTHING
    effects = [decide(_documents(holder), need.action, need.resource, context)]
    boundary = _boundary(holder)
    for limit in (boundary, caller.session_policy):
        if limit:
            effects.append(decide([limit], need.action, need.resource, context))
    if Effect.DENY in effects:
        return Effect.DENY
    return Effect.ALLOW if set(effects) == {Effect.ALLOW} else Effect.NOTHING


def _holder(caller: Caller) -> Any:
    """moto's role or user behind the caller; ``None`` if it was deleted."""
    backend = iam_backends[caller.account][caller.partition]
    try:
        if caller.role:
            return backend.get_role_by_arn(caller.role)
        return backend.get_user(caller.user)
    except Exception:  # moto raises a different exception for each kind
        return None


def _documents(holder: Any) -> list[str]:
    attached = [_default_version(policy) for policy in holder.managed_policies.values()]
    return [*holder.policies.values(), *attached]


def _default_version(policy: Any) -> str:
    return next(str(version.document) for version in policy.versions if version.is_default)


def _boundary(holder: Any) -> str | None:
    arn = getattr(holder, "permissions_boundary_arn", None)
    if not arn:
        return None
    policy = iam_backends[holder.account_id][holder.partition].get_policy(arn)
    return _default_version(policy)


def _resource_policy(request: AwsRequest, caller: Caller, need: Need) -> tuple[str | None, str]:
    """The resource's own policy, if it has one, and the account that owns the resource."""
    if need.resource is None or need.resource == "*":
        return None, caller.account
    if request.operation.startswith("AssumeRole"):
        return _trust_policy(need.resource)
    if request.service == "s3":
        return _bucket_policy(need.resource, caller)
    if request.service == "kms":
        return _key_policy(need.resource)
    return None, caller.account


def _trust_policy(role_arn: str) -> tuple[str | None, str]:
    _, partition, _, _, account, _ = role_arn.split(":", 5)
    try:
        role = iam_backends[account][partition].get_role_by_arn(role_arn)
    except Exception:  # moto raises a NotFoundException of its own
        return None, account
    return str(role.assume_role_policy_document), account


def _bucket_policy(resource: str, caller: Caller) -> tuple[str | None, str]:
    name = resource.split(":::")[-1].split("/")[0]
    partition, owner = s3_backends.bucket_accounts.get(name, (caller.partition, caller.account))
    bucket = s3_backends[owner][partition].buckets.get(name)
    policy = bucket.policy if bucket else None
    if policy is None:
        return None, owner
    return policy.decode() if isinstance(policy, bytes) else str(policy), owner


def _key_policy(arn: str) -> tuple[str | None, str]:
    _, _, _, region, account, name = arn.split(":", 5)
    key = kms_backends[account][region].keys.get(name.removeprefix("key/"))
    return (str(key.policy) if key else None), account


def _denied(request: AwsRequest, caller: Caller, need: Need, reason: str) -> AwsError:
    message = (
        f"User: {caller.arn} is not authorized to perform: {need.action} "
        f"on resource: {need.resource or '*'} {reason}"
    )
    return _error(request, DENIED, message)


DENIED = {
    "ec2": ("UnauthorizedOperation", 403),
    "sns": ("AuthorizationError", 403),
    "json": ("AccessDeniedException", 400),
    "rest-json": ("AccessDeniedException", 403),
    "": ("AccessDenied", 403),
}
UNKNOWN_KEY = {
    "ec2": ("AuthFailure", 401),
    "s3": ("InvalidAccessKeyId", 403),
    "json": ("UnrecognizedClientException", 400),
    "rest-json": ("UnrecognizedClientException", 403),
    "": ("InvalidClientTokenId", 403),
}
"""Error code and HTTP status, by service or else by protocol."""


def _unknown_key(request: AwsRequest) -> AwsError:
    return _error(request, UNKNOWN_KEY, "The security token included in the request is invalid.")


def _error(request: AwsRequest, codes: dict[str, tuple[str, int]], message: str) -> AwsError:
    code, status = codes.get(request.service) or codes.get(request.protocol) or codes[""]
    return AwsError(code, message, status)
