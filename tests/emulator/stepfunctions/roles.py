"""Tasks run as the role of the state machine.

moto calls other services with the key ``ak``, which lands in account 123456789012 and needs no
permission: a state machine without any policy succeeds. Here each task uses credentials of the
state machine's role, or of the role in the task's ``Credentials`` field.
"""

from __future__ import annotations

import threading
from typing import Any

import boto3
from botocore.client import BaseClient
from botocore.config import Config
from moto.stepfunctions.parser.asl.utils import boto_client

from emulator.callers import role_session
from emulator.stepfunctions.replace import replace_everywhere

LONGEST_TASK_SECONDS = 900
"""Lambda's longest timeout."""


class RoleClients:
    """boto3 clients by (region, service, role); creating one costs tens of milliseconds."""

    def __init__(self, endpoint: str) -> None:
        """Clients talk to ``endpoint``."""
        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._clients: dict[tuple[str, str, str], BaseClient] = {}

    def client(self, region: str | None, service: str, state_credentials: Any = None) -> BaseClient:
        """A client for a task; stands in for moto's ``boto_client_for``."""
        key = (region or "us-east-1", service, state_credentials.role_arn)
        with self._lock:
            if key not in self._clients:
                self._clients[key] = self._create(*key)
            return self._clients[key]

    def _create(self, region: str, service: str, role_arn: str) -> BaseClient:
        session = role_session(role_arn, "StepFunctions")
        return boto3.session.Session().client(
            service,
            region_name=region,
            endpoint_url=self._endpoint,
            aws_access_key_id=session.access_key_id,
            aws_secret_access_key=session.secret_access_key,
            aws_session_token=session.session_token,
            config=Config(
                parameter_validation=False,
                inject_host_prefix=False,
                proxies={},
                retries={"total_max_attempts": 1},
                read_timeout=LONGEST_TASK_SECONDS,
                max_pool_connections=500,
                s3={"addressing_style": "path"},
            ),
        )


def install(endpoint: str) -> None:
    """Gives tasks the role's credentials."""
    replace_everywhere(boto_client, "boto_client_for", RoleClients(endpoint).client)
