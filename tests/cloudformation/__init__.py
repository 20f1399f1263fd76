"""CloudFormation for the emulator: makes the resources of a template through AWS's own APIs.

``deploy(template, target)`` gives a :class:`Stack`. Resources that the emulator has no
use for are named, with the reason, in ``resources.NOT_EMULATED``; any other type that has no
maker is an error, so that nothing of a template is left out unseen.
"""

from cloudformation.intrinsics import Scope, TemplateError, resolve
from cloudformation.stack import Stack, deploy
from cloudformation.target import Made, Target

__all__ = ["Made", "Scope", "Stack", "Target", "TemplateError", "deploy", "resolve"]
