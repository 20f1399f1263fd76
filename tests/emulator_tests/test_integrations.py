"""Tasks: whose permissions they use, and calls of AWS without a function."""

import json
import time

from emulator_tests.conftest import (
    ACCOUNT,
    allow,
    create_function,
    create_role,
    invoking,
    one,
    output,
    run,
)


def test_tasks_run_as_the_role_of_the_machine(emu, name):
    function = create_function(emu, name)
    role = create_role(emu, f"{name}-sm", allow("lambda:InvokeFunction", resource=function))
    emu.enforce_iam()
    definition = one(invoking(function, {}))
    assert output(run(emu, name, definition, role=role)) == {"event": {}}
    assert emu.calls(service="lambda", operation="Invoke")[0].role == role


def test_a_machine_whose_role_has_no_permission_fails(emu, name):
    function = create_function(emu, name)
    role = create_role(emu, f"{name}-sm", allow("lambda:InvokeFunction", resource=function + "x"))
    emu.enforce_iam()
    described = run(emu, name, one(invoking(function, {})), role=role)
    assert described["status"] == "FAILED"
    assert described["error"] == "Lambda.AccessDeniedException"


def test_an_sdk_task_reads_and_writes_json_objects(emu, name):
    emu.client("s3", account=ACCOUNT).create_bucket(Bucket=name)
    definition = {
        "StartAt": "Put",
        "States": {
            "Put": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:s3:putObject",
                "Parameters": {"Bucket": name, "Key": "k", "Body": {"a": 1}},
                "Next": "Get",
            },
            "Get": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
                "Parameters": {"Bucket": name, "Key": "k"},
                "ResultSelector": {"body.$": "States.StringToJson($.Body)"},
                "End": True,
            },
        },
    }
    assert output(run(emu, name, definition)) == {"body": {"a": 1}}


def test_an_sdk_error_has_the_services_name(emu, name):
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
        "Parameters": {"Bucket": f"{name}-none", "Key": "k"},
        "End": True,
    }
    assert run(emu, name, one(task))["error"] == "S3.NoSuchBucketException"


def test_executions_of_an_hour_can_be_stopped(emu, name):
    states = emu.client("stepfunctions", account=ACCOUNT)
    definition = json.dumps(one({"Type": "Wait", "Seconds": 3600, "End": True}))
    machine = states.create_state_machine(
        name=name, definition=definition, roleArn=create_role(emu, f"{name}-sm")
    )["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine)["executionArn"]
    states.stop_execution(executionArn=execution)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if states.describe_execution(executionArn=execution)["status"] == "ABORTED":
            return
        time.sleep(0.05)
    raise AssertionError("the execution did not stop")
