"""Deploys orgsweep into the management account: bucket, tables, functions, state machine."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

from emulator import Emulator
from organization import roles
from organization.layout import (
    AUDIT_ROLE,
    EXTERNAL_ID,
    FUNCTIONS,
    HOME_REGION,
    MANAGEMENT_ID,
    RECIPIENTS,
    SENDER,
    Settings,
)

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "crates" / "aws" / "tables.json"
DEFINITION = ROOT / "statemachine" / "sweep.asl.json"
RUN_BUCKET = f"orgsweep-runs-{MANAGEMENT_ID}"


@dataclass(frozen=True)
class Deployment:
    """Where orgsweep is deployed."""

    state_machine_arn: str
    run_bucket: str
    findings_table: str
    runs_table: str
    topic: str


class MissingBinary(RuntimeError):
    """A function's binary has not been built."""


def deploy(emulator: Emulator, bin_dir: Path, settings: Settings) -> Deployment:
    """Deploys everything; the binaries are taken from ``bin_dir``."""
    emulator.client("s3", account=MANAGEMENT_ID).create_bucket(Bucket=RUN_BUCKET)
    tables = create_tables(emulator)
    arns = {name: _table_arn(table) for name, table in tables.items()}
    roles.create_function_roles(emulator, RUN_BUCKET, arns)
    functions = {
        name: _create_function(emulator, name, bin_dir, settings, tables) for name in FUNCTIONS
    }
    topic = _create_channels(emulator)
    machine = _create_state_machine(emulator, functions, topic)
    roles.create_operator_role(emulator, machine, arns)
    return Deployment(machine, RUN_BUCKET, tables["findings"], tables["runs"], topic)


def create_tables(emulator: Emulator) -> dict[str, str]:
    """Creates the two tables as the Rust code describes them; returns their names."""
    dynamodb = emulator.client("dynamodb", HOME_REGION, account=MANAGEMENT_ID)
    names = {}
    for name, description in json.loads(TABLES.read_text()).items():
        table = f"orgsweep-{name}"
        dynamodb.create_table(TableName=table, **description)
        names[name] = table
    return names


def _table_arn(table: str) -> str:
    return f"arn:aws:dynamodb:{HOME_REGION}:{MANAGEMENT_ID}:table/{table}"


def _create_function(
    emulator: Emulator, name: str, bin_dir: Path, settings: Settings, tables: dict[str, str]
) -> str:
    environment = {
        "RUN_BUCKET": RUN_BUCKET,
        "FINDINGS_TABLE": tables["findings"],
        "RUNS_TABLE": tables["runs"],
        "AUDIT_ROLE_NAME": AUDIT_ROLE,
        "EXTERNAL_ID": EXTERNAL_ID,
        "ACCOUNT_CONCURRENCY": "4",
        "PAGE_SIZE": str(settings.page_size),
        "SECURITY_HUB": settings.security_hub,
        "MAIL_FROM": SENDER,
        "MAIL_TO": ",".join(RECIPIENTS),
        **settings.environment,
    }
    function = emulator.client("lambda", HOME_REGION, account=MANAGEMENT_ID).create_function(
        FunctionName=f"orgsweep-{name}",
        Runtime="provided.al2023",
        Role=roles.role_arn(roles.function_role(name)),
        Handler="bootstrap",
        Code={"ZipFile": _package(bin_dir / name)},
        Timeout=settings.audit_timeout if name.startswith("audit") else 900,
        MemorySize=512,
        Environment={"Variables": environment},
    )
    return str(function["FunctionArn"])


def _package(binary: Path) -> bytes:
    """The function's zip: the binary, called ``bootstrap``."""
    if not binary.is_file():
        raise MissingBinary(f"`{binary}` is not there: build the workspace first")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as zipped:
        zipped.write(binary, "bootstrap")
    return archive.getvalue()


def definition(functions: dict[str, str], topic: str) -> str:
    """The state machine's definition with its substitutions filled in."""
    text = DEFINITION.read_text()
    substitutions = {"Partition": "aws", "TopicArn": topic, "EventBusName": "default"}
    for name, arn in functions.items():
        camel = "".join(part.capitalize() for part in name.split("-"))
        substitutions[f"{camel}FunctionArn"] = arn
    for placeholder, value in substitutions.items():
        text = text.replace(f"${{{placeholder}}}", value)
    return text


def _create_channels(emulator: Emulator) -> str:
    """The topic, and the sender whose address SES has verified."""
    emulator.client("ses", HOME_REGION, account=MANAGEMENT_ID).verify_email_identity(
        EmailAddress=SENDER
    )
    topics = emulator.client("sns", HOME_REGION, account=MANAGEMENT_ID)
    return str(topics.create_topic(Name="orgsweep-notifications")["TopicArn"])


def _create_state_machine(emulator: Emulator, functions: dict[str, str], topic: str) -> str:
    name = "orgsweep-sweep"
    arn = f"arn:aws:states:{HOME_REGION}:{MANAGEMENT_ID}:stateMachine:{name}"
    role = roles.create_state_machine_role(
        emulator, RUN_BUCKET, list(functions.values()), arn, topic
    )
    states = emulator.client("stepfunctions", HOME_REGION, account=MANAGEMENT_ID)
    states.create_state_machine(name=name, definition=definition(functions, topic), roleArn=role)
    return arn
