"""How each type of resource is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cloudformation.resources import code, identity, messages, storage
from cloudformation.target import Made, Target

MAKERS: dict[str, Callable[[Target, str, dict[str, Any]], Made]] = {
    **code.MAKERS,
    **identity.MAKERS,
    **messages.MAKERS,
    **storage.MAKERS,
}
"""By type: from target, logical id and properties."""

NOT_EMULATED = {
    "AWS::CloudWatch::Alarm": "nothing measures here",
    "AWS::CloudWatch::Dashboard": "nothing measures here",
    "AWS::CodeDeploy::Application": "a stack is made once, so no version takes over from another",
    "AWS::CodeDeploy::DeploymentGroup": "a stack is made once",
    "AWS::Events::Rule": "executions that end tell nobody here",
    "AWS::SNS::Subscription": "nobody reads mail here",
    "AWS::Scheduler::Schedule": "moto's schedules never start anything",
    "AWS::Scheduler::ScheduleGroup": "moto's schedules never start anything",
}
"""Types that are left out, and why."""
