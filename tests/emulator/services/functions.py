"""Lambda: roles that Lambda cannot assume, and large code in a fraction of the time.

moto takes any role. It decodes the request seven times; with the 50 MB of a debug binary that
takes seconds. Here moto gets a small zip, and the function is given its real code afterwards.
"""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from typing import Any

from moto.awslambda_simple.models import lambda_simple_backends

from emulator.aws_request import AwsRequest
from emulator.aws_response import AwsError
from emulator.callers import Caller
from emulator.iam import service_may_assume
from emulator.moto_upstream import MotoUpstream


def _small_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("bootstrap", "")
    return buffer.getvalue()


SMALL_ZIP = _small_zip()


def create_function(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """Creates a function.

    # Errors
    ``InvalidParameterValueException`` if Lambda may not assume the function's role.
    """
    params = request.params
    if not service_may_assume("lambda.amazonaws.com", params["Role"]):
        raise AwsError(
            "InvalidParameterValueException",
            "The role defined for the function cannot be assumed by Lambda.",
        )
    code = params.get("Code", {}).get("ZipFile")
    if code is None:
        return moto.call(request, caller.account)
    small = {**params, "Code": {"ZipFile": SMALL_ZIP}}
    return _with_code(moto.call(request, caller.account, small), request, caller, code)


def update_code(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> dict[str, Any]:
    """Gives a function new code."""
    code = request.params.get("ZipFile")
    if code is None:
        return moto.call(request, caller.account)
    small = {**request.params, "ZipFile": SMALL_ZIP}
    return _with_code(moto.call(request, caller.account, small), request, caller, code)


def _with_code(
    answer: dict[str, Any], request: AwsRequest, caller: Caller, code: bytes
) -> dict[str, Any]:
    digest = base64.b64encode(hashlib.sha256(code).digest()).decode()
    backend = lambda_simple_backends[caller.account][request.region]
    function = backend.get_function(answer["FunctionName"], None)
    function.code_bytes, function.code_size, function.code_sha_256 = code, len(code), digest
    return {**answer, "CodeSize": len(code), "CodeSha256": digest}


OPERATIONS = {
    ("lambda", "CreateFunction"): create_function,
    ("lambda", "UpdateFunctionCode"): update_code,
}
