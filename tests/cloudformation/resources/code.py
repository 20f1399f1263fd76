"""What runs: functions with layers, versions and aliases, state machines; and their logs."""

from __future__ import annotations

from typing import Any

from cloudformation.target import Made, Target

_AS_THEY_ARE = (
    "Architectures",
    "Description",
    "Handler",
    "Layers",
    "MemorySize",
    "Role",
    "Runtime",
    "TracingConfig",
)


def _layer(target: Target, name: str, properties: dict[str, Any]) -> Made:
    layer = properties.get("LayerName", target.name(name))
    answer = target.client("lambda").publish_layer_version(
        LayerName=layer, Content={"ZipFile": target.asset(properties["Content"]["S3Key"], layer)}
    )
    return Made(answer["LayerVersionArn"])


def _function(target: Target, name: str, properties: dict[str, Any]) -> Made:
    function = properties.get("FunctionName", target.name(name))
    variables = {**properties.get("Environment", {}).get("Variables", {}), **target.settings}
    key = {"KMSKeyArn": properties["KmsKeyArn"]} if "KmsKeyArn" in properties else {}
    tags = {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}
    answer = target.client("lambda").create_function(
        FunctionName=function,
        Code={"ZipFile": target.asset(properties["Code"]["S3Key"], function)},
        Environment={"Variables": variables},
        Timeout=target.timeouts.get(function, properties.get("Timeout", 3)),
        Tags=tags,
        **key,
        **{name: properties[name] for name in _AS_THEY_ARE if name in properties},
    )
    return Made(function, {"Arn": answer["FunctionArn"]})


def _version(target: Target, _: str, properties: dict[str, Any]) -> Made:
    function = properties["FunctionName"]
    answer = target.client("lambda").publish_version(FunctionName=function)
    version = str(answer["Version"])
    arn = target.arn("lambda", f"function:{function}:{version}")
    return Made(arn, {"Version": version, "FunctionArn": arn})


def _alias(target: Target, _: str, properties: dict[str, Any]) -> Made:
    answer = target.client("lambda").create_alias(
        FunctionName=properties["FunctionName"],
        FunctionVersion=properties["FunctionVersion"],
        Name=properties["Name"],
    )
    return Made(answer["AliasArn"], {"AliasArn": answer["AliasArn"]})


def definition(properties: dict[str, Any]) -> str:
    """The definition of a state machine with its substitutions filled in."""
    text = str(properties["DefinitionString"])
    for name, value in properties.get("DefinitionSubstitutions", {}).items():
        text = text.replace(f"${{{name}}}", str(value))
    return text


def _state_machine(target: Target, name: str, properties: dict[str, Any]) -> Made:
    machine = properties.get("StateMachineName", target.name(name))
    arn = target.client("stepfunctions").create_state_machine(
        name=machine,
        definition=definition(properties),
        roleArn=properties["RoleArn"],
        type=properties.get("StateMachineType", "STANDARD"),
    )["stateMachineArn"]
    return Made(arn, {"Arn": arn, "Name": machine})


def _log_group(target: Target, name: str, properties: dict[str, Any]) -> Made:
    logs, group = target.client("logs"), properties.get("LogGroupName", target.name(name))
    logs.create_log_group(logGroupName=group, kmsKeyId=properties.get("KmsKeyId", ""))
    if days := properties.get("RetentionInDays"):
        logs.put_retention_policy(logGroupName=group, retentionInDays=days)
    return Made(group, {"Arn": target.arn("logs", f"log-group:{group}:*")})


MAKERS = {
    "AWS::Lambda::Alias": _alias,
    "AWS::Lambda::Function": _function,
    "AWS::Lambda::LayerVersion": _layer,
    "AWS::Lambda::Version": _version,
    "AWS::Logs::LogGroup": _log_group,
    "AWS::StepFunctions::StateMachine": _state_machine,
}
