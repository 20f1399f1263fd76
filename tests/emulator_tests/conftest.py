"""One emulator for the whole session, and builders for functions and state machines."""

import io
import json
import sys
import time
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

import emulator

ACCOUNT = "111111111111"
LAMBDA_TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": ["lambda.amazonaws.com", "states.amazonaws.com"]},
            "Action": "sts:AssumeRole",
        }
    ],
}


@pytest.fixture(scope="session")
def emu(tmp_path_factory):
    with emulator.start(tmp_path_factory.mktemp("emulator"), wait_scale=0.05) as running:
        yield running


@pytest.fixture(autouse=True)
def clean(emu):
    yield
    emu.enforce_iam(False)
    emu.faults.clear()
    emu.limit_pages(None)
    emu.enable_regions(None)
    emu.clear_calls()


@pytest.fixture
def name():
    """A name that no other test uses."""
    return f"t-{uuid.uuid4().hex[:12]}"


def bootstrap_zip() -> bytes:
    source = (Path(__file__).parent / "bootstrap.py").read_text()
    script = f"#!{sys.executable} -SE\n{source}"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("bootstrap", script)
    return buffer.getvalue()


def allow(*actions: str, resource: Any = "*") -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource}
    return {"Version": "2012-10-17", "Statement": [statement]}


def create_role(
    emu: emulator.Emulator,
    role_name: str,
    policy: dict | None = None,
    trust: dict = LAMBDA_TRUST,
    account: str = ACCOUNT,
) -> str:
    iam = emu.client("iam", account=account)
    role = iam.create_role(RoleName=role_name, AssumeRolePolicyDocument=json.dumps(trust))
    if policy is not None:
        iam.put_role_policy(
            RoleName=role_name, PolicyName="inline", PolicyDocument=json.dumps(policy)
        )
    return role["Role"]["Arn"]


def create_function(emu: emulator.Emulator, function_name: str, **more: Any) -> str:
    role = more.pop("role", None) or create_role(emu, f"{function_name}-role")
    created = emu.client("lambda", account=ACCOUNT).create_function(
        FunctionName=function_name,
        Runtime="provided.al2023",
        Handler="bootstrap",
        Role=role,
        Code={"ZipFile": bootstrap_zip()},
        Timeout=more.pop("timeout", 20),
        Environment={"Variables": more.pop("environment", {})},
        Layers=more.pop("layers", []),
    )
    return created["FunctionArn"]


def invoke(emu: emulator.Emulator, function_name: str, event: Any) -> tuple[str | None, Any]:
    answer = emu.client("lambda", account=ACCOUNT).invoke(
        FunctionName=function_name, Payload=json.dumps(event)
    )
    return answer.get("FunctionError"), json.loads(answer["Payload"].read())


def run(
    emu: emulator.Emulator,
    machine_name: str,
    definition: dict,
    event: Any = None,
    role: str | None = None,
    timeout: float = 60,
) -> dict[str, Any]:
    """Creates a state machine, runs it to its end and returns DescribeExecution's answer."""
    states = emu.client("stepfunctions", account=ACCOUNT)
    role = role or create_role(emu, f"{machine_name}-sm", allow("*"))
    machine = states.create_state_machine(
        name=machine_name, definition=json.dumps(definition), roleArn=role
    )["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine, input=json.dumps(event or {}))
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        described = states.describe_execution(executionArn=execution["executionArn"])
        if described["status"] != "RUNNING":
            return described
        time.sleep(0.05)
    raise AssertionError(f"{machine_name} still runs after {timeout} s")


def output(described: dict[str, Any]) -> Any:
    assert described["status"] == "SUCCEEDED", described
    return json.loads(described["output"])


def error_of(call, **kwargs) -> str:
    with pytest.raises(ClientError) as caught:
        call(**kwargs)
    return caught.value.response["Error"]["Code"]


def pages(call, result: str, token_in: str, token_out: str, **kwargs) -> list[list]:
    """All pages of a list operation."""
    found, token = [], None
    while True:
        answer = call(**kwargs, **({token_in: token} if token else {}))
        found.append(answer.get(result, []))
        token = answer.get(token_out)
        if not token:
            return found


@pytest.fixture
def account(name):
    """An account that no other test uses."""
    return f"{int(name.removeprefix('t-'), 16) % 10**12:012}"


def code_of(call, **kwargs) -> str | None:
    """The error code of a call, ``None`` if it succeeds."""
    try:
        call(**kwargs)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def one(state: dict, **more: dict) -> dict:
    """A definition that starts with ``state``."""
    return {"StartAt": "First", "States": {"First": {**state, **more}}}


def invoking(function: str, payload: dict, **fields) -> dict:
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": function, "Payload": payload},
        "ResultSelector": {"event.$": "$.Payload.echo"},
        "End": True,
        **fields,
    }
