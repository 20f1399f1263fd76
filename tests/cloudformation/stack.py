"""A stack: the resources of a template, made in the order of their dependencies."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from cloudformation.intrinsics import Scope, TemplateError, holds, names_in, resolve
from cloudformation.resources import MAKERS, NOT_EMULATED
from cloudformation.resources.stack_sets import stack_set
from cloudformation.target import Made, Target

STACK_SET = "AWS::CloudFormation::StackSet"


@dataclass(frozen=True)
class Stack:
    """What was made."""

    outputs: dict[str, str]
    template: dict[str, Any]
    made: dict[str, Made]
    """By logical id."""
    scope: Scope

    def properties(self, name: str) -> dict[str, Any]:
        """The properties of a resource, with their functions carried out."""
        return dict(resolve(self.template["Resources"][name]["Properties"], self.scope))

    def of_type(self, kind: str) -> dict[str, Made]:
        """What was made of one type, by logical id."""
        types = self.template["Resources"]
        return {name: made for name, made in self.made.items() if types[name]["Type"] == kind}


def deploy(
    template: dict[str, Any], target: Target, parameters: dict[str, Any] | None = None
) -> Stack:
    """Makes every resource of a template.

    # Errors
    :class:`TemplateError` names what cannot be carried out; what AWS refuses is a ``ClientError``.
    """
    scope = Scope(
        {**_parameters(template, parameters or {}), **target.pseudo_parameters()},
        conditions=template.get("Conditions", {}),
        dynamic=lambda reference: _dynamic(target, reference),
    )
    made = {}
    resources = template["Resources"]
    for name in _in_order(resources):
        resource = resources[name]
        if "Condition" in resource and not holds(resource["Condition"], scope):
            continue
        made[name] = _make(name, resource, target, scope)
        scope.refs[name] = made[name].ref
        scope.attributes[name] = made[name].attributes
    outputs = template.get("Outputs", {})
    values = {name: resolve(output["Value"], scope) for name, output in outputs.items()}
    return Stack(values, template, made, scope)


def _make(name: str, resource: dict[str, Any], target: Target, scope: Scope) -> Made:
    kind = resource["Type"]
    properties = resolve(resource.get("Properties", {}), scope)
    if kind in NOT_EMULATED:
        # Others may refer to it: by its name, and by an ARN that leads nowhere.
        arn = target.arn("notemulated", f"{kind}/{name}")
        return Made(str(properties.get("Name", name)), {"Arn": arn})
    if kind == STACK_SET:
        return stack_set(deploy, target, name, properties)
    if kind not in MAKERS:
        raise TemplateError(f"`{name}` is a `{kind}`, which can neither be made nor left out")
    return MAKERS[kind](target, name, properties)


def _parameters(template: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Values of the parameters; a list is written with commas."""
    values = {}
    for name, parameter in template.get("Parameters", {}).items():
        if name not in given and "Default" not in parameter:
            raise TemplateError(f"the parameter `{name}` is not given")
        value = given.get(name, parameter.get("Default"))
        is_list = parameter["Type"] == "CommaDelimitedList"
        values[name] = value.split(",") if is_list else value
    if unknown := given.keys() - values.keys():
        raise TemplateError(f"the template has no parameters {sorted(unknown)}")
    return values


def _in_order(resources: dict[str, Any]) -> list[str]:
    graph = {}
    for name, resource in resources.items():
        depends = resource.get("DependsOn", [])
        explicit = {depends} if isinstance(depends, str) else set(depends)
        graph[name] = (names_in(resource.get("Properties", {})) & resources.keys()) | explicit
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise TemplateError(f"resources need each other: {error.args[1]}") from error


def _dynamic(target: Target, reference: str) -> str:
    """Reads ``secretsmanager:ID:SecretString:::``, where ``ID`` may be an ARN, or ``ssm:NAME``."""
    service, _, rest = reference.partition(":")
    if service == "secretsmanager":
        secret = rest.partition(":SecretString")[0]
        answer = target.client("secretsmanager").get_secret_value(SecretId=secret)
        return str(answer["SecretString"])
    if service == "ssm":
        return str(target.client("ssm").get_parameter(Name=rest)["Parameter"]["Value"])
    raise TemplateError(f"the dynamic reference `{reference}` leads nowhere")
