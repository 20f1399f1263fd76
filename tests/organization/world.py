"""A running emulated Organization with orgsweep deployed into it."""

from __future__ import annotations

import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import emulator as aws
from emulator import Credentials, Emulator, Fault
from organization import accounts, estate, roles
from organization.deploy import Deployment, deploy
from organization.layout import (
    DEFAULT_INPUT,
    HOME_REGION,
    OPERATOR_ROLE,
    Settings,
)


@dataclass
class World:
    """The Organization: the emulator it lives in, its accounts by name, and the deployment."""

    emulator: Emulator
    accounts: dict[str, str]
    keys: dict[str, str]
    deployment: Deployment

    def __enter__(self) -> Self:
        """Returns itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stops the emulator."""
        self.emulator.stop()

    def operator(self) -> Credentials:
        """Credentials of the person who starts runs and asks questions."""
        return self.emulator.credentials(roles.role_arn(OPERATOR_ROLE), "operator")

    def client(self, service: str, region: str = HOME_REGION, account: str = "management") -> Any:
        """A client with the root credentials of an account, by its name."""
        return self.emulator.client(service, region, account=self.accounts[account])

    @property
    def external_id(self) -> str:
        """What the functions present to the audit roles: the StackSet has it as a parameter."""
        stack = self.deployment.stack
        [name] = stack.of_type("AWS::CloudFormation::StackSet")
        parameters = stack.properties(name)["Parameters"]
        values = {it["ParameterKey"]: it["ParameterValue"] for it in parameters}
        return str(values["ExternalId"])

    def environment(self) -> dict[str, str]:
        """Variables that point the CLI at this world as the operator."""
        return {
            **self.emulator.environment(self.operator(), HOME_REGION),
            "FINDINGS_TABLE": self.deployment.findings_table,
            "RUNS_TABLE": self.deployment.runs_table,
            "STATE_MACHINE_ARN": self.deployment.state_machine_arn,
        }

    def description(self) -> dict[str, Any]:
        """What the CLI's `demo` needs to know, as one JSON object."""
        operator = self.operator()
        return {
            "endpoint": self.emulator.endpoint,
            "region": HOME_REGION,
            "state_machine_arn": self.deployment.state_machine_arn,
            "findings_table": self.deployment.findings_table,
            "runs_table": self.deployment.runs_table,
            "run_bucket": self.deployment.run_bucket,
            "input": DEFAULT_INPUT,
            "credentials": {
                "access_key_id": operator.access_key_id,
                "secret_access_key": operator.secret_access_key,
                "session_token": operator.session_token,
            },
        }


def build(data_dir: Path, bin_dir: Path, settings: Settings | None = None) -> World:
    """Starts the emulator, creates the Organization and its estate, deploys orgsweep, and then
    enforces IAM. ``bin_dir`` holds the built Lambda binaries."""
    settings = settings or Settings()
    running = aws.start(data_dir, wait_scale=0.2)
    try:
        _fix_random_names(running)
        ids = accounts.create(running)
        keys = estate.build(running, ids, settings)
        deployment = deploy(running, bin_dir, settings)
        roles.create_operator_role(running, deployment.stack)
        _spoil_audit_roles(running, ids)
        world = World(running, ids, keys, deployment)
        _deny_kms_in_one_region(running, ids["analytics"])
        running.enforce_iam()
        return world
    except BaseException:
        running.stop()
        raise


def _fix_random_names(running: Emulator) -> None:
    """Account, group and key ids are the same in every world, so that reports can be compared."""
    seed = urllib.request.Request(f"{running.endpoint}/moto-api/seed?a=42", method="POST")
    urllib.request.urlopen(seed, timeout=10).close()


def _deny_kms_in_one_region(running: Emulator, account: str) -> None:
    """Stands for a service control policy that denies KMS outside approved regions."""
    running.faults.add(
        Fault(
            code="AccessDeniedException",
            message="explicit deny in a service control policy",
            service="kms",
            account=account,
            region="eu-central-1",
        )
    )


def _spoil_audit_roles(running: Emulator, ids: dict[str, str]) -> None:
    """`acquired` refuses us; in `analytics` one bucket's policy may not be read."""
    roles.demand_another_external_id(running, ids["acquired"])
    reads = ["s3:GetBucketPolicy", "s3:GetBucketPolicyStatus"]
    roles.deny(running, ids["analytics"], reads, "arn:aws:s3:::analytics-sealed")
