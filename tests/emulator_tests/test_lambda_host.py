"""Functions run as local processes, with what Lambda gives them."""

import io
import json
import os
import time
import zipfile
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError

from emulator_tests.conftest import ACCOUNT, create_function, create_role, invoke


def test_a_bootstrap_answers_through_the_runtime_api(emu, name):
    create_function(emu, name)
    error, answer = invoke(emu, name, {"n": 1})
    assert error is None
    assert answer["echo"] == {"n": 1}


def test_a_process_stays_warm(emu, name):
    create_function(emu, name)
    first, second = invoke(emu, name, {})[1], invoke(emu, name, {})[1]
    assert first["pid"] == second["pid"]
    assert (first["served"], second["served"]) == (1, 2)


def test_the_environment_is_that_of_the_function(emu, name):
    create_function(emu, name, environment={"TABLE": "findings"})
    environment = invoke(emu, name, {})[1]["environment"]
    assert environment["TABLE"] == "findings"
    assert environment["AWS_ENDPOINT_URL"] == emu.endpoint
    assert environment["AWS_REGION"] == "us-east-1"
    assert environment["AWS_LAMBDA_FUNCTION_NAME"] == name
    assert "VIRTUAL_ENV" not in environment
    assert environment["TMPDIR"] == environment["HOME"] != "/tmp"


def test_the_credentials_are_those_of_the_functions_role(emu, name):
    create_function(emu, name)
    environment = invoke(emu, name, {})[1]["environment"]
    identity = boto3.client(
        "sts",
        region_name="us-east-1",
        endpoint_url=emu.endpoint,
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=environment["AWS_SESSION_TOKEN"],
    ).get_caller_identity()
    assert identity["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/{name}-role/{name}"


def test_the_deadline_is_the_timeout_from_now(emu, name):
    create_function(emu, name, timeout=7)
    before = int(time.time() * 1_000)
    answer = invoke(emu, name, {})[1]
    after = int(time.time() * 1_000) + 1
    assert before + 7_000 <= answer["deadline_ms"] <= after + 7_000


def test_an_error_of_the_function_is_handed_on(emu, name):
    create_function(emu, name)
    error, answer = invoke(emu, name, {"error": "Throttled"})
    assert error == "Unhandled"
    assert answer == {"errorType": "Throttled", "errorMessage": "as ordered"}


def test_a_timeout_kills_the_process(emu, name):
    create_function(emu, name, timeout=1)
    pid = invoke(emu, name, {})[1]["pid"]
    error, answer = invoke(emu, name, {"sleep": 30})
    assert error == "Unhandled"
    assert answer["errorType"] == "Sandbox.Timedout"
    assert "Task timed out after 1.00 seconds" in answer["errorMessage"]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_an_exit_is_an_error_and_the_next_event_finds_a_new_process(emu, name):
    create_function(emu, name)
    error, answer = invoke(emu, name, {"exit": 3})
    assert error == "Unhandled"
    assert answer["errorType"] == "Runtime.ExitError"
    assert answer["errorMessage"].endswith("exit status 3")
    assert invoke(emu, name, {})[1]["served"] == 1


def test_a_failed_init_is_reported(emu, name):
    create_function(emu, name, environment={"FAIL_INIT": "1"})
    assert invoke(emu, name, {})[1]["errorType"] == "Init.Failed"


def test_new_configuration_starts_a_new_process(emu, name):
    create_function(emu, name, environment={"VERSION": "1"})
    old = invoke(emu, name, {})[1]
    emu.client("lambda", account=ACCOUNT).update_function_configuration(
        FunctionName=name, Environment={"Variables": {"VERSION": "2"}}
    )
    new = invoke(emu, name, {})[1]
    assert new["environment"]["VERSION"] == "2"
    assert new["pid"] != old["pid"]


def test_output_goes_to_the_functions_log(emu, name):
    create_function(emu, name)
    invoke(emu, name, {"stdout": "hello from inside"})
    assert "hello from inside" in emu.function_log(name)


def test_an_asynchronous_invocation_returns_at_once(emu, name):
    create_function(emu, name)
    answer = emu.client("lambda", account=ACCOUNT).invoke(
        FunctionName=name,
        InvocationType="Event",
        Payload=json.dumps({"sleep": 0.2, "stdout": "later"}),
    )
    assert answer["StatusCode"] == 202
    deadline = time.monotonic() + 10
    while "later" not in emu.function_log(name) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert "later" in emu.function_log(name)


def test_code_without_a_bootstrap_is_an_invalid_entrypoint(emu, name):
    create_function(emu, name)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme", "nothing here")
    emu.client("lambda", account=ACCOUNT).update_function_code(
        FunctionName=name, ZipFile=buffer.getvalue()
    )
    assert invoke(emu, name, {})[1]["errorType"] == "Runtime.InvalidEntrypoint"


def test_a_role_must_trust_lambda(emu, name):
    role = create_role(emu, name, trust={"Version": "2012-10-17", "Statement": []})
    with pytest.raises(ClientError, match="cannot be assumed by Lambda"):
        create_function(emu, name, role=role)


def test_layers_are_where_variables_below_opt_lead(emu, name):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as layer:
        layer.writestr("settings/it.json", '{"from": "layer"}')
    lambda_ = emu.client("lambda", account=ACCOUNT)
    arn = lambda_.publish_layer_version(LayerName=name, Content={"ZipFile": archive.getvalue()})
    create_function(
        emu, name, environment={"FOLDER": "/opt/settings"}, layers=[arn["LayerVersionArn"]]
    )
    folder = Path(invoke(emu, name, {})[1]["environment"]["FOLDER"])
    assert json.loads((folder / "it.json").read_text()) == {"from": "layer"}
