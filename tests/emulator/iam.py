"""Access control of the gateway: what a request asks for."""

from __future__ import annotations

from dataclasses import dataclass

from emulator.aws_request import AwsRequest
from emulator.aws_response import AwsError
from emulator.callers import Caller


@dataclass(frozen=True)
class Access:
    """The action and the resource that a request needs."""

    action: str
    resource: str

    @classmethod
    def of(cls, request: AwsRequest, caller: Caller) -> Access:
        """Names the operation as the service does; the resource is not told apart."""
        return cls(f"{request.signing_name}:{request.operation}", "*")


def authorize(request: AwsRequest, caller: Caller, access: Access) -> None:
    """Refuses keys that nobody holds."""
    if not caller.known:
        raise AwsError("InvalidClientTokenId", "The security token is invalid.", 403)
