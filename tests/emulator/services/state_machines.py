"""Step Functions: the role of a state machine must trust Step Functions.

moto takes any role, even one that does not exist.
"""

from __future__ import annotations

from emulator.aws_request import AwsRequest
from emulator.aws_response import Answer, AwsError
from emulator.callers import Caller
from emulator.iam import service_may_assume
from emulator.moto_upstream import MotoUpstream


def create_state_machine(request: AwsRequest, caller: Caller, moto: MotoUpstream) -> Answer:
    """Creates a state machine.

    # Errors
    ``AccessDeniedException`` if Step Functions may not assume the role.
    """
    role = request.params["roleArn"]
    regional = f"states.{request.region}.amazonaws.com"
    if not any(service_may_assume(s, role) for s in ("states.amazonaws.com", regional)):
        raise AwsError(
            "AccessDeniedException",
            f"Neither the global service principal states.amazonaws.com, nor the regional one is "
            f"authorized to assume the provided role {role}.",
        )
    return moto.answer(request, caller.account)


OPERATIONS = {("stepfunctions", "CreateStateMachine"): create_state_machine}
