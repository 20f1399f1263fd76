"""Deploys orgsweep into the management account: the template of the CDK app, as it is.

Functions, roles, tables, bucket and state machine are the template's. Only the functions' code
comes from the folder of built binaries, and what no configuration holds from :class:`Settings`.
"""

from __future__ import annotations

import functools
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import cloudformation
from cloudformation import Stack, Target
from emulator import Emulator
from organization.layout import (
    AUDIT_ROLE,
    FUNCTIONS,
    HOME_REGION,
    MANAGEMENT_ID,
    RECIPIENTS,
    SENDER,
    Settings,
)
from organization.template import ROOT, synthesize, zipped

CONFIGURATION = Path(__file__).parent / "deployment.yaml"
MEMBER_ROLE = ROOT / "cdk" / "member-role.template.json"
STACK = "orgsweep"


@dataclass(frozen=True)
class Deployment:
    """Where orgsweep is deployed."""

    stack: Stack
    state_machine_arn: str
    run_bucket: str
    findings_table: str
    runs_table: str
    topic: str


class MissingBinary(RuntimeError):
    """A function's binary has not been built."""


def configuration(emulator: Emulator, settings: Settings) -> dict[str, Any]:
    """The environment that is deployed."""
    organizations = emulator.client("organizations", account=MANAGEMENT_ID)
    values: dict[str, Any] = yaml.safe_load(CONFIGURATION.read_text())
    values["deployment"].update(
        organization_id=organizations.describe_organization()["Organization"]["Id"],
        organizational_units=[organizations.list_roots()["Roots"][0]["Id"]],
        security_hub=settings.security_hub,
    )
    values["deployment"]["mail"] = {"from": SENDER, "to": list(RECIPIENTS), "identity": SENDER}
    values["parameters"] = settings.parameters
    return values


def deploy(emulator: Emulator, bin_dir: Path, settings: Settings) -> Deployment:
    """Deploys everything; the binaries are taken from ``bin_dir``."""
    assembly = synthesize(configuration(emulator, settings))
    ses = emulator.client("ses", HOME_REGION, account=MANAGEMENT_ID)
    ses.verify_email_identity(EmailAddress=SENDER)

    def asset(key: str, name: str) -> bytes:
        function = name.removeprefix(f"{STACK}-")
        return (
            _package(bin_dir / function) if function in FUNCTIONS else zipped(assembly.asset(key))
        )

    target = Target(
        emulator,
        MANAGEMENT_ID,
        HOME_REGION,
        STACK,
        asset,
        settings=_variables(settings),
        timeouts=_timeouts(settings),
    )
    stack = cloudformation.deploy(assembly.template, target)
    _deploy_audit_role(target, stack)
    return Deployment(
        stack,
        state_machine_arn=stack.outputs["StateMachineArn"],
        run_bucket=stack.outputs["RunBucketName"],
        findings_table=stack.outputs["FindingsTable"],
        runs_table=stack.outputs["RunsTable"],
        topic=stack.outputs["TopicArn"],
    )


def _variables(settings: Settings) -> dict[str, str]:
    page_size = {} if settings.page_size is None else {"PAGE_SIZE": str(settings.page_size)}
    return {**page_size, **settings.environment}


def _timeouts(settings: Settings) -> dict[str, int]:
    auditors = [name for name in FUNCTIONS if name.startswith("audit")]
    seconds = settings.audit_timeout
    return {} if seconds is None else {f"{STACK}-{name}": seconds for name in auditors}


def _deploy_audit_role(target: Target, stack: Stack) -> None:
    """The management account, which a StackSet leaves out, has its audit role from the plain
    template, with the parameters that the StackSet shows."""
    [set_name] = stack.of_type("AWS::CloudFormation::StackSet")
    parameters = stack.properties(set_name)["Parameters"]
    cloudformation.deploy(
        json.loads(MEMBER_ROLE.read_text()),
        Target(target.emulator, MANAGEMENT_ID, HOME_REGION, AUDIT_ROLE),
        {it["ParameterKey"]: it["ParameterValue"] for it in parameters},
    )


@functools.cache
def _package(binary: Path) -> bytes:
    """The function's zip: the binary, called ``bootstrap``. Packed once, for all Organizations."""
    if not binary.is_file():
        raise MissingBinary(f"`{binary}` is not there: build the workspace first")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped_binary:
        zipped_binary.write(binary, "bootstrap")
    return archive.getvalue()
